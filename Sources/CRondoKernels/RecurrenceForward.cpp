#ifndef RONDO_LANES

// Recurrent layers: the steps of a padded batch, one after another.

#include "Recurrence.h"

int64_t rondo_recurrence_trace(
    const rondo_recurrence *layer, const int64_t *plan, bool keeps_steps) {
  const rondo::SequencePlan view(plan, layer->batch_size, layer->step_count);
  return rondo::RecurrenceTrace(*layer, view, keeps_steps, nullptr).size;
}

namespace rondo {
namespace {

/// Copies the state after each row's last step to its row of the batch, `[B, H]`.
void writeFinalStates(
    const SequencePlan &plan, const RecurrenceTrace &trace, Index hiddenSize, const float *states,
    float *target) {
  for (Index slot = 0; slot < plan.batchSize; ++slot)
    std::memcpy(
        target + plan.order[slot] * hiddenSize,
        states + (trace.row(plan, plan.length(slot)) + slot) * hiddenSize,
        size_t(hiddenSize) * sizeof(float));
}

/// Copies the initial states to the first rows of the trace.
void readInitialStates(
    const SequencePlan &plan, Index hiddenSize, const float *initial, float *states) {
  for (Index slot = 0; slot < plan.batchSize; ++slot)
    std::memcpy(
        states + slot * hiddenSize, initial + plan.order[slot] * hiddenSize,
        size_t(hiddenSize) * sizeof(float));
}

}  // namespace
}  // namespace rondo

// MARK: - Reference

namespace rondo {
namespace {

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

/// (M v + b)ᵢ
float affine(const float *matrix, const float *vector, const float *bias, Index row, Index depth) {
  float sum = bias[row];
  for (Index k = 0; k < depth; ++k) sum += matrix[row * depth + k] * vector[k];
  return sum;
}

}  // namespace
}  // namespace rondo

void rondo_recurrence_forward_reference(
    const rondo_recurrence *layer, const int64_t *plan, const rondo_recurrence_weights *weights,
    const rondo_recurrence_forward_arguments *arguments, float *, const rondo_workers *) {
  using namespace rondo;
  const Index H = layer->hidden_size, E = layer->input_size, kept = keptCount(layer->cell);
  const SequencePlan steps(plan, layer->batch_size, layer->step_count);
  const RecurrenceTrace trace(*layer, steps, arguments->keeps_steps, arguments->trace);
  readInitialStates(steps, H, arguments->initial_hidden, trace.states);
  if (layer->cell == RONDO_LSTM)
    readInitialStates(steps, H, arguments->initial_cell, trace.cells);

  for (Index s = 0; s < steps.stepCount; ++s)
    for (Index slot = 0; slot < steps.activeCount(s); ++slot) {
      const Index packed = steps.first[s] + slot, position = steps.position[packed];
      const Index before = (trace.row(steps, s) + slot) * H;
      const Index after = (trace.row(steps, s + 1) + slot) * H;
      const float *x = arguments->x + position * E;
      const float *h = trace.states + before;
      float *gates = arguments->keeps_steps ? trace.gates + packed * kept * H : nullptr;
      for (Index u = 0; u < H; ++u) {
        const auto input = [&](Index gate) {
          return affine(weights->input, x, weights->input_bias, gate * H + u, E);
        };
        const auto hidden = [&](Index gate) {
          return affine(weights->hidden, h, weights->hidden_bias, gate * H + u, H);
        };
        float next;
        if (layer->cell == RONDO_RNN) {
          next = std::tanh(input(0) + hidden(0));
        } else if (layer->cell == RONDO_GRU) {
          const float recurrent = hidden(2);
          const float r = sigmoid(input(0) + hidden(0)), z = sigmoid(input(1) + hidden(1));
          const float n = std::tanh(input(2) + r * recurrent);
          next = (1 - z) * n + z * h[u];
          if (gates) gates[u] = r, gates[H + u] = z, gates[2 * H + u] = n;
          if (gates) gates[3 * H + u] = recurrent;
        } else {
          const float i = sigmoid(input(0) + hidden(0)), f = sigmoid(input(1) + hidden(1));
          const float g = std::tanh(input(2) + hidden(2)), o = sigmoid(input(3) + hidden(3));
          const float cell = f * trace.cells[before + u] + i * g;
          trace.cells[after + u] = cell;
          next = o * std::tanh(cell);
          if (gates) gates[u] = i, gates[H + u] = f, gates[2 * H + u] = g, gates[3 * H + u] = o;
        }
        trace.states[after + u] = next;
        arguments->sequence[position * H + u] = next;
      }
    }

  clearPadding(steps, H, arguments->sequence);
  writeFinalStates(steps, trace, H, trace.states, arguments->final_hidden);
  if (layer->cell == RONDO_LSTM)
    writeFinalStates(steps, trace, H, trace.cells, arguments->final_cell);
}

// MARK: - Fast

namespace rondo {
namespace {

/// The scratch of a forward pass: the inputs of a chunk in packed order, what they add to the
/// gates, and the packed weights.
struct ForwardScratch {
  float *inputs, *projected, *inputPanels, *hiddenPanels;
  Index size;

  ForwardScratch(const rondo_recurrence &layer, const SequencePlan &plan, float *memory) {
    const Index gates = gateCount(layer.cell);
    const Index rowCount = Chunk::capacity(plan, Chunk::forwardRowCount);
    Arena arena(memory);
    inputs = arena.take(plan.isIdentity() ? 0 : rowCount * layer.input_size);
    projected = arena.take(rowCount * gates * layer.hidden_size);
    inputPanels = arena.take(packedSize(gates * layer.hidden_size, layer.input_size));
    hiddenPanels = arena.take(gates * packedSize(layer.hidden_size, layer.hidden_size));
    size = arena.size();
  }
};

}  // namespace
}  // namespace rondo

