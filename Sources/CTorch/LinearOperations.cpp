// `rondo::linear` and `rondo::linear_cross_entropy`.

#if __has_include(<ATen/core/Tensor.h>)

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/zeros.h>

#include "Kernels.h"
#include "Operations.h"

namespace ctorch {

namespace {

Tensor valueOf(const OptionalTensor &tensor) { return tensor.value_or(Tensor()); }

/// The tensors without an absent bias at the end.
variable_list present(const Tensor &x, const Tensor &weight, const Tensor &bias) {
  return bias.defined() ? variable_list{x, weight, bias} : variable_list{x, weight};
}

// MARK: Linear

/// c = a b + bias, on LibTorch's pool.
void multiply(
    int64_t rowCount, int64_t columnCount, int64_t depth, rondo_matrix a, rondo_matrix b,
    const float *bias, float *c) {
  const rondo_workers pool = workers();
  const rondo_product product = {
      .row_count = rowCount,
      .column_count = columnCount,
      .depth = depth,
      .a = a,
      .b = b,
      .bias = bias,
      .c = c,
      .c_stride = columnCount,
      .accumulates = false};
  const Scratch scratch(rondo_product_scratch(columnCount, depth, pool.count));
  rondo_multiply(&product, scratch, &pool);
}

/// Whether the kernel is worth its call: packing pays from a few rows on, and a small product is
/// over before the call is set up.
bool isWorthwhile(const Tensor &x, const Tensor &weight) {
  return weight.size(0) >= 16 && weight.size(1) >= 16 && x.numel() / weight.size(1) >= 32
         && x.numel() * weight.size(0) >= 1'000'000;
}

Tensor runLinear(const variable_list &inputs) {
  const Tensor &x = inputs[0], &weight = inputs[1];
  const int64_t outputs = weight.size(0), features = weight.size(1);
  std::vector<int64_t> shape = x.sizes().vec();
  shape.back() = outputs;
  const Tensor result = at::empty(shape, x.options());
  multiply(
      x.numel() / features, outputs, features, {elements(x), features, 1},
      {elements(weight), 1, features}, inputs.size() > 2 ? elements(inputs[2]) : nullptr,
      writable(result));
  return result;
}

Tensor composeLinear(const variable_list &inputs) {
  return at::linear(
      inputs[0], inputs[1], inputs.size() > 2 ? OptionalTensor(inputs[2]) : std::nullopt);
}

struct LinearFunction : torch::autograd::Function<LinearFunction> {
  static Tensor forward(AutogradContext *context, at::TensorList inputs) {
    context->save_for_backward(inputs.vec());
    return runLinear(inputs.vec());
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    const variable_list inputs = context->get_saved_variables();
    if (at::GradMode::is_enabled())
      return composedGradients(*context, inputs, gradients, [](const variable_list &inputs) {
        return variable_list{composeLinear(inputs)};
      });
    const Tensor &x = inputs[0], &weight = inputs[1];
    const Tensor gradient = dense(gradients[0]);
    const int64_t outputs = weight.size(0), features = weight.size(1);
    const int64_t rowCount = x.numel() / features;
    variable_list found;
    for (size_t index = 0; index < inputs.size(); ++index)
      found.push_back(gradientFor(*context, index, inputs[index]));
    if (found[0].defined())
      multiply(
          rowCount, features, outputs, {elements(gradient), outputs, 1},
          {elements(weight), features, 1}, nullptr, writable(found[0]));
    if (found[1].defined())
      multiply(
          outputs, features, rowCount, {elements(gradient), 1, outputs},
          {elements(x), features, 1}, nullptr, writable(found[1]));
    if (found.size() > 2 && found[2].defined()) {
      found[2].zero_();
      const rondo_workers pool = workers();
      rondo_add_columns(elements(gradient), rowCount, outputs, writable(found[2]), &pool);
    }
    return found;
  }
};

// MARK: Linear with cross entropy

/// What is not differentiated.
struct Targets {
  Tensor ids;
  int64_t ignored;
  double smoothing;

