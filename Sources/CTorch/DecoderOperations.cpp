// `rondo::bahdanau_decoder`.

#if __has_include(<ATen/core/Tensor.h>)

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/stack.h>

#include "Kernels.h"
#include "Operations.h"

namespace ctorch {

namespace {

/// The tensors of a decoder in the order of their gradients.
enum Input : size_t {
  Embedded,
  Keys,
  Values,
  H0,
  QueryWeight,
  Energy,
  InputWeight,
  HiddenWeight,
  InputBias,
  HiddenBias
};

rondo_decoder sizesOf(const variable_list &inputs) {
  return {
      .batch_size = inputs[Embedded].size(0),
      .step_count = inputs[Embedded].size(1),
      .source_count = inputs[Keys].size(1),
      .input_size = inputs[Embedded].size(2),
      .hidden_size = inputs[H0].size(1),
      .attention_size = inputs[Keys].size(2),
      .value_size = inputs[Values].size(2)};
}

rondo_decoder_inputs elementsOf(const variable_list &inputs, const Tensor &visible) {
  return {
      .embedded = elements(inputs[Embedded]),
      .keys = elements(inputs[Keys]),
      .values = elements(inputs[Values]),
      .visible = visibleElements(visible),
      .initial_hidden = elements(inputs[H0]),
      .query_weight = elements(inputs[QueryWeight]),
      .energy = elements(inputs[Energy]),
      .weights = {
          elements(inputs[InputWeight]), elements(inputs[HiddenWeight]),
          elements(inputs[InputBias]), elements(inputs[HiddenBias])}};
}

void check(const variable_list &inputs) {
  const char *name = "rondo::bahdanau_decoder";
  TORCH_CHECK(
      inputs[Embedded].dim() == 3 && inputs[Keys].dim() == 3 && inputs[Values].dim() == 3
          && inputs[H0].dim() == 2,
      name, " expects embedded [B, T, E], keys [B, S, A], values [B, S, K] and h0 [B, H], got ",
      inputs[Embedded].sizes(), ", ", inputs[Keys].sizes(), ", ", inputs[Values].sizes(), " and ",
      inputs[H0].sizes());
  const rondo_decoder sizes = sizesOf(inputs);
  const int64_t B = sizes.batch_size, S = sizes.source_count, H = sizes.hidden_size;
  const int64_t A = sizes.attention_size, K = sizes.value_size;
  const auto expect = [&](size_t index, at::IntArrayRef shape, const char *what) {
    TORCH_CHECK(
        inputs[index].sizes() == shape, name, " expects ", what, " ", shape, ", got ",
        inputs[index].sizes());
  };
  expect(Keys, {B, S, A}, "keys");
  expect(Values, {B, S, K}, "values");
  expect(H0, {B, H}, "h0");
  expect(QueryWeight, {A, H}, "w_q");
  expect(Energy, {A}, "v");
  expect(InputWeight, {3 * H, sizes.input_size + K}, "w_ih");
  expect(HiddenWeight, {3 * H, H}, "w_hh");
  expect(InputBias, {3 * H}, "b_ih");
  expect(HiddenBias, {3 * H}, "b_hh");
}

/// The same equations, step by step.
variable_list compose(const variable_list &inputs, const Tensor &visible) {
  const rondo_decoder sizes = sizesOf(inputs);
  variable_list states, contexts, weights;
  Tensor hidden = inputs[H0];
  for (int64_t t = 0; t < sizes.step_count; ++t) {
    const auto [context, weight] = composedAttention(
        at::linear(hidden, inputs[QueryWeight]), inputs[Keys], inputs[Energy], inputs[Values],
        visible);
    const Tensor input = at::cat({inputs[Embedded].select(1, t), context}, 1);
    hidden = composedGRUStep(
        at::linear(input, inputs[InputWeight], inputs[InputBias]),
        at::linear(hidden, inputs[HiddenWeight], inputs[HiddenBias]), hidden);
    states.push_back(hidden);
    contexts.push_back(context);
    weights.push_back(weight);
  }
  if (states.empty()) {
    const Tensor &like = inputs[Embedded];
    return {
        like.new_empty({sizes.batch_size, 0, sizes.hidden_size}),
        like.new_empty({sizes.batch_size, 0, sizes.value_size}),
        like.new_empty({sizes.batch_size, 0, sizes.source_count})};
  }
  return {at::stack(states, 1), at::stack(contexts, 1), at::stack(weights, 1)};
}

/// The order of the steps: every row has every step.
Tensor planOf(const rondo_decoder &sizes) {
  const Tensor plan = at::empty({rondo_plan_size(sizes.batch_size, sizes.step_count)}, at::kLong);
  rondo_make_plan(
      sizes.batch_size, sizes.step_count, nullptr, false, plan.mutable_data_ptr<int64_t>());
  return plan;
}

/// The results, and what a backward pass needs.
struct Run {
  variable_list results;
  Tensor plan, trace;
};

Run run(const variable_list &inputs, const Tensor &visible) {
  const rondo_decoder sizes = sizesOf(inputs);
  const rondo_decoder_inputs read = elementsOf(inputs, visible);
  const int64_t B = sizes.batch_size, T = sizes.step_count;
  const auto options = inputs[Embedded].options();
  const Run run = {
      {at::empty({B, T, sizes.hidden_size}, options), at::empty({B, T, sizes.value_size}, options),
       at::empty({B, T, sizes.source_count}, options)},
      planOf(sizes),
      at::empty({rondo_decoder_trace(&sizes)}, options)};
  const rondo_decoder_results written = {
      writable(run.results[0]), writable(run.results[1]), writable(run.results[2]),
      writable(run.trace)};
  const rondo_workers pool = workers();
  const Scratch scratch(rondo_decoder_forward_scratch(&sizes));
  rondo_decoder_forward(
      &sizes, run.plan.const_data_ptr<int64_t>(), &read, &written, scratch, &pool);
  return run;
}

/// The mask, which is not differentiated.
struct Mask {
  Tensor visible;
};

struct DecoderFunction : torch::autograd::Function<DecoderFunction> {
  static variable_list forward(
      AutogradContext *context, at::TensorList inputs, const Mask &mask) {
    variable_list saved = inputs.vec();
    const Run done = run(saved, mask.visible);
    saved.insert(saved.end(), {mask.visible, done.plan, done.trace, done.results[2]});
    context->save_for_backward(saved);
    context->set_materialize_grads(false);
    return done.results;
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    variable_list inputs = context->get_saved_variables();
    const size_t count = HiddenBias + 1;
    const variable_list kept(inputs.begin() + count, inputs.end());
    inputs.resize(count);
    variable_list found;
    if (at::GradMode::is_enabled())
      found = composedGradients(*context, inputs, gradients, [&](const variable_list &inputs) {
        return compose(inputs, kept[0]);
      });
    else
      found = kernelGradients(inputs, gradients, kept[0], kept[1], kept[2], kept[3]);
    for (size_t index = 0; index < count; ++index)
      if (!context->needs_input_grad(index)) found[index] = Tensor();
    found.emplace_back();  // of the mask
    return found;
  }

