#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#else
import Musl
#endif

extension BLEU {
  /// A score and the statistics behind it; its description is sacreBLEU's output line.
  public struct Details: Sendable, CustomStringConvertible {
    /// The score, from 0 to 100.
    public let score: Double
    /// The n-gram precisions by order, in percent.
    public let precisions: [Double]
    /// The brevity penalty for translations shorter than their references, at most 1.
    public let brevityPenalty: Double
    /// The number of tokens in all translations.
    public let hypothesisLength: Int
    /// The number of tokens in all references, taking for each sentence the one closest in length.
    public let referenceLength: Int

    /// The line that sacreBLEU prints.
    public var description: String {
      let shares = precisions.map { $0.fixed(1) }.joined(separator: "/")
      let ratio = referenceLength > 0 ? Double(hypothesisLength) / Double(referenceLength) : 0
      return "BLEU = \(score.fixed(2)) \(shares) (BP = \(brevityPenalty.fixed(3)) "
        + "ratio = \(ratio.fixed(3)) hyp_len = \(hypothesisLength) ref_len = \(referenceLength))"
    }
  }

  /// The score and the statistics behind it.
  public var details: Details {
    let counted = smoothedPrecisions
    let usedOrders = hasEffectiveOrder ? max(1, counted.count) : highestOrder
    let precisions = counted + Array(repeating: 0, count: highestOrder - counted.count)
    let logarithms = precisions.prefix(usedOrders).map(log)
    let score = brevityPenalty * exp(logarithms.reduce(0, +) / Double(usedOrders))
    return Details(
      score: matches.allSatisfy { $0 == 0 } ? 0 : score, precisions: precisions,
      brevityPenalty: brevityPenalty, hypothesisLength: hypothesisLength,
      referenceLength: referenceLength)
  }

  private var brevityPenalty: Double {
    if hypothesisLength >= referenceLength { return 1 }
    if hypothesisLength == 0 { return 0 }
    return exp(1 - Double(referenceLength) / Double(hypothesisLength))
  }

  /// The smoothed precisions in percent of the orders that occur; empty when nothing matches.
  private var smoothedPrecisions: [Double] {
    guard matches.contains(where: { $0 > 0 }) else { return [] }
    var (precisions, emptyOrderCount) = ([Double](), 0)
    for order in 0..<highestOrder {
      var (match, total) = (Double(matches[order]), Double(totals[order]))
      if case .adding(let value) = smoothing, order > 0 {
        match += value
        total += value
      }
      if total == 0 { break }
      if match == 0 {
        emptyOrderCount += 1
        switch smoothing {
        case .exponential: match = exp2(-Double(emptyOrderCount))
        case .floor(let value): match = value
        case .none, .adding: break
        }
      }
      precisions.append(100 * match / total)
    }
    return precisions
  }
}