  int64_t countedCount() const { return ids.numel() - ids.eq(ignored).sum().item<int64_t>(); }
};

Tensor composeLoss(const variable_list &inputs, const Targets &targets) {
  return at::cross_entropy_loss(
      composeLinear(inputs), targets.ids, {}, at::Reduction::Mean, targets.ignored,
      targets.smoothing);
}

/// The mean loss; the gradients are written where defined.
Tensor runLoss(const variable_list &inputs, const Targets &targets, const variable_list &found) {
  const Tensor &x = inputs[0], &weight = inputs[1];
  const int64_t rowCount = x.size(0);
  const double scale = 1.0 / double(targets.countedCount());
  const Tensor losses = at::empty({rowCount}, x.options());
  const auto foundAt = [&](size_t index) {
    return index < found.size() ? writable(found[index]) : nullptr;
  };
  const rondo_projection_loss loss = {
      .row_count = rowCount,
      .hidden_size = x.size(1),
      .vocabulary_size = weight.size(0),
      .x = elements(x),
      .weight = elements(weight),
      .bias = inputs.size() > 2 ? elements(inputs[2]) : nullptr,
      .targets = targets.ids.const_data_ptr<int64_t>(),
      .ignored = targets.ignored,
      .smoothing = float(targets.smoothing),
      .losses = writable(losses),
      .scale = float(scale),
      .x_gradient = foundAt(0),
      .weight_gradient = foundAt(1),
      .bias_gradient = foundAt(2)};
  const rondo_workers pool = workers();
  const Scratch scratch(rondo_projection_loss_scratch(&loss, pool.count));
  rondo_compute_projection_loss(&loss, scratch, &pool);
  // Added one after another, so that the sum does not depend on the number of threads.
  double total = 0;
  for (int64_t row = 0; row < rowCount; ++row) total += loss.losses[row];
  return at::zeros({}, x.options()).fill_(total * scale);
}

struct LossFunction : torch::autograd::Function<LossFunction> {
  /// The gradients are made with the loss, while the logits are at hand.
  static Tensor forward(
      AutogradContext *context, at::TensorList inputs, const Targets &targets) {
    variable_list saved = inputs.vec(), found;
    for (const Tensor &input : inputs)
      found.push_back(input.requires_grad() ? at::empty(input.sizes(), input.options()) : Tensor());
    const Tensor loss = runLoss(saved, targets, found);
    saved.push_back(targets.ids);
    saved.insert(saved.end(), found.begin(), found.end());
    context->save_for_backward(saved);
    context->saved_data["ignored"] = targets.ignored;
    context->saved_data["smoothing"] = targets.smoothing;
    return loss;
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    const variable_list saved = context->get_saved_variables();
    const size_t count = (saved.size() - 1) / 2;
    const variable_list inputs(saved.begin(), saved.begin() + count);
    const Targets targets = {
        saved[count], context->saved_data["ignored"].toInt(),
        context->saved_data["smoothing"].toDouble()};
    variable_list found(saved.begin() + count + 1, saved.end());
    if (at::GradMode::is_enabled()) {
      found = composedGradients(*context, inputs, gradients, [&](const variable_list &inputs) {
        return variable_list{composeLoss(inputs, targets)};
      });
    } else if (gradients[0].item<float>() != 1) {
      for (Tensor &gradient : found)
        if (gradient.defined()) gradient = gradient * gradients[0];
    }
    found.emplace_back();  // of the targets
    return found;
  }
};

}  // namespace

Tensor linear(const Tensor &x, const Tensor &weight, const OptionalTensor &bias) {
  // What does not fit gets LibTorch's own message, what is small no further delay.
  if (x.dim() == 0 || weight.dim() != 2 || x.size(-1) != weight.size(1)
      || !isWorthwhile(x, weight))
    return at::linear(x, weight, bias);
  variable_list inputs = present(x, weight, valueOf(bias));
  const bool fits = inputs.size() < 3 || inputs[2].sizes() == at::IntArrayRef({weight.size(0)});
  if (!fits || !isFast(inputs)) return composeLinear(inputs);
  for (Tensor &input : inputs) input = input.contiguous();
  return isRecorded(inputs) ? LinearFunction::apply(at::TensorList(inputs)) : runLinear(inputs);
}

Tensor linear_cross_entropy(
    const Tensor &x, const Tensor &weight, const OptionalTensor &bias, const Tensor &targets,
    int64_t ignore_index, double smoothing) {
  const char *name = "rondo::linear_cross_entropy";
  variable_list inputs = present(x, weight, valueOf(bias));
  TORCH_CHECK(
      x.dim() == 2 && weight.dim() == 2 && x.size(1) == weight.size(1), name,
      " expects x [N, H] and weight [V, H], got ", x.sizes(), " and ", weight.sizes());
  TORCH_CHECK(
      inputs.size() < 3 || inputs[2].sizes() == at::IntArrayRef({weight.size(0)}), name,
      " expects bias [", weight.size(0), "], got ", inputs.back().sizes());
  TORCH_CHECK(
      targets.scalar_type() == at::kLong && targets.sizes() == at::IntArrayRef({x.size(0)}), name,
      " expects targets as int64 [", x.size(0), "], got ", targets.scalar_type(), " ",
      targets.sizes());
  const Targets wanted = {targets.contiguous(), ignore_index, smoothing};
  if (!isFast(inputs) || !targets.device().is_cpu()) return composeLoss(inputs, wanted);
  const int64_t *ids = wanted.ids.const_data_ptr<int64_t>();
  for (int64_t row = 0; row < x.size(0); ++row)
    TORCH_CHECK(
        ids[row] == ignore_index || (ids[row] >= 0 && ids[row] < weight.size(0)), name,
        ": the target of row ", row, " is ", ids[row], ", expected 0 to ", weight.size(0) - 1);
  for (Tensor &input : inputs) input = input.contiguous();
  return isRecorded(inputs) ? LossFunction::apply(at::TensorList(inputs), wanted)
                            : runLoss(inputs, wanted, {});
}

}  // namespace ctorch

#endif
