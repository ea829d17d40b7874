// `rondo::rnn`, `rondo::gru` and `rondo::lstm`.

#if __has_include(<ATen/core/Tensor.h>)

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include "Kernels.h"
#include "Operations.h"

namespace ctorch {

Tensor composedGRUStep(const Tensor &fromInput, const Tensor &fromHidden, const Tensor &hidden) {
  const variable_list x = fromInput.chunk(3, 1), h = fromHidden.chunk(3, 1);
  const Tensor r = at::sigmoid(x[0] + h[0]), z = at::sigmoid(x[1] + h[1]);
  const Tensor n = at::tanh(x[2] + r * h[2]);
  return (1 - z) * n + z * hidden;
}

namespace {

/// The tensors of a layer in the order of their gradients; the cell is an LSTM's.
enum Input : size_t { X, H0, InputWeight, HiddenWeight, InputBias, HiddenBias, C0 };

int64_t gateCount(rondo_cell cell) {
  return cell == RONDO_RNN ? 1 : cell == RONDO_GRU ? 3 : 4;
}

/// What is not differentiated: the equations, and the order of the steps.
struct Reading {
  rondo_cell cell;
  /// `[B]`, int64, on the CPU; undefined when every row has every step.
  Tensor lengths;
  bool isReversed;
};

rondo_recurrence layerOf(const variable_list &inputs, rondo_cell cell) {
  const Tensor &x = inputs[X];
  return {cell, x.size(0), x.size(1), x.size(2), inputs[H0].size(1)};
}

void check(const variable_list &inputs, const Reading &reading) {
  const char *name = reading.cell == RONDO_RNN   ? "rondo::rnn"
                     : reading.cell == RONDO_GRU ? "rondo::gru"
                                                 : "rondo::lstm";
  TORCH_CHECK(
      inputs[X].dim() == 3 && inputs[H0].dim() == 2, name,
      " expects x [B, T, E] and h0 [B, H], got ", inputs[X].sizes(), " and ", inputs[H0].sizes());
  const rondo_recurrence layer = layerOf(inputs, reading.cell);
  const int64_t B = layer.batch_size, E = layer.input_size, H = layer.hidden_size;
  const int64_t rows = gateCount(reading.cell) * H;
  const auto expect = [&](size_t index, at::IntArrayRef shape, const char *what) {
    TORCH_CHECK(
        inputs[index].sizes() == shape, name, " expects ", what, " ", shape, ", got ",
        inputs[index].sizes());
  };
  expect(H0, {B, H}, "h0");
  expect(InputWeight, {rows, E}, "w_ih");
  expect(HiddenWeight, {rows, H}, "w_hh");
  expect(InputBias, {rows}, "b_ih");
  expect(HiddenBias, {rows}, "b_hh");
  if (reading.cell == RONDO_LSTM) expect(C0, {B, H}, "c0");
  if (!reading.lengths.defined()) return;
  TORCH_CHECK(
      reading.lengths.scalar_type() == at::kLong && reading.lengths.device().is_cpu()
          && reading.lengths.sizes() == at::IntArrayRef({B}),
      name, " expects lengths as int64 [", B, "] on the CPU, got ", reading.lengths.scalar_type(),
      " ", reading.lengths.sizes(), " on ", reading.lengths.device());
  const int64_t *lengths = reading.lengths.const_data_ptr<int64_t>();
  for (int64_t row = 0; row < B; ++row)
    TORCH_CHECK(
        lengths[row] >= 0 && lengths[row] <= layer.step_count, name, ": the length of row ", row,
        " is ", lengths[row], ", expected 0 to ", layer.step_count);
}

// MARK: Composed of LibTorch's operations

/// One step: the new hidden state, and the new cell of an LSTM.
std::pair<Tensor, Tensor> step(
    rondo_cell cell, const Tensor &fromInput, const Tensor &fromHidden, const Tensor &hidden,
    const Tensor &memory) {
  if (cell == RONDO_RNN) return {at::tanh(fromInput + fromHidden), {}};
  if (cell == RONDO_GRU) return {composedGRUStep(fromInput, fromHidden, hidden), {}};
  const variable_list gates = (fromInput + fromHidden).chunk(4, 1);
  const Tensor next =
      at::sigmoid(gates[1]) * memory + at::sigmoid(gates[0]) * at::tanh(gates[2]);
  return {at::sigmoid(gates[3]) * at::tanh(next), next};
}

/// The sequence, the final hidden state and, of an LSTM, the final cell.
variable_list compose(const variable_list &inputs, const Reading &reading) {
  const rondo_recurrence layer = layerOf(inputs, reading.cell);
  const Tensor projected = at::linear(inputs[X], inputs[InputWeight], inputs[InputBias]);
  Tensor hidden = inputs[H0], memory = inputs.size() > C0 ? inputs[C0] : Tensor();
  Tensor isReal;  // [B, T]
  if (reading.lengths.defined())
    isReal = at::arange(layer.step_count, hidden.options().dtype(at::kLong))
                 .lt(reading.lengths.to(hidden.device()).unsqueeze(1));
  variable_list states(size_t(layer.step_count));
  for (int64_t count = 0; count < layer.step_count; ++count) {
    const int64_t t = reading.isReversed ? layer.step_count - 1 - count : count;
    auto [next, nextMemory] = step(
        reading.cell, projected.select(1, t),
        at::linear(hidden, inputs[HiddenWeight], inputs[HiddenBias]), hidden, memory);
    if (isReal.defined()) {
      const Tensor here = isReal.select(1, t).unsqueeze(1);
      states[size_t(t)] = at::where(here, next, at::zeros_like(next));
      next = at::where(here, next, hidden);
      if (memory.defined()) nextMemory = at::where(here, nextMemory, memory);
    } else {
      states[size_t(t)] = next;
    }
    hidden = next;
    memory = nextMemory;
  }
  const Tensor sequence =
      states.empty() ? inputs[X].new_empty({layer.batch_size, 0, layer.hidden_size})
                     : at::stack(states, 1);
  variable_list results = {sequence, hidden};
  if (memory.defined()) results.push_back(memory);
  return results;
}

// MARK: Hand-written

rondo_recurrence_weights weightsOf(const variable_list &inputs) {
  return {
      elements(inputs[InputWeight]), elements(inputs[HiddenWeight]), elements(inputs[InputBias]),
      elements(inputs[HiddenBias])};
}

/// The order of the steps, as `rondo_make_plan` writes it.
Tensor planOf(const rondo_recurrence &layer, const Reading &reading) {
  const Tensor plan =
      at::empty({rondo_plan_size(layer.batch_size, layer.step_count)}, at::kLong);
  rondo_make_plan(
      layer.batch_size, layer.step_count,
      reading.lengths.defined() ? reading.lengths.const_data_ptr<int64_t>() : nullptr,
      reading.isReversed, plan.mutable_data_ptr<int64_t>());
  return plan;
}

/// The results, and what a backward pass needs.
struct Run {
  variable_list results;
  Tensor plan, trace;
};

Run run(const variable_list &inputs, const Reading &reading, bool keepsSteps) {
  const rondo_recurrence layer = layerOf(inputs, reading.cell);
  const int64_t B = layer.batch_size, H = layer.hidden_size;
  const auto options = inputs[X].options();
  Run run;
  run.plan = planOf(layer, reading);
  const int64_t *plan = run.plan.const_data_ptr<int64_t>();
  run.results = {at::empty({B, layer.step_count, H}, options), at::empty({B, H}, options)};
  if (reading.cell == RONDO_LSTM) run.results.push_back(at::empty({B, H}, options));
  // Without a backward pass, the trace is scratch.
  const int64_t traceSize = rondo_recurrence_trace(&layer, plan, keepsSteps);
  const rondo_workers pool = workers();
  const int64_t scratchSize = rondo_recurrence_forward_scratch(&layer, plan);
  const Scratch scratch(scratchSize + (keepsSteps ? 0 : traceSize));
  if (keepsSteps) run.trace = at::empty({traceSize}, options);

  const bool hasCell = reading.cell == RONDO_LSTM;
  const rondo_recurrence_forward_arguments arguments = {
      .x = elements(inputs[X]),
      .initial_hidden = elements(inputs[H0]),
      .initial_cell = hasCell ? elements(inputs[C0]) : nullptr,
      .sequence = writable(run.results[0]),
      .final_hidden = writable(run.results[1]),
      .final_cell = hasCell ? writable(run.results[2]) : nullptr,
      .trace = keepsSteps ? writable(run.trace) : scratch + scratchSize,
      .keeps_steps = keepsSteps};
  const rondo_recurrence_weights weights = weightsOf(inputs);
  rondo_recurrence_forward(&layer, plan, &weights, &arguments, scratch, &pool);
  return run;
}

struct RecurrenceFunction : torch::autograd::Function<RecurrenceFunction> {
  static variable_list forward(
      AutogradContext *context, at::TensorList inputs, const Reading &reading) {
    const variable_list kept = inputs.vec();
    const Run done = run(kept, reading, true);
    variable_list saved = kept;
    saved.insert(saved.end(), {done.plan, done.trace, reading.lengths});
    context->save_for_backward(saved);
    context->saved_data["cell"] = int64_t(reading.cell);
    context->saved_data["isReversed"] = reading.isReversed;
    context->set_materialize_grads(false);
    return done.results;
  }

