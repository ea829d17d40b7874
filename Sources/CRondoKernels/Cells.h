// One step of each recurrent cell, forwards and backwards, a tile at a time.
//
// Read once per instruction set by EachInstructionSet.h, after Tile.h.
//
// A tile is a few rows by one vector of hidden units. The recurrent weights of those units lie in
// one panel, gate beside gate, so one pass over the depth leaves all gates of a unit in registers
// and the equations of the cell run on them at once:
//
//     panel of units u … u + laneCount    k │ r r r r │ z z z z │ n n n n │

/// Where one step reads and writes; rows lie one after another.
struct Step {
  Index hiddenSize;
  /// The hidden and cell state before the step, `[rows, H]`.
  const float *previous, *previousCell;
  /// What the input adds to the gates, W x + b, `[rows, G H]`.
  const float *projected;
  /// The recurrent bias d, `[G H]`.
  const float *hiddenBias;
  /// A second input of K features with weights packed like the recurrent ones, or null.
  const float *context = nullptr;
  Index contextSize = 0;
  /// The state after the step, `[rows, H]`.
  float *next, *nextCell;
  /// Kept for the backward pass, `[rows, kept H]`, or null.
  float *gates;
  /// Where each row of the result also goes: `sequence + position[row] * H`.
  float *sequence;
  const Index *position;

  Step from(Index row, Index gateCount, Index keptCount) const {
    Step step = *this;
    const Index offset = row * hiddenSize;
    step.previous += offset;
    if (previousCell) step.previousCell += offset;
    step.projected += offset * gateCount;
    if (context) step.context += row * contextSize;
    step.next += offset;
    if (nextCell) step.nextCell += offset;
    if (gates) step.gates += offset * keptCount;
    step.position += row;
    return step;
  }
};

/// Where the gradient of one step reads and writes; rows lie one after another.
struct StepGradient {
  Index hiddenSize;
  const float *previous, *next, *previousCell, *nextCell, *gates;
  /// The gradient of the result, `sequenceGradient + position[row] * H`, or null.
  const float *sequenceGradient;
  const Index *position;
  /// The gradient of the state: after the step when read, before the step when written, except
  /// for what flows through the recurrent weights, `[rows, H]`.
  float *hiddenGradient, *cellGradient;
  /// The gradients of the gates, `[rows, gradientCount H]`.
  float *gateGradient;

  /// The gradient of the hidden state after the step, from both of its readers.
  RONDO_INLINE Vector incoming(Index row, Index unit, Index count) const {
    const Vector carried = load(hiddenGradient + row * hiddenSize + unit, count);
    if (!sequenceGradient) return carried;
    return carried + load(sequenceGradient + position[row] * hiddenSize + unit, count);
  }
};

/// h' = tanh(x + U h + d)
struct RNNCell {
  static constexpr rondo_cell kind = RONDO_RNN;
  static constexpr int tileHeight = 12;

  template <int Rows>
  static void forward(const Step &step, Index unit, const float *panel, const float *) {
    const Index size = step.hiddenSize, count = size - unit;
    Vector sums[Rows][1];
    for (int i = 0; i < Rows; ++i) sums[i][0] = load(step.hiddenBias + unit, count);
    multiplyTile<Rows, 1>(size, step.previous, size, 1, panel, sums);
    for (int i = 0; i < Rows; ++i) {
      const Vector next = tangent(load(step.projected + i * size + unit, count) + sums[i][0]);
      store(step.next + i * size + unit, next, count);
      store(step.sequence + step.position[i] * size + unit, next, count);
    }
  }

  static void backward(const StepGradient &step, Index row, Index unit) {
    const Index size = step.hiddenSize, count = size - unit, here = row * size + unit;
    const Vector next = load(step.next + here, count);
    const Vector gradient = step.incoming(row, unit, count) * (filled(1) - next * next);
    store(step.gateGradient + here, gradient, count);
    store(step.hiddenGradient + here, Vector{}, count);
  }
};

/// r = σ(xᵣ + Uᵣ h + dᵣ)    z = σ(x_z + U_z h + d_z)    n = tanh(xₙ + r ⊙ (Uₙ h + dₙ))
/// h' = (1 - z) ⊙ n + z ⊙ h
struct GRUCell {
  static constexpr rondo_cell kind = RONDO_GRU;
  static constexpr int tileHeight = registerCount == 32 ? 8 : 4;

  /// Two products share the sums of r and z; those of n stay apart, because the reset gate stands
  /// between them: sums[i] = r, z, (U h + d)ₙ and, with a context c, (W c)ₙ.
  template <int Rows>
  static void forward(
      const Step &step, Index unit, const float *panel, const float *contextPanel) {
    const Index size = step.hiddenSize, count = size - unit;
    Vector sums[Rows][4];
    for (int i = 0; i < Rows; ++i) {
      for (int gate = 0; gate < 3; ++gate)
        sums[i][gate] = load(step.hiddenBias + gate * size + unit, count);
      sums[i][3] = Vector{};
    }
    multiplyTile<Rows, 3, 4, 2>(size, step.previous, size, 1, panel, sums);
    if (step.context)
      multiplyTile<Rows, 3, 4, 3>(
          step.contextSize, step.context, step.contextSize, 1, contextPanel, sums);
    for (int i = 0; i < Rows; ++i) {
      const float *projected = step.projected + i * 3 * size + unit;
      const Vector recurrent = sums[i][2];
      const Vector r = sigmoid(load(projected, count) + sums[i][0]);
      const Vector z = sigmoid(load(projected + size, count) + sums[i][1]);
      const Vector n =
          tangent(multiplyAdd(r, recurrent, load(projected + 2 * size, count) + sums[i][3]));
      const Vector previous = load(step.previous + i * size + unit, count);
      const Vector next = multiplyAdd(z, previous - n, n);
      store(step.next + i * size + unit, next, count);
      store(step.sequence + step.position[i] * size + unit, next, count);
      if (step.gates) {
        float *gates = step.gates + i * 4 * size + unit;
        store(gates, r, count);
        store(gates + size, z, count);
        store(gates + 2 * size, n, count);
        store(gates + 3 * size, recurrent, count);
      }
    }
  }

