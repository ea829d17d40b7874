#ifndef RONDO_LANES

// The product of two matrices.

#include "InstructionSet.h"

// MARK: - Reference

/// cᵢⱼ = Σₖ aᵢₖ bₖⱼ + biasⱼ
void rondo_multiply_reference(const rondo_product *product, float *, const rondo_workers *) {
  const rondo_matrix &a = product->a, &b = product->b;
  for (int64_t i = 0; i < product->row_count; ++i)
    for (int64_t j = 0; j < product->column_count; ++j) {
      float &c = product->c[i * product->c_stride + j];
      float sum = product->accumulates ? c : 0;
      for (int64_t k = 0; k < product->depth; ++k)
        sum += a.data[i * a.row_stride + k * a.column_stride]
               * b.data[k * b.row_stride + j * b.column_stride];
      c = sum + (product->bias ? product->bias[j] : 0);
    }
}

// MARK: - Fast

namespace rondo {
namespace {

// Blocks that stay in the caches: a panel of B (depth block by one panel) and a block of A (row
// block by depth block) in the second level, the packed columns of B in the third. A deep block
// reads and writes C seldom.
constexpr Index rowBlock = 96;
constexpr Index depthBlock = 384;
constexpr Index columnBlock = 2048;
/// Rows of packed A lie this far apart, so that they do not fall on the same cache lines.
constexpr Index packedStride = rowBlock + 16;
/// The widest panel of any instruction set.
constexpr Index widestPanel = 64;

Index packedColumnsSize(Index columnCount, Index depth) {
  return aligned(
      std::min(depthBlock, depth) * roundedUp(std::min(columnBlock, columnCount), widestPanel));
}

Index packedRowsSize(Index depth) { return aligned(std::min(depthBlock, depth) * packedStride); }

}  // namespace
}  // namespace rondo

int64_t rondo_product_scratch(int64_t column_count, int64_t depth, int64_t worker_count) {
  return worker_count
         * (rondo::packedColumnsSize(column_count, depth) + rondo::packedRowsSize(depth));
}

#define RONDO_KERNEL "MatrixProduct.cpp"
#include "EachInstructionSet.h"

void rondo_multiply(
    const rondo_product *product, float *scratch, const rondo_workers *workers) {
  RONDO_BEST(multiply)(*product, scratch, *workers);
}

#else

#include "Vector.h"
#include "Tile.h"

/// Copies a block of A so that its columns are rows: packed[k][i] = a[i][k].
void packRows(const rondo_matrix &a, Index rowCount, Index depth, float *packed) {
  for (Index k = 0; k < depth; ++k) {
    const float *column = a.data + k * a.column_stride;
    float *target = packed + k * packedStride;
    if (a.row_stride == 1)
      std::memcpy(target, column, size_t(rowCount) * sizeof(float));
    else
      for (Index i = 0; i < rowCount; ++i) target[i] = column[i * a.row_stride];
  }
}

rondo_matrix shifted(const rondo_matrix &matrix, Index row, Index column) {
  return {
      matrix.data + row * matrix.row_stride + column * matrix.column_stride, matrix.row_stride,
      matrix.column_stride};
}

/// The whole product, on one thread.
void multiplyAlone(const rondo_product &product, float *scratch) {
  const Index rows = product.row_count, columns = product.column_count, depth = product.depth;
  Arena arena(scratch);
  float *packedB = arena.take(packedColumnsSize(columns, depth));
  float *packedA = arena.take(packedRowsSize(depth));
  // The depth is cut into equal blocks; their size depends on nothing else, so neither do the
  // results.
  const Index blockCount = std::max<Index>(1, (depth + depthBlock - 1) / depthBlock);
  const Index blockDepth =
      std::min(depth, roundedUp((depth + blockCount - 1) / blockCount, Index(16)));

  for (Index column = 0; column < columns; column += columnBlock) {
    const Index columnCount = std::min(columnBlock, columns - column);
    Index k = 0;
    do {
      const Index kCount = std::min(blockDepth, depth - k);
      const rondo_matrix b = shifted(product.b, k, column);
      packPanels(b.data, b.row_stride, b.column_stride, columnCount, kCount, packedB);
      const bool isLast = k + kCount == depth;
      for (Index row = 0; row < rows; row += rowBlock) {
        const Index rowCount = std::min(rowBlock, rows - row);
        const rondo_matrix a = shifted(product.a, row, k);
        const bool isPacked = a.column_stride != 1;
        if (isPacked) packRows(a, rowCount, kCount, packedA);
        multiplyPanels(
            {.depth = kCount,
             .a = isPacked ? packedA : a.data,
             .rowStride = isPacked ? 1 : a.row_stride,
             .depthStride = isPacked ? packedStride : 1,
             .panel = packedB,
             .c = product.c + row * product.c_stride + column,
             .cStride = product.c_stride,
             .columnCount = 0,
             .accumulates = product.accumulates || k > 0,
             .bias = isLast && product.bias ? product.bias + column : nullptr},
            rowCount, columnCount);
      }
      k += kCount;
    } while (k < depth);
  }
}

/// The product, cut by rows or by columns of C; every element is computed by one thread.
void multiply(const rondo_product &product, float *scratch, const rondo_workers &workers) {
  const Index rows = product.row_count, columns = product.column_count, depth = product.depth;
  if (rows == 0 || columns == 0) return;
  if (workers.count <= 1 || rows * columns * depth < parallelThreshold) {
    multiplyAlone(product, scratch);
    return;
  }
  const Index count = workers.count;
  const Index size = rondo_product_scratch(columns, depth, 1);
  // Cut by columns, each thread packs its own part of B; cut by rows, its own part of A.
  const bool isCutByColumns =
      product.a.column_stride == 1
          ? columns >= 2 * count * panelWidth || rows < 2 * count * tileRowCount
          : columns >= rows;
  auto work = [&](Index worker) {
    rondo_product part = product;
    if (isCutByColumns) {
      const Share share(columns, panelWidth, worker, count);
      part.column_count = share.end - share.first;
      part.b = shifted(product.b, 0, share.first);
      if (part.bias) part.bias += share.first;
      part.c += share.first;
    } else {
      const Share share(rows, tileRowCount, worker, count);
      part.row_count = share.end - share.first;
      part.a = shifted(product.a, share.first, 0);
      part.c += share.first * product.c_stride;
    }
    if (part.row_count > 0 && part.column_count > 0)
      multiplyAlone(part, scratch + worker * size);
  };
  forEachWorker(workers, work);
}

#endif
