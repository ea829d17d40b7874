// What the gradients of all gates of all steps owe to weights, biases and inputs.
//
// Read once per instruction set by EachInstructionSet.h, after Cells.h and Columns.h.

/// Packs the recurrent weights of all gates, `[G H, width]`, for the product
/// dgates U: panels of `panelWidth` columns whose rows are in the order of the gate gradients.
template <class Cell>
void packGateRows(const float *weights, Index hiddenSize, Index width, float *panels) {
  constexpr Index gates = gateCount(Cell::kind);
  const Index depth = gates * hiddenSize;
  for (Index first = 0; first < width; first += panelWidth) {
    const Index panel = std::min(panelWidth, roundedUp(width - first, laneCount));
    for (Index gate = 0; gate < gates; ++gate)
      for (Index column = 0; column < panel; column += laneCount)
        packLanes(
            weights + gate * hiddenSize * width + first + column, 1, width,
            width - first - column, hiddenSize,
            panels + first * depth + hiddenGradient(Cell::kind, gate) * hiddenSize * panel + column,
            panel);
  }
}

/// The gate gradients of N rows, `[N, gradientCount H]`, and the products in which they end. The
/// gradients of weights and biases grow from chunk to chunk.
template <class Cell>
struct GateGradients {
  const float *rows;
  Index rowCount, hiddenSize;
  float *productScratch;
  const rondo_workers &workers;
  /// Whether the weights' gradients are added to what is there.
  bool accumulates;

  static constexpr Index gates = gateCount(Cell::kind);
  static constexpr Index gradients = gradientCount(Cell::kind);

  /// The first of the gradients that belong to the input's share of the gates.
  const float *ofInput() const { return rows + inputGradient(Cell::kind) * hiddenSize; }

  /// dW = dgatesᵀ X, `[G H, size]` with rows `stride` apart, for inputs `[N, size]`.
  void ofInputWeights(const float *inputs, Index size, float *gradient, Index stride) const {
    multiply(ofInput(), gates * hiddenSize, inputs, size, gradient, stride);
  }

  /// dU = dgatesᵀ H, `[G H, H]`, for the states before each step, `[N, H]`.
  void ofHiddenWeights(const float *previous, float *gradient) const {
    if constexpr (Cell::kind == RONDO_GRU) {
      const Index size = hiddenSize;
      multiply(rows + size, 2 * size, previous, size, gradient, size);
      multiply(rows, size, previous, size, gradient + 2 * size * size, size);
    } else {
      multiply(rows, gates * hiddenSize, previous, hiddenSize, gradient, hiddenSize);
    }
  }

  /// Sets the sums of all gate gradients to zero, `[gradientCount H]`.
  void clearBiases(float *sums) const { std::fill(sums, sums + gradients * hiddenSize, 0.0f); }

  /// Adds the gate gradients of all rows.
  void addBiases(float *sums) const {
    addColumns(rows, rowCount, gradients * hiddenSize, sums, workers);
  }

  /// Copies the sums to where the gradients of the biases are wanted.
  void copyBiases(const float *sums, float *inputBias, float *hiddenBias) const {
    const auto copy = [&](Index gradient, float *target, Index gate) {
      if (target)
        std::memcpy(
            target + gate * hiddenSize, sums + gradient * hiddenSize,
            size_t(hiddenSize) * sizeof(float));
    };
    for (Index gate = 0; gate < gates; ++gate) {
      copy(inputGradient(Cell::kind) + gate, inputBias, gate);
      copy(hiddenGradient(Cell::kind, gate), hiddenBias, gate);
    }
  }

  /// dX = dgates W, `[N, size]`, for weights `[G H, size]` with rows `stride` apart.
  void ofInputs(const float *weights, Index size, Index stride, float *gradient) const {
    const rondo_product product = {
        .row_count = rowCount,
        .column_count = size,
        .depth = gates * hiddenSize,
        .a = {ofInput(), gradients * hiddenSize, 1},
        .b = {weights, stride, 1},
        .bias = nullptr,
        .c = gradient,
        .c_stride = size,
        .accumulates = false};
    rondo_multiply(&product, productScratch, &workers);
  }

 private:
  /// target = (columns of the gate gradients)ᵀ others
  void multiply(
      const float *columns, Index columnCount, const float *others, Index otherCount,
      float *target, Index stride) const {
    const rondo_product product = {
        .row_count = columnCount,
        .column_count = otherCount,
        .depth = rowCount,
        .a = {columns, 1, gradients * hiddenSize},
        .b = {others, otherCount, 1},
        .bias = nullptr,
        .c = target,
        .c_stride = stride,
        .accumulates = accumulates};
    rondo_multiply(&product, productScratch, &workers);
  }
};
