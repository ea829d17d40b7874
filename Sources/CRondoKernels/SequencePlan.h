#pragma once

// In which order the steps of a padded batch are taken.
//
// Rows are sorted by length, longest first; the place of a row in that order is its slot. Step s
// takes the s-th real element of every row that still has one, so the active rows of a step are
// always the first slots:
//
//     row 0   a b c · ·                slot 0 (row 1)   e f g h i
//     row 1   e f g h i        →       slot 1 (row 0)   a b c
//     row 2   j k · · ·                slot 2 (row 2)   j k
//
//     packed rows:   e a j │ f b k │ g c │ h │ i        step s begins at first[s]
//
// The recurrence works on packed rows only: each step is one dense matrix, and padding is never
// computed. A reversed plan takes each row from its last real element to its first.

#include "InstructionSet.h"

namespace rondo {

/// A plan, read from the memory that `rondo_make_plan` filled.
struct SequencePlan {
  /// The first packed row of each step, and at the end the number of packed rows, `[T + 1]`.
  const Index *first;
  /// The row of the batch in each slot, `[B]`.
  const Index *order;
  /// Where each packed row lies in the padded batch: b T + t.
  const Index *position;
  Index batchSize, stepCount;

  SequencePlan(const Index *memory, Index batchSize, Index stepCount)
      : first(memory),
        order(memory + stepCount + 1),
        position(memory + stepCount + 1 + batchSize),
        batchSize(batchSize),
        stepCount(stepCount) {}

  /// N, the number of packed rows.
  Index rowCount() const { return first[stepCount]; }

  /// How many rows take step s.
  Index activeCount(Index step) const { return first[step + 1] - first[step]; }

  /// The number of real elements of the row in a slot.
  Index length(Index slot) const {
    Index length = 0;
    while (length < stepCount && activeCount(length) > slot) ++length;
    return length;
  }

  /// Whether every row has every step.
  bool isFull() const { return rowCount() == batchSize * stepCount; }

  /// Whether packed rows lie in the order of the padded batch.
  bool isIdentity() const {
    if (!isFull()) return false;
    for (Index row = 0; row < rowCount(); ++row)
      if (position[row] != row) return false;
    return true;
  }
};

/// Copies the padded rows that belong to packed rows `first ..< first + count`, each `width` floats
/// wide, into packed order. Where the order is the same, nothing is copied.
const float *packedRows(
    const SequencePlan &plan, Index first, Index count, const float *padded, Index width,
    float *copy, const rondo_workers &workers);

/// Copies packed rows `first ..< first + count` to their places in the padded batch.
void unpackRows(
    const SequencePlan &plan, Index first, Index count, const float *packed, Index width,
    float *padded, const rondo_workers &workers);

/// Sets what follows the end of each row to zero.
void clearPadding(const SequencePlan &plan, Index width, float *padded);

}  // namespace rondo