 private:
  static variable_list kernelGradients(
      const variable_list &inputs, const variable_list &gradients, const Tensor &visible,
      const Tensor &plan, const Tensor &trace, const Tensor &weights) {
    const rondo_decoder sizes = sizesOf(inputs);
    const rondo_decoder_inputs read = elementsOf(inputs, visible);
    variable_list found;
    for (const Tensor &input : inputs)
      found.push_back(at::empty(input.sizes(), input.options()));
    const Tensor ofStates = dense(gradients[0]), ofContexts = dense(gradients[1]);
    const Tensor ofWeights = dense(gradients[2]);
    const rondo_decoder_gradients written = {
        .weights = elements(weights),
        .trace = elements(trace),
        .states_gradient = elements(ofStates),
        .contexts_gradient = elements(ofContexts),
        .weights_gradient = elements(ofWeights),
        .embedded = writable(found[Embedded]),
        .keys = writable(found[Keys]),
        .values = writable(found[Values]),
        .initial_hidden = writable(found[H0]),
        .query_weight = writable(found[QueryWeight]),
        .energy = writable(found[Energy]),
        .input_weight = writable(found[InputWeight]),
        .hidden_weight = writable(found[HiddenWeight]),
        .input_bias = writable(found[InputBias]),
        .hidden_bias = writable(found[HiddenBias])};
    const rondo_workers pool = workers();
    const Scratch scratch(rondo_decoder_backward_scratch(&sizes, pool.count));
    rondo_decoder_backward(
        &sizes, plan.const_data_ptr<int64_t>(), &read, &written, scratch, &pool);
    return found;
  }
};

}  // namespace

std::tuple<Tensor, Tensor, Tensor> bahdanau_decoder(
    const Tensor &embedded, const Tensor &keys, const Tensor &values,
    const OptionalTensor &visible, const Tensor &h0, const Tensor &w_q, const Tensor &v,
    const Tensor &w_ih, const Tensor &w_hh, const Tensor &b_ih, const Tensor &b_hh) {
  variable_list inputs = {embedded, keys, values, h0, w_q, v, w_ih, w_hh, b_ih, b_hh};
  check(inputs);
  const Tensor shown =
      checkedVisible("rondo::bahdanau_decoder", visible, keys.size(0), keys.size(1));
  variable_list results;
  if (!isFast(inputs) || (shown.defined() && !shown.device().is_cpu())) {
    results = compose(inputs, shown);
  } else {
    for (Tensor &input : inputs) input = input.contiguous();
    results = isRecorded(inputs) ? DecoderFunction::apply(at::TensorList(inputs), Mask{shown})
                                 : run(inputs, shown).results;
  }
  return {results[0], results[1], results[2]};
}

}  // namespace ctorch

#endif
