#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The length penalty, which makes hypotheses of different lengths comparable.
///
/// A longer sequence is less probable, so the most probable one is often too short. The score
/// divides the log-probability by a power of the length n, which includes the end token:
///
/// ```text
/// score = log p / ((5 + n) / 6)^α
/// ```
///
/// With α = 0 the score is the log-probability; the greater α, the longer the best hypothesis.
///
/// - Source: Wu et al.,
///   [Google's Neural Machine Translation System](https://arxiv.org/abs/1609.08144), 2016,
///   equation 14, without the coverage penalty.
struct LengthPenalty {
  /// No penalty: the score is the log-probability.
  static let none = LengthPenalty(exponent: 0)

  /// α, at least 0.
  let exponent: Double

  /// Returns the score of a sequence.
  ///
  /// - Parameters:
  ///   - logProbability: log p, at most 0.
  ///   - length: n, the number of tokens, including the end token.
  /// - Returns: The score, at most 0, which rises with the length.
  func score(_ logProbability: Double, length: Int) -> Double {
    logProbability / pow((5 + Double(length)) / 6, exponent)
  }
}
