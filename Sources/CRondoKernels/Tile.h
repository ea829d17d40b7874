// The inner loop of every product here, and the packing that feeds it.
//
// Read once per instruction set by EachInstructionSet.h, after Vector.h.
//
// A product is computed tile by tile. A tile is a few rows by a few vectors of columns; its sums
// stay in registers while the loop runs down the whole depth:
//
//                        panel: [depth][width], read from end to end
//                      k │ · · · · │ · · · · │        width = vectors * laneCount
//                        │ · · · · │ · · · · │
//                        ▼
//     rows of A   ─────►  ┌─────────┬─────────┐
//     a[i][k] fills a     │ sums 00 │ sums 01 │      sums[i][j] += a[i][k] * panel[k][j]
//     vector              │ sums 10 │ sums 11 │
//                         └─────────┴─────────┘
//
// Each sum runs over k = 0, 1, 2, … one after another, whatever the shape of its tile: a row gets
// the same bits alone and in company.

/// Vector registers: 16 on x86 before AVX-512, else 32.
#if RONDO_LANES == 16 || defined(__aarch64__)
constexpr int registerCount = 32;
#else
constexpr int registerCount = 16;
#endif

/// The largest tile of a plain product: six rows by as many vectors as the registers hold.
constexpr int tileRowCount = 6;
constexpr int tileVectorCount = registerCount == 32 ? 4 : 2;
/// Columns of a full panel.
constexpr Index panelWidth = tileVectorCount * laneCount;

/// sums += A panel, for a tile of `Rows` rows by `Vectors` vectors.
///
/// The vector that stands last in the panel goes to `sums[i][Last]`, which is elsewhere than last
/// where two products share all sums but one. While the loop runs the sums are local, so that they
/// stay in registers.
template <int Rows, int Vectors, int Total = Vectors, int Last = Vectors - 1>
RONDO_INLINE void multiplyTile(
    Index depth, const float *a, Index rowStride, Index depthStride, const float *panel,
    Vector (&sums)[Rows][Total]) {
  Vector local[Rows][Vectors];
  RONDO_UNROLL for (int i = 0; i < Rows; ++i) {
    RONDO_UNROLL for (int j = 0; j < Vectors; ++j)
      local[i][j] = sums[i][j == Vectors - 1 ? Last : j];
  }
  for (Index k = 0; k < depth; ++k) {
    const Vector *columns = reinterpret_cast<const Vector *>(panel) + k * Vectors;
    RONDO_UNROLL for (int i = 0; i < Rows; ++i) {
      const Vector factor = filled(a[i * rowStride + k * depthStride]);
      RONDO_UNROLL for (int j = 0; j < Vectors; ++j)
        local[i][j] = multiplyAdd(factor, columns[j], local[i][j]);
    }
  }
  RONDO_UNROLL for (int i = 0; i < Rows; ++i) {
    RONDO_UNROLL for (int j = 0; j < Vectors; ++j)
      sums[i][j == Vectors - 1 ? Last : j] = local[i][j];
  }
}

/// The operands of one tile of C = A B, where B is a panel.
struct ProductTile {
  Index depth;
  const float *a;
  Index rowStride, depthStride;
  const float *panel;
  float *c;
  Index cStride;
  /// Columns of C that the tile covers; the last vector may be cut.
  Index columnCount;
  /// Whether the sums are added to C.
  bool accumulates;
  /// Added to each row, or null.
  const float *bias;
};

template <int Rows, int Vectors>
void multiplyProductTile(const ProductTile &tile) {
  Vector sums[Rows][Vectors] = {};
  if (tile.depthStride == 1)
    multiplyTile<Rows, Vectors>(tile.depth, tile.a, tile.rowStride, 1, tile.panel, sums);
  else
    multiplyTile<Rows, Vectors>(
        tile.depth, tile.a, tile.rowStride, tile.depthStride, tile.panel, sums);
  RONDO_UNROLL for (int j = 0; j < Vectors; ++j) {
    const Index column = j * laneCount;
    const Index count = tile.columnCount - column;
    RONDO_UNROLL for (int i = 0; i < Rows; ++i) {
      float *c = tile.c + i * tile.cStride + column;
      Vector result = sums[i][j];
      if (tile.accumulates) result += load(c, count);
      if (tile.bias) result += load(tile.bias + column, count);
      store(c, result, count);
    }
  }
}

using ProductTileFunction = void (*)(const ProductTile &);

/// The function for a tile of `rows` rows by `vectors` vectors, both at least 1.
template <int Rows = tileRowCount, int Vectors = tileVectorCount>
ProductTileFunction productTileFunction(Index rows, Index vectors) {
  if constexpr (Rows > 1)
    if (rows < Rows) return productTileFunction<Rows - 1, Vectors>(rows, vectors);
  if constexpr (Vectors > 1)
    if (vectors < Vectors) return productTileFunction<Rows, Vectors - 1>(rows, vectors);
  return &multiplyProductTile<Rows, Vectors>;
}