  static variable_list backward(AutogradContext *context, const variable_list &gradients) {
    variable_list inputs = context->get_saved_variables();
    const Tensor lengths = inputs.back(), trace = inputs[inputs.size() - 2];
    const Tensor plan = inputs[inputs.size() - 3];
    inputs.resize(inputs.size() - 3);
    const Reading reading = {
        rondo_cell(context->saved_data["cell"].toInt()), lengths,
        context->saved_data["isReversed"].toBool()};
    variable_list found;
    if (at::GradMode::is_enabled())
      found = composedGradients(*context, inputs, gradients, [&](const variable_list &inputs) {
        return compose(inputs, reading);
      });
    else
      found = kernelGradients(*context, inputs, gradients, reading.cell, plan, trace);
    found.emplace_back();  // of the reading
    return found;
  }

 private:
  static variable_list kernelGradients(
      const AutogradContext &context, const variable_list &inputs, const variable_list &gradients,
      rondo_cell cell, const Tensor &plan, const Tensor &trace) {
    const rondo_recurrence layer = layerOf(inputs, cell);
    const bool hasCell = cell == RONDO_LSTM;
    variable_list found;
    for (size_t index = 0; index < inputs.size(); ++index)
      found.push_back(gradientFor(context, index, inputs[index]));
    const Tensor sequence = dense(gradients[0]), hidden = dense(gradients[1]);
    const Tensor memory = hasCell ? dense(gradients[2]) : Tensor();
    const int64_t *steps = plan.const_data_ptr<int64_t>();
    const rondo_workers pool = workers();
    const Scratch scratch(rondo_recurrence_backward_scratch(&layer, steps, pool.count));
    const rondo_recurrence_backward_arguments arguments = {
        .x = elements(inputs[X]),
        .trace = elements(trace),
        .sequence_gradient = elements(sequence),
        .final_hidden_gradient = elements(hidden),
        .final_cell_gradient = elements(memory),
        .x_gradient = writable(found[X]),
        .initial_hidden_gradient = writable(found[H0]),
        .initial_cell_gradient = hasCell ? writable(found[C0]) : nullptr,
        .input_weight_gradient = writable(found[InputWeight]),
        .hidden_weight_gradient = writable(found[HiddenWeight]),
        .input_bias_gradient = writable(found[InputBias]),
        .hidden_bias_gradient = writable(found[HiddenBias])};
    const rondo_recurrence_weights weights = weightsOf(inputs);
    rondo_recurrence_backward(&layer, steps, &weights, &arguments, scratch, &pool);
    return found;
  }
};

/// Chooses between the two, and records the gradient where one is wanted.
variable_list recurrence(variable_list inputs, const Reading &reading) {
  check(inputs, reading);
  if (!isFast(inputs)) return compose(inputs, reading);
  for (Tensor &input : inputs) input = input.contiguous();
  if (isRecorded(inputs)) return RecurrenceFunction::apply(at::TensorList(inputs), reading);
  return run(inputs, reading, false).results;
}

Reading readingOf(rondo_cell cell, const OptionalTensor &lengths, bool isReversed) {
  return {
      cell, lengths.has_value() && lengths->defined() ? lengths->contiguous() : Tensor(),
      isReversed};
}

}  // namespace

std::tuple<Tensor, Tensor> rnn(
    const Tensor &x, const Tensor &h0, const Tensor &w_ih, const Tensor &w_hh, const Tensor &b_ih,
    const Tensor &b_hh, const OptionalTensor &lengths, bool reverse) {
  const auto results =
      recurrence({x, h0, w_ih, w_hh, b_ih, b_hh}, readingOf(RONDO_RNN, lengths, reverse));
  return {results[0], results[1]};
}

std::tuple<Tensor, Tensor> gru(
    const Tensor &x, const Tensor &h0, const Tensor &w_ih, const Tensor &w_hh, const Tensor &b_ih,
    const Tensor &b_hh, const OptionalTensor &lengths, bool reverse) {
  const auto results =
      recurrence({x, h0, w_ih, w_hh, b_ih, b_hh}, readingOf(RONDO_GRU, lengths, reverse));
  return {results[0], results[1]};
}

std::tuple<Tensor, Tensor, Tensor> lstm(
    const Tensor &x, const Tensor &h0, const Tensor &c0, const Tensor &w_ih, const Tensor &w_hh,
    const Tensor &b_ih, const Tensor &b_hh, const OptionalTensor &lengths, bool reverse) {
  const auto results =
      recurrence({x, h0, w_ih, w_hh, b_ih, b_hh, c0}, readingOf(RONDO_LSTM, lengths, reverse));
  return {results[0], results[1], results[2]};
}

}  // namespace ctorch

#endif
