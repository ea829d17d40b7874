// `rondo::additive_attention`.

#if __has_include(<ATen/core/Tensor.h>)

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <limits>

#include "Kernels.h"
#include "Operations.h"

namespace ctorch {

std::pair<Tensor, Tensor> composedAttention(
    const Tensor &query, const Tensor &keys, const Tensor &energy, const Tensor &values,
    const Tensor &visible) {
  const Tensor scores = at::matmul(at::tanh(query.unsqueeze(1) + keys), energy);  // [B, S]
  Tensor weights;
  if (visible.defined()) {
    const Tensor hidden = visible.logical_not();
    weights = at::softmax(
                  scores.masked_fill(hidden, -std::numeric_limits<double>::infinity()), -1)
                  .masked_fill(hidden, 0);
  } else {
    weights = at::softmax(scores, -1);
  }
  return {at::matmul(weights.unsqueeze(1), values).squeeze(1), weights};
}

const bool *visibleElements(const Tensor &visible) {
  return visible.defined() ? visible.const_data_ptr<bool>() : nullptr;
}

Tensor checkedVisible(
    const char *name, const OptionalTensor &visible, int64_t batchSize, int64_t sourceCount) {
  if (!visible.has_value() || !visible->defined()) return {};
  TORCH_CHECK(
      visible->scalar_type() == at::kBool
          && visible->sizes() == at::IntArrayRef({batchSize, sourceCount}),
      name, " expects visible as bool [", batchSize, ", ", sourceCount, "], got ",
      visible->scalar_type(), " ", visible->sizes());
  return visible->contiguous();
}

namespace {

/// The tensors of an attention in the order of their gradients.
enum Input : size_t { Query, Keys, Energy, Values };

rondo_attention sizesOf(const variable_list &inputs) {
  return {
      inputs[Keys].size(0), inputs[Keys].size(1), inputs[Keys].size(2), inputs[Values].size(2)};
}

rondo_attention_inputs elementsOf(const variable_list &inputs, const Tensor &visible) {
  return {
      elements(inputs[Query]), elements(inputs[Keys]), elements(inputs[Energy]),
      elements(inputs[Values]), visibleElements(visible)};
}

variable_list compose(const variable_list &inputs, const Tensor &visible) {
  const auto [context, weights] = composedAttention(
      inputs[Query], inputs[Keys], inputs[Energy], inputs[Values], visible);
  return {context, weights};
}

variable_list run(const variable_list &inputs, const Tensor &visible) {
  const rondo_attention sizes = sizesOf(inputs);
  const rondo_attention_inputs read = elementsOf(inputs, visible);
  const auto options = inputs[Query].options();
  const variable_list results = {
      at::empty({sizes.batch_size, sizes.value_size}, options),
      at::empty({sizes.batch_size, sizes.source_count}, options)};
  const rondo_workers pool = workers();
  rondo_attention_forward(&sizes, &read, writable(results[0]), writable(results[1]), &pool);
  return results;
}

/// The mask, which is not differentiated.
struct Mask {
  Tensor visible;
};

struct AttentionFunction : torch::autograd::Function<AttentionFunction> {
  static variable_list forward(
      AutogradContext *context, at::TensorList inputs, const Mask &mask) {
    variable_list saved = inputs.vec();
    const variable_list results = run(saved, mask.visible);
    saved.insert(saved.end(), {mask.visible, results[1]});
    context->save_for_backward(saved);
    context->set_materialize_grads(false);
    return results;
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    variable_list inputs = context->get_saved_variables();
    const Tensor weights = inputs.back(), visible = inputs[inputs.size() - 2];
    inputs.resize(inputs.size() - 2);
    variable_list found;
    if (at::GradMode::is_enabled())
      found = composedGradients(*context, inputs, gradients, [&](const variable_list &inputs) {
        return compose(inputs, visible);
      });
    else
      found = kernelGradients(*context, inputs, gradients, visible, weights);
    found.emplace_back();  // of the mask
    return found;
  }

 private:
  static variable_list kernelGradients(
      const AutogradContext &context, const variable_list &inputs, const variable_list &gradients,
      const Tensor &visible, const Tensor &weights) {
    const rondo_attention sizes = sizesOf(inputs);
    const rondo_attention_inputs read = elementsOf(inputs, visible);
    variable_list found;
    for (size_t index = 0; index < inputs.size(); ++index)
      found.push_back(gradientFor(context, index, inputs[index]));
    const Tensor ofContext = dense(gradients[0]), ofWeights = dense(gradients[1]);
    const rondo_attention_gradients written = {
        .context = elements(ofContext),
        .weights = elements(ofWeights),
        .query = writable(found[Query]),
        .keys = writable(found[Keys]),
        .energy = writable(found[Energy]),
        .values = writable(found[Values])};
    const rondo_workers pool = workers();
    const Scratch scratch(rondo_attention_backward_scratch(&sizes, pool.count));
    rondo_attention_backward(&sizes, &read, elements(weights), &written, scratch, &pool);
    return found;
  }
};

}  // namespace

std::tuple<Tensor, Tensor> additive_attention(
    const Tensor &query, const Tensor &keys, const Tensor &v, const Tensor &values,
    const OptionalTensor &visible) {
  const char *name = "rondo::additive_attention";
  TORCH_CHECK(
      keys.dim() == 3 && values.dim() == 3 && keys.size(0) == values.size(0)
          && keys.size(1) == values.size(1),
      name, " expects keys [B, S, A] and values [B, S, K], got ", keys.sizes(), " and ",
      values.sizes());
  TORCH_CHECK(
      query.sizes() == at::IntArrayRef({keys.size(0), keys.size(2)})
          && v.sizes() == at::IntArrayRef({keys.size(2)}),
      name, " expects query [", keys.size(0), ", ", keys.size(2), "] and v [", keys.size(2),
      "], got ", query.sizes(), " and ", v.sizes());
  const Tensor shown = checkedVisible(name, visible, keys.size(0), keys.size(1));
  variable_list inputs = {query, keys, v, values};
  variable_list results;
  if (!isFast(inputs) || (shown.defined() && !shown.device().is_cpu())) {
    results = compose(inputs, shown);
  } else {
    for (Tensor &input : inputs) input = input.contiguous();
    results = isRecorded(inputs) ? AttentionFunction::apply(at::TensorList(inputs), Mask{shown})
                                 : run(inputs, shown);
  }
  return {results[0], results[1]};
}

}  // namespace ctorch

#endif