/// Multiplies `rowCount` rows by one panel, in tiles of nearly equal height.
RONDO_INLINE void multiplyRows(ProductTile tile, Index rowCount) {
  const Index vectors = (tile.columnCount + laneCount - 1) / laneCount;
  const Index tileCount = (rowCount + tileRowCount - 1) / tileRowCount;
  for (Index done = 0, index = 0; index < tileCount; ++index) {
    const Index rows = rowCount * (index + 1) / tileCount - done;
    productTileFunction(rows, vectors)(tile);
    tile.a += rows * tile.rowStride;
    tile.c += rows * tile.cStride;
    done += rows;
  }
}

/// Multiplies rows by panels that lie one after another; `tile` describes the first of them.
inline void multiplyPanels(ProductTile tile, Index rowCount, Index columnCount) {
  const ProductTile first = tile;
  for (Index column = 0; column < columnCount; column += panelWidth) {
    tile.panel = first.panel + column * first.depth;
    tile.columnCount = std::min(panelWidth, columnCount - column);
    tile.bias = first.bias ? first.bias + column : nullptr;
    tile.c = first.c + column;
    multiplyRows(tile, rowCount);
  }
}

// MARK: Packing

#if RONDO_LANES == 16
#define RONDO_LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define RONDO_HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif RONDO_LANES == 8
#define RONDO_LOW 0, 8, 1, 9, 2, 10, 3, 11
#define RONDO_HIGH 4, 12, 5, 13, 6, 14, 7, 15
#else
#define RONDO_LOW 0, 4, 1, 5
#define RONDO_HIGH 2, 6, 3, 7
#endif

/// Transposes a square of `laneCount` rows: target[k][lane] = source[lane][k].
///
/// Rows i and i + half are dealt like two halves of a deck of cards, a0 b0 a1 b1 …; after log2 of
/// `laneCount` rounds every card lies where its mirror image lay.
RONDO_INLINE void transposeSquare(
    const float *source, Index sourceStride, float *target, Index targetStride) {
  constexpr int half = int(laneCount) / 2;
  Vector rows[laneCount], dealt[laneCount];
  RONDO_UNROLL for (int i = 0; i < int(laneCount); ++i) rows[i] = load(source + i * sourceStride);
  RONDO_UNROLL for (int round = 1; round < int(laneCount); round *= 2) {
    RONDO_UNROLL for (int i = 0; i < half; ++i) {
      dealt[2 * i] = __builtin_shufflevector(rows[i], rows[i + half], RONDO_LOW);
      dealt[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + half], RONDO_HIGH);
    }
    RONDO_UNROLL for (int i = 0; i < int(laneCount); ++i) rows[i] = dealt[i];
  }
  RONDO_UNROLL for (int i = 0; i < int(laneCount); ++i) store(target + i * targetStride, rows[i]);
}
#undef RONDO_LOW
#undef RONDO_HIGH

/// Packs one vector of columns,
/// panel[k * width + lane] = source[lane * laneStride + k * depthStride] for `count` lanes; the
/// other lanes are zero.
///
///     weights [units][depth], laneStride = depth           panel [depth][width]
///
///        unit 0   w00 w01 w02 w03 …                        w00 w10 w20 w30
///        unit 1   w10 w11 w12 w13 …                 →      w01 w11 w21 w31
///        unit 2   w20 w21 w22 w23 …                        w02 w12 w22 w32
///        unit 3   w30 w31 w32 w33 …                        …
RONDO_INLINE void packLanes(
    const float *source, Index laneStride, Index depthStride, Index count, Index depth,
    float *panel, Index width) {
  count = std::min(count, laneCount);
  Index k = 0;
  if (laneStride == 1) {
    for (; k < depth; ++k) store(panel + k * width, load(source + k * depthStride, count));
  } else if (depthStride == 1 && count == laneCount) {
    for (; k + laneCount <= depth; k += laneCount)
      transposeSquare(source + k, laneStride, panel + k * width, width);
  }
  for (; k < depth; ++k)
    for (Index lane = 0; lane < laneCount; ++lane)
      panel[k * width + lane] =
          lane < count ? source[lane * laneStride + k * depthStride] : 0.0f;
}

/// Packs a matrix into panels of `panelWidth` columns, the last of them as narrow as whole vectors
/// allow: panel p begins at `panels + p * panelWidth * depth`.
RONDO_INLINE void packPanels(
    const float *b, Index rowStride, Index columnStride, Index columnCount, Index depth,
    float *panels) {
  for (Index first = 0; first < columnCount; first += panelWidth) {
    const Index width = std::min(panelWidth, roundedUp(columnCount - first, laneCount));
    for (Index column = 0; column < width; column += laneCount)
      packLanes(
          b + (first + column) * columnStride, columnStride, rowStride,
          columnCount - first - column, depth, panels + first * depth + column, width);
  }
}
