#ifndef RONDO_LANES

// Recurrent layers: the gradients of a padded batch, step by step from the last to the first.
//
// With dgates the gradients of the sums before the gates' squashing functions,
//
//     dh(s - 1)  =  (direct path of the cell)  +  dgates(s) U       one step after another
//     dW = dgatesᵀ X    dU = dgatesᵀ H    dX = dgates W             products over all steps

#include "Recurrence.h"

namespace rondo {
namespace {

/// The gradient of each slot's final state, or zero.
void readFinalGradients(
    const SequencePlan &plan, Index hiddenSize, const float *source, float *slots) {
  for (Index slot = 0; slot < plan.batchSize; ++slot) {
    float *target = slots + slot * hiddenSize;
    if (source)
      std::memcpy(
          target, source + plan.order[slot] * hiddenSize, size_t(hiddenSize) * sizeof(float));
    else
      std::fill(target, target + hiddenSize, 0.0f);
  }
}

/// What is left when the first step has been undone is the gradient of the initial states.
void writeInitialGradients(
    const SequencePlan &plan, Index hiddenSize, const float *slots, float *target) {
  if (!target) return;
  for (Index slot = 0; slot < plan.batchSize; ++slot)
    std::memcpy(
        target + plan.order[slot] * hiddenSize, slots + slot * hiddenSize,
        size_t(hiddenSize) * sizeof(float));
}

/// The scratch of a backward pass; rows are those of a chunk.
struct BackwardScratch {
  /// The gradients of the gates, `[N, gradientCount H]`; see `gradientCount`.
  float *gates;
  /// The gradient of the state of each slot, `[B, H]`.
  float *hidden, *cell;
  /// Inputs and their gradients in packed order, `[N, E]`.
  float *inputs, *inputGradient;
  /// The state before each step, `[N, H]`, where the trace does not hold it in one piece.
  float *previous;
  float *panels, *biases, *product;
  Index size;

  BackwardScratch(
      const rondo_recurrence &layer, const SequencePlan &plan, Index workerCount, float *memory) {
    const Index N = Chunk::capacity(plan, Chunk::backwardRowCount);
    const Index H = layer.hidden_size, E = layer.input_size;
    const Index gradients = gradientCount(layer.cell) * H, G = gateCount(layer.cell);
    const Index ownRows = plan.isIdentity() ? 0 : N;
    Arena arena(memory);
    gates = arena.take(N * gradients);
    hidden = arena.take(layer.batch_size * H);
    cell = arena.take(layer.cell == RONDO_LSTM ? layer.batch_size * H : 0);
    inputs = arena.take(ownRows * E);
    inputGradient = arena.take(N * E);
    previous = arena.take(plan.isFull() ? 0 : N * H);
    panels = arena.take(G * H * roundedUp(H, 16));
    biases = arena.take(gradients);
    product = arena.take(
        rondo_product_scratch(std::max(E, H), std::max(N, G * H), workerCount));
    size = arena.size();
  }
};

}  // namespace
}  // namespace rondo

// MARK: - Reference

