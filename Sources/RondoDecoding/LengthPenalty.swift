#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Makes hypotheses of different lengths comparable.
///
/// A longer sequence is less probable, so the most probable one is often too short. The score
/// divides the log-probability by a power of the length n, which counts the end:
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
  /// Length does not count.
  static let none = LengthPenalty(exponent: 0)

  /// α, from 0 up.
  let exponent: Double

  /// Returns the score of a sequence.
  ///
  /// - Parameters:
  ///   - logProbability: log p, at most 0.
  ///   - length: n, the tokens and the end.
  /// - Returns: The score, at most 0, which grows with the length.
  func score(_ logProbability: Double, length: Int) -> Double {
    logProbability / pow((5 + Double(length)) / 6, exponent)
  }
}
