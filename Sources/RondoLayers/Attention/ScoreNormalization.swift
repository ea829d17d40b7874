import RondoTensor

/// How scores become attention weights.
///
/// ```text
/// wₛ = exp(eₛ) / Σᵢ exp(eᵢ)               softmax
/// wₛ = exp(eₛ) / (exp(k) + Σᵢ exp(eᵢ))     softmaxWithSink, k is the logit of the sink
/// wₛ = exp(c tanh(eₛ / c)) / Σᵢ …          softCapped, c is the limit
/// wₛ = σ(eₛ + b)                          sigmoid
/// ```
///
/// The sums run over the visible positions. A hidden position has weight 0, even in a row where
/// nothing is visible.
///
/// - Source: the sink, Xiao et al.,
///   [Efficient Streaming Language Models with Attention Sinks](https://arxiv.org/abs/2309.17453),
///   2023, and with one learned logit per head OpenAI,
///   [gpt-oss model card](https://arxiv.org/abs/2508.10925), 2025; the cap, Gemma Team,
///   [Gemma 2](https://arxiv.org/abs/2408.00118), 2024; the sigmoid, Ramapuram et al.,
///   [Theory, Analysis, and Best Practices for Sigmoid Self-Attention](https://arxiv.org/abs/2409.04431),
///   2024.
public enum ScoreNormalization {
  /// Weights that sum to one.
  case softmax
  /// Weights that sum to less than one: the rest goes to a sink, which has a logit but no value.
  /// There is one sink logit per head, `[N]`, or one for all heads, `[1]`.
  case softmaxWithSink(Tensor)
  /// Weights that sum to one, of scores squashed smoothly into −limit to limit.
  case softCapped(limit: Double)
  /// Independent weights, which need not sum to one; the paper initializes the bias to −log S.
  case sigmoid(bias: Double)

  /// Turns scores into weights.
  ///
  /// - Parameters:
  ///   - scores: The attention scores, `[B, N, T, S]`.
  ///   - hidden: True where a query may not look, or `nil` where everything is visible; broadcasts
  ///     to the shape of the scores.
  /// - Returns: The weights, `[B, N, T, S]`.
  func weights(from scores: Tensor, hidden: Tensor?) -> Tensor {
    /// Masking comes last: a cap would turn a score of −∞ into a finite one.
    func masked(_ scores: Tensor) -> Tensor {
      hidden.map { scores.replacing(with: -.infinity, where: $0) } ?? scores
    }
    let weights =
      switch self {
      case .softmax: masked(scores).softmax(axis: -1)
      case .softmaxWithSink(let logits): softmax(masked(scores), withSink: logits)
      case .softCapped(let limit): masked((scores / limit).tanh() * limit).softmax(axis: -1)
      case .sigmoid(let bias): (scores + bias).sigmoid()
      }
    return hidden.map { weights.replacing(with: 0, where: $0) } ?? weights
  }

  private func softmax(_ scores: Tensor, withSink logits: Tensor) -> Tensor {
    let (headCount, keyCount) = (scores.shape[1], scores.shape[3])
    guard logits.shape == [headCount] || logits.shape == [1] else {
      fatalError(
        "attention of \(headCount) heads has sinks of shape [\(headCount)] or [1], and not "
          + "\(logits.shape)")
    }
    let sinks = logits.converted(to: scores.type).reshaped(1, -1, 1, 1)
      .broadcast(to: Array(scores.shape.dropLast()) + [1])
    return concatenated([scores, sinks], axis: -1).softmax(axis: -1)
      .narrowed(axis: -1, from: 0, count: keyCount)
  }
}

extension AttentionMask {
  /// Returns attention weights that are exactly zero at hidden positions, even if all are hidden.
  ///
  /// - Parameters:
  ///   - scores: The attention scores, `[B, N, T, S]`.
  ///   - normalization: How scores become weights.
  /// - Returns: The weights, `[B, N, T, S]`.
  public func weights(
    from scores: Tensor, by normalization: ScoreNormalization = .softmax
  ) -> Tensor {
    guard scores.rank == 4, zip(visible.shape, scores.shape).allSatisfy({ $0 == $1 || $0 == 1 })
    else {
      fatalError(
        "a mask of shape \(visible.shape) does not fit scores [B, N, T, S] of shape "
          + "\(scores.shape)")
    }
    return normalization.weights(from: scores, hidden: hidden)
  }
}
