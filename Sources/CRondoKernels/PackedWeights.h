// Products of rows that come a part at a time with weights that are packed once.
//
// Read once per instruction set by EachInstructionSet.h, after Tile.h.

/// X Wᵀ + b for weights W of N units with D inputs each.
struct PackedWeights {
  /// N and D.
  Index unitCount, depth;
  /// Wᵀ as `packPanels` writes it, `packedSize(unitCount, depth)` floats.
  float *panels;
  /// b, or null.
  const float *bias;

  /// Packs weights whose units lie `stride` apart.
  void pack(const float *weights, Index stride) const {
    packPanels(weights, 1, stride, unitCount, depth, panels);
  }

  /// Computes some units of every row; rows lie D apart, results N apart.
  void multiply(const float *rows, Index rowCount, float *results, Share units) const {
    multiplyPanels(
        {.depth = depth,
         .a = rows,
         .rowStride = depth,
         .depthStride = 1,
         .panel = panels + units.first * depth,
         .c = results + units.first,
         .cStride = unitCount,
         .columnCount = 0,
         .accumulates = false,
         .bias = bias ? bias + units.first : nullptr},
        rowCount, units.end - units.first);
  }

  /// Computes all units of every row, cut between workers by rows, or by units where rows are few.
  void multiply(
      const float *rows, Index rowCount, float *results, const rondo_workers &workers) const {
    if (rowCount * unitCount * depth < parallelThreshold) {
      multiply(rows, rowCount, results, Share(0, unitCount));
    } else if (rowCount < 2 * workers.count * tileRowCount) {
      auto work = [&](Index worker) {
        multiply(rows, rowCount, results, Share(unitCount, panelWidth, worker, workers.count));
      };
      forEachWorker(workers, work);
    } else {
      auto work = [&](Index worker) {
        const Share share(rowCount, tileRowCount, worker, workers.count);
        multiply(
            rows + share.first * depth, share.end - share.first,
            results + share.first * unitCount, Share(0, unitCount));
      };
      forEachWorker(workers, work);
    }
  }
};
