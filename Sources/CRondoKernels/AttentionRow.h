// Additive attention of one query over the keys of its own row, forwards and backwards.
//
// Read once per instruction set by EachInstructionSet.h, after Vector.h.

/// The keys `[S, A]` and values `[S, K]` of one row of a batch.
struct AttentionRow {
  Index sourceCount, attentionSize, valueSize;
  const float *keys, *energy, *values;
  /// `[S]`, or null if all positions are visible.
  const bool *visible;

  AttentionRow(const rondo_attention &sizes, const rondo_attention_inputs &inputs, Index row)
      : sourceCount(sizes.source_count),
        attentionSize(sizes.attention_size),
        valueSize(sizes.value_size),
        keys(inputs.keys + row * sourceCount * attentionSize),
        energy(inputs.energy),
        values(inputs.values + row * sourceCount * valueSize),
        visible(inputs.visible ? inputs.visible + row * sourceCount : nullptr) {}

  bool isVisible(Index position) const { return !visible || visible[position]; }

  /// Σ vⱼ tanh(qⱼ + kⱼ)
  float score(const float *query, Index position) const {
    const float *key = keys + position * attentionSize;
    Vector total = {};
    for (Index j = 0; j < attentionSize; j += laneCount) {
      const Index count = attentionSize - j;
      const Vector compared = tangent(load(query + j, count) + load(key + j, count));
      total = multiplyAdd(load(energy + j, count), compared, total);
    }
    return sum(total);
  }

  /// weights = softmax of the scores over the visible positions, zero elsewhere
  void weigh(const float *query, float *weights) const {
    float highest = -std::numeric_limits<float>::infinity();
    for (Index s = 0; s < sourceCount; ++s) {
      weights[s] = isVisible(s) ? score(query, s) : 0;
      if (isVisible(s)) highest = std::max(highest, weights[s]);
    }
    for (Index s = 0; s < sourceCount; s += laneCount) {
      const Index count = sourceCount - s;
      store(weights + s, exponential(load(weights + s, count) - filled(highest)), count);
    }
    Vector total = {};
    for (Index s = 0; s < sourceCount; ++s)
      if (!isVisible(s)) weights[s] = 0;
    for (Index s = 0; s < sourceCount; s += laneCount)
      total += load(weights + s, sourceCount - s);
    const float norm = sum(total);
    if (norm == 0) return;  // nothing is visible
    for (Index s = 0; s < sourceCount; s += laneCount)
      store(weights + s, load(weights + s, sourceCount - s) / filled(norm), sourceCount - s);
  }

  /// context = Σ weightsₛ valuesₛ
  void collect(const float *weights, float *context) const {
    constexpr Index blockVectors = 4;
    for (Index first = 0; first < valueSize; first += blockVectors * laneCount) {
      Vector totals[blockVectors] = {};
      for (Index s = 0; s < sourceCount; ++s) {
        if (weights[s] == 0) continue;
        const float *value = values + s * valueSize + first;
        RONDO_UNROLL for (Index j = 0; j < blockVectors; ++j)
          if (const Index count = valueSize - first - j * laneCount; count > 0)
            totals[j] =
                multiplyAdd(filled(weights[s]), load(value + j * laneCount, count), totals[j]);
      }
      for (Index j = 0; j < blockVectors; ++j)
        if (const Index count = valueSize - first - j * laneCount; count > 0)
          store(context + first + j * laneCount, totals[j], count);
    }
  }

  /// The gradients of the scores from those of the context and the weights (either may be null):
  /// with dw = dweights + values dcontext, dscore = w ⊙ (dw - Σ w dw). Adds w dcontext to the
  /// gradient of the values, unless that is null.
  void undoSoftmax(
      const float *weights, const float *contextGradient, const float *weightGradient,
      float *scoreGradient, float *valueGradient) const {
    float mean = 0;
    for (Index s = 0; s < sourceCount; ++s) {
      scoreGradient[s] = 0;
      if (weights[s] == 0) continue;
      Vector total = {};
      if (contextGradient) {
        const float *value = values + s * valueSize;
        for (Index j = 0; j < valueSize; j += laneCount) {
          const Index count = valueSize - j;
          const Vector gradient = load(contextGradient + j, count);
          total = multiplyAdd(gradient, load(value + j, count), total);
          if (valueGradient) {
            float *target = valueGradient + s * valueSize + j;
            store(target, multiplyAdd(filled(weights[s]), gradient, load(target, count)), count);
          }
        }
      }
      scoreGradient[s] = sum(total) + (weightGradient ? weightGradient[s] : 0);
      mean += weights[s] * scoreGradient[s];
    }
    for (Index s = 0; s < sourceCount; ++s)
      scoreGradient[s] = weights[s] == 0 ? 0 : weights[s] * (scoreGradient[s] - mean);
  }

  /// The gradients of query, keys and energy vector from those of the scores: with
  /// u = tanh(q + k), dv = dscore u and dq = dk = dscore v (1 - u²). The query's is written, the
  /// others are added to, each unless null.
  void undoScores(
      const float *query, const float *scoreGradient, float *queryGradient, float *keyGradient,
      float *energyGradient) const {
    for (Index j = 0; j < attentionSize; j += laneCount) {
      const Index count = attentionSize - j;
      const Vector q = load(query + j, count), v = load(energy + j, count);
      Vector ofQuery = {}, ofEnergy = {};
      for (Index s = 0; s < sourceCount; ++s) {
        if (scoreGradient[s] == 0) continue;
        const Vector u = tangent(q + load(keys + s * attentionSize + j, count));
        const Vector gradient = filled(scoreGradient[s]);
        ofEnergy = multiplyAdd(gradient, u, ofEnergy);
        const Vector ofSum = gradient * v * (filled(1) - u * u);
        ofQuery += ofSum;
        if (keyGradient) {
          float *target = keyGradient + s * attentionSize + j;
          store(target, load(target, count) + ofSum, count);
        }
      }
      if (queryGradient) store(queryGradient + j, ofQuery, count);
      if (energyGradient)
        store(energyGradient + j, load(energyGradient + j, count) + ofEnergy, count);
    }
  }
};