int64_t rondo_recurrence_forward_scratch(const rondo_recurrence *layer, const int64_t *plan) {
  const rondo::SequencePlan view(plan, layer->batch_size, layer->step_count);
  return rondo::ForwardScratch(*layer, view, nullptr).size;
}

#define RONDO_KERNEL "RecurrenceForward.cpp"
#include "EachInstructionSet.h"

void rondo_recurrence_forward(
    const rondo_recurrence *layer, const int64_t *plan, const rondo_recurrence_weights *weights,
    const rondo_recurrence_forward_arguments *arguments, float *scratch,
    const rondo_workers *workers) {
  const rondo::SequencePlan view(plan, layer->batch_size, layer->step_count);
  RONDO_BEST(forward)(*layer, view, *weights, *arguments, scratch, *workers);
}

#else

#include "Vector.h"

#include "Tile.h"

#include "Cells.h"

#include "PackedWeights.h"

/// Takes the steps of a chunk; the inputs have been projected and the weights packed.
template <class Cell>
struct StepRunner {
  const SequencePlan &plan;
  const RecurrenceTrace &trace;
  const Division &division;
  const Chunk &chunk;
  /// What does not change from step to step; rows are those of the first packed row.
  Step all;
  const float *panels;

  /// Takes step `s` of a worker's rows and the given units.
  void take(Index s, Index worker, Share units) const {
    constexpr Index gates = gateCount(Cell::kind), kept = keptCount(Cell::kind);
    const Index size = all.hiddenSize, active = plan.activeCount(s);
    const Index before = trace.row(plan, s) * size, after = trace.row(plan, s + 1) * size;
    Step step = all;
    step.previous = trace.states + before;
    step.next = trace.states + after;
    step.previousCell = trace.cells + before;
    step.nextCell = trace.cells + after;
    step.projected += (plan.first[s] - chunk.firstRow) * gates * size;
    step.position += plan.first[s];
    if (step.gates) step.gates += plan.first[s] * kept * size;
    for (Index unit = units.first; unit < units.end; unit += laneCount)
      division.forEachTile(
          plan.batchSize, active, Cell::tileHeight, worker, [&](Index row, Index rowCount) {
            stepFunction<Cell>(rowCount)(
                step.from(row, gates, kept), unit, panels + unit * gates * size, nullptr);
          });
  }

  void run() const {
    const Index size = all.hiddenSize, count = division.workers.count;
    if (division.isByUnits) {
      for (Index s = chunk.firstStep; s < chunk.endStep; ++s) {
        auto work = [&](Index worker) { take(s, worker, Share(size, laneCount, worker, count)); };
        forEachWorker(division.workers, work);
      }
    } else {
      auto work = [&](Index worker) {
        for (Index s = chunk.firstStep; s < chunk.endStep; ++s)
          take(s, worker, Share(0, size));
      };
      forEachWorker(division.workers, work);
    }
  }
};

template <class Cell>
void forwardCell(
    const rondo_recurrence &layer, const SequencePlan &plan,
    const rondo_recurrence_weights &weights, const rondo_recurrence_forward_arguments &arguments,
    float *memory, const rondo_workers &workers) {
  const Index H = layer.hidden_size, E = layer.input_size, G = gateCount(Cell::kind);
  const RecurrenceTrace trace(layer, plan, arguments.keeps_steps, arguments.trace);
  const ForwardScratch scratch(layer, plan, memory);

  const Division division(layer, plan, workers);
  const PackedWeights projection = {G * H, E, scratch.inputPanels, weights.input_bias};
  projection.pack(weights.input, E);
  packGates<Cell>(weights.hidden, H, H, H, scratch.hiddenPanels);
  readInitialStates(plan, H, arguments.initial_hidden, trace.states);
  if (layer.cell == RONDO_LSTM) readInitialStates(plan, H, arguments.initial_cell, trace.cells);

  Step all = {};
  all.hiddenSize = H;
  all.projected = scratch.projected;
  all.hiddenBias = weights.hidden_bias;
  all.gates = arguments.keeps_steps ? trace.gates : nullptr;
  all.sequence = arguments.sequence;
  all.position = plan.position;

  for (Index s = 0; s < plan.stepCount && plan.activeCount(s) > 0;) {
    const Chunk chunk = Chunk::from(plan, s);
    const float *inputs = packedRows(
        plan, chunk.firstRow, chunk.rowCount, arguments.x, E, scratch.inputs, workers);
    projection.multiply(inputs, chunk.rowCount, scratch.projected, workers);
    StepRunner<Cell>{plan, trace, division, chunk, all, scratch.hiddenPanels}.run();
    s = chunk.endStep;
  }

  clearPadding(plan, H, arguments.sequence);
  writeFinalStates(plan, trace, H, trace.states, arguments.final_hidden);
  if (layer.cell == RONDO_LSTM) writeFinalStates(plan, trace, H, trace.cells, arguments.final_cell);
}

void forward(
    const rondo_recurrence &layer, const SequencePlan &plan,
    const rondo_recurrence_weights &weights, const rondo_recurrence_forward_arguments &arguments,
    float *memory, const rondo_workers &workers) {
  switch (layer.cell) {
    case RONDO_RNN: forwardCell<RNNCell>(layer, plan, weights, arguments, memory, workers); break;
    case RONDO_GRU: forwardCell<GRUCell>(layer, plan, weights, arguments, memory, workers); break;
    case RONDO_LSTM: forwardCell<LSTMCell>(layer, plan, weights, arguments, memory, workers); break;
  }
}

#endif