void rondo_recurrence_backward_reference(
    const rondo_recurrence *layer, const int64_t *plan, const rondo_recurrence_weights *weights,
    const rondo_recurrence_backward_arguments *arguments, float *memory, const rondo_workers *) {
  using namespace rondo;
  const Index H = layer->hidden_size, E = layer->input_size, T = layer->step_count;
  const rondo_cell cell = layer->cell;
  const Index G = gateCount(cell);
  const SequencePlan steps(plan, layer->batch_size, T);
  const RecurrenceTrace trace(*layer, steps, true, const_cast<float *>(arguments->trace));
  const BackwardScratch scratch(*layer, steps, 1, memory);
  readFinalGradients(steps, H, arguments->final_hidden_gradient, scratch.hidden);
  if (cell == RONDO_LSTM)
    readFinalGradients(steps, H, arguments->final_cell_gradient, scratch.cell);

  const auto clear = [](float *target, Index count) {
    if (target) std::fill(target, target + count, 0.0f);
  };
  clear(arguments->x_gradient, layer->batch_size * T * E);
  clear(arguments->input_weight_gradient, G * H * E);
  clear(arguments->hidden_weight_gradient, G * H * H);
  clear(arguments->input_bias_gradient, G * H);
  clear(arguments->hidden_bias_gradient, G * H);

  for (Index s = T - 1; s >= 0; --s)
    for (Index slot = 0; slot < steps.activeCount(s); ++slot) {
      const Index packed = steps.first[s] + slot, position = steps.position[packed];
      const Index before = (trace.row(steps, s) + slot) * H;
      const Index after = (trace.row(steps, s + 1) + slot) * H;
      const float *gates = trace.gates + packed * keptCount(cell) * H;
      float *dgates = scratch.gates;
      float *dh = scratch.hidden + slot * H, *dc = scratch.cell + slot * H;

      for (Index u = 0; u < H; ++u) {
        const float incoming =
            dh[u]
            + (arguments->sequence_gradient ? arguments->sequence_gradient[position * H + u] : 0);
        if (cell == RONDO_RNN) {
          const float next = trace.states[after + u];
          dgates[u] = incoming * (1 - next * next);
          dh[u] = 0;
        } else if (cell == RONDO_GRU) {
          const float r = gates[u], z = gates[H + u], n = gates[2 * H + u];
          const float recurrent = gates[3 * H + u], h = trace.states[before + u];
          const float dn = incoming * (1 - z) * (1 - n * n);
          dgates[u] = dn * r;
          dgates[H + u] = dn * recurrent * r * (1 - r);
          dgates[2 * H + u] = incoming * (h - n) * z * (1 - z);
          dgates[3 * H + u] = dn;
          dh[u] = incoming * z;
        } else {
          const float i = gates[u], f = gates[H + u], g = gates[2 * H + u], o = gates[3 * H + u];
          const float shown = std::tanh(trace.cells[after + u]);
          const float dcell = dc[u] + incoming * o * (1 - shown * shown);
          dgates[u] = dcell * g * i * (1 - i);
          dgates[H + u] = dcell * trace.cells[before + u] * f * (1 - f);
          dgates[2 * H + u] = dcell * i * (1 - g * g);
          dgates[3 * H + u] = incoming * shown * o * (1 - o);
          dc[u] = dcell * f;
          dh[u] = 0;
        }
      }

      const float *x = arguments->x + position * E, *h = trace.states + before;
      for (Index gate = 0; gate < G; ++gate)
        for (Index u = 0; u < H; ++u) {
          const Index row = gate * H + u;
          const float ofInput = dgates[(inputGradient(cell) + gate) * H + u];
          const float ofHidden = dgates[hiddenGradient(cell, gate) * H + u];
          for (Index e = 0; e < E; ++e) {
            if (arguments->input_weight_gradient)
              arguments->input_weight_gradient[row * E + e] += ofInput * x[e];
            if (arguments->x_gradient)
              arguments->x_gradient[position * E + e] += ofInput * weights->input[row * E + e];
          }
          for (Index k = 0; k < H; ++k) {
            if (arguments->hidden_weight_gradient)
              arguments->hidden_weight_gradient[row * H + k] += ofHidden * h[k];
            dh[k] += ofHidden * weights->hidden[row * H + k];
          }
          if (arguments->input_bias_gradient) arguments->input_bias_gradient[row] += ofInput;
          if (arguments->hidden_bias_gradient) arguments->hidden_bias_gradient[row] += ofHidden;
        }
    }

  writeInitialGradients(steps, H, scratch.hidden, arguments->initial_hidden_gradient);
  if (cell == RONDO_LSTM)
    writeInitialGradients(steps, H, scratch.cell, arguments->initial_cell_gradient);
}

// MARK: - Fast

int64_t rondo_recurrence_backward_scratch(
    const rondo_recurrence *layer, const int64_t *plan, int64_t worker_count) {
  const rondo::SequencePlan view(plan, layer->batch_size, layer->step_count);
  return rondo::BackwardScratch(*layer, view, worker_count, nullptr).size;
}

