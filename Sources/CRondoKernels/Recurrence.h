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
struct RecurrenceTrace {
  float *states, *cells, *gates;

  RecurrenceTrace(const rondo_recurrence &layer, const SequencePlan &plan, float *memory) {
    Arena arena(memory);
    const Index size = (layer.batch_size + plan.rowCount()) * layer.hidden_size;
    states = arena.take(size);
    cells = arena.take(layer.cell == RONDO_LSTM ? size : 0);
    gates = arena.take(0);
  }

  /// The row of `states` with the state of slot 0 before a step.
  static Index rowBefore(const SequencePlan &plan, Index step) {
    return step == 0 ? 0 : plan.batchSize + plan.first[step - 1];
  }

  /// The row of `states` with the state of slot 0 after a step.
  static Index rowAfter(const SequencePlan &plan, Index step) {
    return plan.batchSize + plan.first[step];
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

  /// The height of row tiles: nearly equal, at most `largest`, and a whole number of them for each
  /// worker.
  Index tileHeight(Index rowCount, Index largest) const {
    const Index grain = isByUnits ? 1 : workers.count;
    const Index tileCount = roundedUp((rowCount + largest - 1) / largest, grain);
    return tileCount == 0 ? 1 : (rowCount + tileCount - 1) / tileCount;
  }
};

}  // namespace rondo
