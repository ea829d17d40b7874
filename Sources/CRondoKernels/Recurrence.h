#pragma once

// What the forward and the backward pass of a recurrent layer share.

#include "SequencePlan.h"

namespace rondo {

/// G, how many gates a cell has.
constexpr Index gateCount(rondo_cell cell) {
  return cell == RONDO_RNN ? 1 : cell == RONDO_GRU ? 3 : 4;
}

/// How many vectors of H units a step keeps for the backward pass, besides its states:
/// GRU r, z, n and the recurrent part of n before the reset gate; LSTM i, f, g, o.
constexpr Index keptCount(rondo_cell cell) { return cell == RONDO_RNN ? 0 : 4; }

/// How many gate gradients a step has. A GRU has one more than gates, because its gate n sees the
/// input and the hidden state through different factors:
///
///     RNN    │ a │
///     GRU    │ m │ r │ z │ n │     m: of (U h + d)ₙ, before the reset gate
///            └ hidden ──┘
///                └── input ──┘
///     LSTM   │ i │ f │ g │ o │
constexpr Index gradientCount(rondo_cell cell) { return cell == RONDO_RNN ? 1 : 4; }

/// At which of the gate gradients the input's begin.
constexpr Index inputGradient(rondo_cell cell) { return cell == RONDO_GRU ? 1 : 0; }

/// Where the gradient of a gate's share of the hidden state stands among the gate gradients.
constexpr Index hiddenGradient(rondo_cell cell, Index gate) {
  return cell == RONDO_GRU ? (gate + 1) % 3 : gate;
}

/// Every state and every gate of a forward pass, in packed rows.
///
///     states   B initial states │ step 0 │ step 1 │ …      [B + N, H]
///     cells    the same, LSTM only                         [B + N, H]
///     gates    step 0 │ step 1 │ …                         [N, kept H]
///
/// Where no backward pass follows, only two states of each row, which take turns, and no gates.
struct RecurrenceTrace {
  float *states, *cells, *gates;
  bool keepsSteps;
  Index size;

  RecurrenceTrace(
      const rondo_recurrence &layer, const SequencePlan &plan, bool keepsSteps, float *memory)
      : keepsSteps(keepsSteps) {
    Arena arena(memory);
    const Index B = layer.batch_size, H = layer.hidden_size, N = plan.rowCount();
    const Index stateCount = (keepsSteps ? B + N : 2 * B) * H;
    states = arena.take(stateCount);
    cells = arena.take(layer.cell == RONDO_LSTM ? stateCount : 0);
    gates = arena.take(keepsSteps ? N * keptCount(layer.cell) * H : 0);
    size = arena.size();
  }

  /// The row of `states` with the state of slot 0 after `count` steps. Slots that have ended are not
  /// written again.
  Index row(const SequencePlan &plan, Index count) const {
    return keepsSteps ? keptRow(plan, count) : count % 2 * plan.batchSize;
  }

  /// The same where every step is kept.
  static Index keptRow(const SequencePlan &plan, Index count) {
    return count == 0 ? 0 : plan.batchSize + plan.first[count - 1];
  }
};

/// Consecutive steps that are worked on together: their inputs are projected in one product, then
/// the steps are taken one by one. Enough rows to keep a product busy, few enough to stay in the
/// cache between the two.
struct Chunk {
  Index firstStep, endStep;
  /// Their packed rows.
  Index firstRow, rowCount;

  Chunk(const SequencePlan &plan, Index firstStep, Index endStep)
      : firstStep(firstStep),
        endStep(endStep),
        firstRow(plan.first[firstStep]),
        rowCount(plan.first[endStep] - plan.first[firstStep]) {}

  /// How many rows a chunk has at most, unless a single step has more. Only the caches count
  /// forward; backward, more rows are summed into the gradients of the weights at once.
  static constexpr Index forwardRowCount = 224, backwardRowCount = 512;

  static Index capacity(const SequencePlan &plan, Index target) {
    return std::min(plan.rowCount(), std::max(plan.batchSize, target));
  }

  /// The longest chunk that begins with a step.
  static Chunk from(const SequencePlan &plan, Index firstStep) {
    const Index most = capacity(plan, forwardRowCount);
    Index end = firstStep + 1;
    while (end < plan.stepCount && plan.first[end + 1] - plan.first[firstStep] <= most) ++end;
    return Chunk(plan, firstStep, end);
  }

  /// The longest chunk that ends before a step.
  static Chunk before(const SequencePlan &plan, Index endStep) {
    const Index most = capacity(plan, backwardRowCount);
    Index first = endStep - 1;
    while (first > 0 && plan.first[endStep] - plan.first[first - 1] <= most) --first;
    return Chunk(plan, first, endStep);
  }
};

/// How a recurrence is divided between workers.
///
/// By rows, each worker takes its rows through all steps and never waits. By units, each takes its
/// hidden units of all rows, and the workers meet after every step: better when there are few
/// rows, or when the weights are so large that reading all of them is what takes the time. Either
/// way each result is computed by one worker and in the same order.
struct Division {
  rondo_workers workers;
  bool isByUnits = false;

  Division(const rondo_recurrence &layer, const SequencePlan &plan, const rondo_workers &available)
      : workers(available) {
    const Index weightCount = gateCount(layer.cell) * layer.hidden_size * layer.hidden_size;
    const Index workPerStep =
        plan.rowCount() * weightCount / std::max<Index>(1, plan.stepCount);
    if (workers.count <= 1) return;
    if (plan.rowCount() * weightCount < 400'000) {
      workers.count = 1;
    } else if (layer.batch_size < 4 * workers.count || weightCount > 400'000) {
      if (workPerStep >= 100'000)
        isByUnits = true;
      else
        workers.count = std::max<Index>(1, std::min(workers.count, layer.batch_size / 2));
    }
  }

  /// The tiles of rows that are worker `worker`'s: every worker gets as many, and all are of
  /// nearly the same height, at most `largest`. Dealt in turn, because short rows come last.
  template <class Body>
  void forEachTile(
      Index rowCount, Index activeCount, Index largest, Index worker, const Body &body) const {
    const Index dealt = isByUnits ? 1 : workers.count;
    const Index tileCount = roundedUp((rowCount + largest - 1) / largest, dealt);
    for (Index tile = isByUnits ? 0 : worker; tile < tileCount; tile += dealt) {
      const Index first = rowCount * tile / tileCount;
      const Index end = std::min(rowCount * (tile + 1) / tileCount, activeCount);
      if (first < end) body(first, end - first);
    }
  }
};

}  // namespace rondo