#define RONDO_KERNEL "RecurrenceBackward.cpp"
#include "EachInstructionSet.h"

void rondo_recurrence_backward(
    const rondo_recurrence *layer, const int64_t *plan, const rondo_recurrence_weights *weights,
    const rondo_recurrence_backward_arguments *arguments, float *scratch,
    const rondo_workers *workers) {
  const rondo::SequencePlan view(plan, layer->batch_size, layer->step_count);
  RONDO_BEST(backward)(*layer, view, *weights, *arguments, scratch, *workers);
}

#else

#include "Vector.h"

#include "Tile.h"

#include "Cells.h"

#include "Columns.h"

#include "GateGradients.h"

/// Undoes the steps of a chunk, from the last to the first.
template <class Cell>
struct StepUndoer {
  const SequencePlan &plan;
  const RecurrenceTrace &trace;
  const BackwardScratch &scratch;
  const Division &division;
  const Chunk &chunk;
  Index hiddenSize;
  const float *sequenceGradient;

  /// Turns the gradient of the states after step `s` into that of its gates, for a worker's rows
  /// and the given units.
  void undoGates(Index s, Index worker, Share units) const {
    constexpr Index D = gradientCount(Cell::kind), kept = keptCount(Cell::kind);
    const Index size = hiddenSize, active = plan.activeCount(s), packed = plan.first[s];
    const Index before = trace.row(plan, s) * size, after = trace.row(plan, s + 1) * size;
    const StepGradient step = {
        .hiddenSize = size,
        .previous = trace.states + before,
        .next = trace.states + after,
        .previousCell = trace.cells + before,
        .nextCell = trace.cells + after,
        .gates = trace.gates + packed * kept * size,
        .sequenceGradient = sequenceGradient,
        .position = plan.position + packed,
        .hiddenGradient = scratch.hidden,
        .cellGradient = scratch.cell,
        .gateGradient = scratch.gates + (packed - chunk.firstRow) * D * size};
    division.forEachTile(
        plan.batchSize, active, tileRowCount, worker, [&](Index first, Index rowCount) {
          for (Index row = first; row < first + rowCount; ++row)
            for (Index unit = units.first; unit < units.end; unit += laneCount)
              Cell::backward(step, row, unit);
        });
  }

  /// Adds what the gates of step `s` owe to the hidden state before it: dh += dgates U.
  void undoProduct(Index s, Index worker, Share units) const {
    constexpr Index G = gateCount(Cell::kind), D = gradientCount(Cell::kind);
    const Index size = hiddenSize, active = plan.activeCount(s);
    for (Index unit = units.first; unit < units.end; unit += panelWidth)
      division.forEachTile(
          plan.batchSize, active, tileRowCount, worker, [&](Index row, Index rowCount) {
            multiplyRows(
                {.depth = G * size,
                 .a = scratch.gates + (plan.first[s] - chunk.firstRow + row) * D * size,
                 .rowStride = D * size,
                 .depthStride = 1,
                 .panel = scratch.panels + unit * G * size,
                 .c = scratch.hidden + row * size + unit,
                 .cStride = size,
                 .columnCount = std::min(panelWidth, size - unit),
                 .accumulates = true,
                 .bias = nullptr},
                rowCount);
          });
  }

  void run() const {
    const Index size = hiddenSize, count = division.workers.count;
    const Index last = chunk.endStep - 1;
    if (division.isByUnits) {
      for (Index s = last; s >= chunk.firstStep - 1; --s) {
        auto work = [&](Index worker) {
          const Share units(size, panelWidth, worker, count);
          if (s < last) undoProduct(s + 1, worker, units);
          if (s >= chunk.firstStep) undoGates(s, worker, units);
        };
        forEachWorker(division.workers, work);
      }
    } else {
      auto work = [&](Index worker) {
        for (Index s = last; s >= chunk.firstStep; --s) {
          undoGates(s, worker, Share(0, size));
          undoProduct(s, worker, Share(0, size));
        }
      };
      forEachWorker(division.workers, work);
    }
  }
};