  static void backward(const StepGradient &step, Index row, Index unit) {
    const Index size = step.hiddenSize, count = size - unit;
    const Vector one = filled(1);
    const float *gates = step.gates + row * 4 * size + unit;
    const Vector r = load(gates, count), z = load(gates + size, count);
    const Vector n = load(gates + 2 * size, count), recurrent = load(gates + 3 * size, count);
    const Vector previous = load(step.previous + row * size + unit, count);
    const Vector incoming = step.incoming(row, unit, count);
    const Vector dn = incoming * (one - z) * (one - n * n);
    const Vector dz = incoming * (previous - n) * z * (one - z);
    const Vector dr = dn * recurrent * r * (one - r);
    float *gradient = step.gateGradient + row * 4 * size + unit;
    store(gradient, dn * r, count);
    store(gradient + size, dr, count);
    store(gradient + 2 * size, dz, count);
    store(gradient + 3 * size, dn, count);
    store(step.hiddenGradient + row * size + unit, incoming * z, count);
  }
};

/// i, f, o = σ(x + U h + d)    g = tanh(x_g + U_g h + d_g)
/// c' = f ⊙ c + i ⊙ g          h' = o ⊙ tanh c'
struct LSTMCell {
  static constexpr rondo_cell kind = RONDO_LSTM;
  static constexpr int tileHeight = registerCount == 32 ? 6 : 2;

  template <int Rows>
  static void forward(const Step &step, Index unit, const float *panel, const float *) {
    const Index size = step.hiddenSize, count = size - unit;
    Vector sums[Rows][4];
    for (int i = 0; i < Rows; ++i)
      for (int gate = 0; gate < 4; ++gate)
        sums[i][gate] = load(step.hiddenBias + gate * size + unit, count);
    multiplyTile<Rows, 4>(size, step.previous, size, 1, panel, sums);
    for (int i = 0; i < Rows; ++i) {
      const float *projected = step.projected + i * 4 * size + unit;
      const Vector input = sigmoid(load(projected, count) + sums[i][0]);
      const Vector forget = sigmoid(load(projected + size, count) + sums[i][1]);
      const Vector candidate = tangent(load(projected + 2 * size, count) + sums[i][2]);
      const Vector output = sigmoid(load(projected + 3 * size, count) + sums[i][3]);
      const Vector previousCell = load(step.previousCell + i * size + unit, count);
      const Vector cell = multiplyAdd(forget, previousCell, input * candidate);
      const Vector next = output * tangent(cell);
      store(step.nextCell + i * size + unit, cell, count);
      store(step.next + i * size + unit, next, count);
      store(step.sequence + step.position[i] * size + unit, next, count);
      if (step.gates) {
        float *gates = step.gates + i * 4 * size + unit;
        store(gates, input, count);
        store(gates + size, forget, count);
        store(gates + 2 * size, candidate, count);
        store(gates + 3 * size, output, count);
      }
    }
  }

  static void backward(const StepGradient &step, Index row, Index unit) {
    const Index size = step.hiddenSize, count = size - unit, here = row * size + unit;
    const Vector one = filled(1);
    const float *gates = step.gates + row * 4 * size + unit;
    const Vector input = load(gates, count), forget = load(gates + size, count);
    const Vector candidate = load(gates + 2 * size, count);
    const Vector output = load(gates + 3 * size, count);
    const Vector shown = tangent(load(step.nextCell + here, count));
    const Vector incoming = step.incoming(row, unit, count);
    const Vector dcell =
        load(step.cellGradient + here, count) + incoming * output * (one - shown * shown);
    float *gradient = step.gateGradient + row * 4 * size + unit;
    store(gradient, dcell * candidate * input * (one - input), count);
    store(
        gradient + size,
        dcell * load(step.previousCell + here, count) * forget * (one - forget), count);
    store(gradient + 2 * size, dcell * input * (one - candidate * candidate), count);
    store(gradient + 3 * size, incoming * shown * output * (one - output), count);
    store(step.cellGradient + here, dcell * forget, count);
    store(step.hiddenGradient + here, Vector{}, count);
  }
};

/// Packs the weights of one gate of all units, `[H, depth]` with rows `rowStride` apart, for
/// `Cell::forward`: panels of one vector of units each, `[H / laneCount][depth][G][laneCount]`.
template <class Cell>
void packGates(
    const float *weights, Index rowStride, Index hiddenSize, Index depth, float *panels) {
  constexpr Index gates = gateCount(Cell::kind);
  for (Index unit = 0; unit < hiddenSize; unit += laneCount)
    for (Index gate = 0; gate < gates; ++gate)
      packLanes(
          weights + (gate * hiddenSize + unit) * rowStride, rowStride, 1, hiddenSize - unit, depth,
          panels + unit * gates * depth + gate * laneCount, gates * laneCount);
}

using StepFunction = void (*)(const Step &, Index unit, const float *panel, const float *context);

/// The function for a tile of `rows` rows.
template <class Cell, int Rows = Cell::tileHeight>
StepFunction stepFunction(Index rows) {
  if constexpr (Rows > 1)
    if (rows < Rows) return stepFunction<Cell, Rows - 1>(rows);
  return &Cell::template forward<Rows>;
}
