// Sums over the rows of a matrix.
//
// Read once per instruction set by EachInstructionSet.h, after Vector.h.

/// Adds the sum of each column of `[rowCount, columnCount]` to `sums`.
inline void addColumns(
    const float *rows, Index rowCount, Index columnCount, float *sums,
    const rondo_workers &workers) {
  // A block of columns is as wide as the sums that fit into registers.
  constexpr Index blockVectors = 8;
  rondo_workers used = workers;
  if (rowCount * columnCount < (1 << 17)) used.count = 1;
  auto work = [&](Index worker) {
    const Share share(columnCount, blockVectors * laneCount, worker, used.count);
    for (Index first = share.first; first < share.end; first += blockVectors * laneCount) {
      Vector totals[blockVectors] = {};
      const Index count = share.end - first;
      for (Index row = 0; row < rowCount; ++row)
        RONDO_UNROLL for (Index j = 0; j < blockVectors; ++j)
          if (const Index rest = count - j * laneCount; rest > 0)
            totals[j] += load(rows + row * columnCount + first + j * laneCount, rest);
      for (Index j = 0; j < blockVectors; ++j)
        if (const Index rest = count - j * laneCount; rest > 0) {
          float *target = sums + first + j * laneCount;
          store(target, load(target, rest) + totals[j], rest);
        }
    }
  };
  forEachWorker(used, work);
}