/// The hidden states before the steps of a chunk, copied if they do not lie in one piece.
const float *previousStates(
    const SequencePlan &plan, const RecurrenceTrace &trace, const Chunk &chunk, Index hiddenSize,
    float *copy) {
  if (plan.isFull()) return trace.states + chunk.firstRow * hiddenSize;
  for (Index s = chunk.firstStep; s < chunk.endStep; ++s)
    std::memcpy(
        copy + (plan.first[s] - chunk.firstRow) * hiddenSize,
        trace.states + trace.row(plan, s) * hiddenSize,
        size_t(plan.activeCount(s) * hiddenSize) * sizeof(float));
  return copy;
}

template <class Cell>
void backwardCell(
    const rondo_recurrence &layer, const SequencePlan &plan,
    const rondo_recurrence_weights &weights, const rondo_recurrence_backward_arguments &arguments,
    float *memory, const rondo_workers &workers) {
  const Index H = layer.hidden_size, E = layer.input_size;
  const RecurrenceTrace trace(layer, plan, true, const_cast<float *>(arguments.trace));
  const BackwardScratch scratch(layer, plan, workers.count, memory);
  const Division division(layer, plan, workers);
  GateGradients<Cell> gates = {
      .rows = scratch.gates,
      .rowCount = 0,
      .hiddenSize = H,
      .productScratch = scratch.product,
      .workers = workers,
      .accumulates = false};
  readFinalGradients(plan, H, arguments.final_hidden_gradient, scratch.hidden);
  if (layer.cell == RONDO_LSTM)
    readFinalGradients(plan, H, arguments.final_cell_gradient, scratch.cell);
  packGateRows<Cell>(weights.hidden, H, H, scratch.panels);
  if (arguments.x_gradient) clearPadding(plan, E, arguments.x_gradient);
  gates.clearBiases(scratch.biases);

  Index end = plan.stepCount;
  while (end > 0 && plan.activeCount(end - 1) == 0) --end;
  do {
    const Chunk chunk = end > 0 ? Chunk::before(plan, end) : Chunk(plan, 0, 0);
    StepUndoer<Cell>{plan, trace, scratch, division, chunk, H, arguments.sequence_gradient}.run();

    gates.rowCount = chunk.rowCount;
    if (arguments.input_weight_gradient)
      gates.ofInputWeights(
          packedRows(plan, chunk.firstRow, chunk.rowCount, arguments.x, E, scratch.inputs, workers),
          E, arguments.input_weight_gradient, E);
    if (arguments.hidden_weight_gradient)
      gates.ofHiddenWeights(
          previousStates(plan, trace, chunk, H, scratch.previous),
          arguments.hidden_weight_gradient);
    if (arguments.input_bias_gradient || arguments.hidden_bias_gradient)
      gates.addBiases(scratch.biases);
    if (arguments.x_gradient) {
      gates.ofInputs(weights.input, E, E, scratch.inputGradient);
      unpackRows(
          plan, chunk.firstRow, chunk.rowCount, scratch.inputGradient, E, arguments.x_gradient,
          workers);
    }
    gates.accumulates = true;
    end = chunk.firstStep;
  } while (end > 0);

  gates.copyBiases(scratch.biases, arguments.input_bias_gradient, arguments.hidden_bias_gradient);
  writeInitialGradients(plan, H, scratch.hidden, arguments.initial_hidden_gradient);
  if (layer.cell == RONDO_LSTM)
    writeInitialGradients(plan, H, scratch.cell, arguments.initial_cell_gradient);
}

void backward(
    const rondo_recurrence &layer, const SequencePlan &plan,
    const rondo_recurrence_weights &weights, const rondo_recurrence_backward_arguments &arguments,
    float *memory, const rondo_workers &workers) {
  switch (layer.cell) {
    case RONDO_RNN: backwardCell<RNNCell>(layer, plan, weights, arguments, memory, workers); break;
    case RONDO_GRU: backwardCell<GRUCell>(layer, plan, weights, arguments, memory, workers); break;
    case RONDO_LSTM:
      backwardCell<LSTMCell>(layer, plan, weights, arguments, memory, workers);
      break;
  }
}

#endif
