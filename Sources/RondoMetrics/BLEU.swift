/// The BLEU score of translations against references, computed as sacreBLEU does.
///
/// ```text
/// BLEU = 100 · BP · exp(¹⁄₄ Σₙ log pₙ)       n = 1 … 4
/// pₙ   = n-grams also found in a reference / n-grams of the translations
/// BP   = min(1, exp(1 − r / c))              r, c: length of references, of translations
/// ```
///
/// A value accumulates statistics sentence by sentence and gives the score at any time:
///
/// ```swift
/// var bleu = BLEU(isLowercased: true)
/// bleu.add("the cat sat on the mat", reference: "The cat sat on a mat.")
/// print(bleu.details, bleu.signature)
/// ```
///
/// - Source: Papineni et al., [BLEU](https://doi.org/10.3115/1073083.1073135), 2002; Post,
///   [A Call for Clarity in Reporting BLEU Scores](https://arxiv.org/abs/1804.08771), 2018.
public struct BLEU: Sendable {
  /// How an n-gram order without any match is treated.
  public enum Smoothing: Hashable, Sendable {
    /// No smoothing: the precision, and with it the score, is zero.
    case none
    /// The match count becomes this small number; 0.1 is usual.
    case floor(Double)
    /// This number, usually 1, is added to the matches and totals of all orders above the first.
    case adding(Double)
    /// The first such order counts as half a match, the next as a quarter, and so on.
    case exponential
  }

  /// Whether texts are compared in lower case.
  public let isLowercased: Bool
  /// How an n-gram order without any match is treated.
  public let smoothing: Smoothing
  /// Whether orders longer than the translations are left out, as sentence-level scores need.
  public let hasEffectiveOrder: Bool
  /// The highest n-gram order.
  public let highestOrder: Int

  /// The numbers of n-grams that match a reference, by order.
  private(set) var matches: [Int]
  /// The numbers of n-grams in the translations, by order.
  private(set) var totals: [Int]
  private(set) var hypothesisLength = 0
  private(set) var referenceLength = 0
  private var referenceCount = ReferenceCount()

  /// Creates a score with no sentences.
  ///
  /// - Parameters:
  ///   - isLowercased: Whether texts are compared in lower case.
  ///   - smoothing: How an n-gram order without any match is treated.
  ///   - hasEffectiveOrder: Whether orders longer than the translations are left out.
  ///   - highestOrder: The highest n-gram order.
  public init(
    isLowercased: Bool = false, smoothing: Smoothing = .exponential,
    hasEffectiveOrder: Bool = false, highestOrder: Int = 4
  ) {
    guard highestOrder > 0 else {
      fatalError("BLEU expects a highest order of at least 1 and got \(highestOrder)")
    }
    self.isLowercased = isLowercased
    self.smoothing = smoothing
    self.hasEffectiveOrder = hasEffectiveOrder
    self.highestOrder = highestOrder
    matches = Array(repeating: 0, count: highestOrder)
    totals = matches
  }

  /// Scores a single sentence, with effective order.
  ///
  /// - Parameters:
  ///   - hypothesis: The translation.
  ///   - references: One or more reference translations.
  ///   - isLowercased: Whether texts are compared in lower case.
  /// - Returns: The score, from 0 to 100.
  public static func sentence(
    _ hypothesis: String, references: [String], isLowercased: Bool = false
  ) -> Double {
    var bleu = BLEU(isLowercased: isLowercased, hasEffectiveOrder: true)
    bleu.add(hypothesis, references: references)
    return bleu.score
  }

  /// Adds a sentence with one reference.
  public mutating func add(_ hypothesis: String, reference: String) {
    add(hypothesis, references: [reference])
  }

  /// Adds a sentence.
  ///
  /// - Parameters:
  ///   - hypothesis: The translation.
  ///   - references: One or more reference translations.
  public mutating func add(_ hypothesis: String, references: [String]) {
    referenceCount.note(references.count, for: "BLEU")
    let tokens = tokens(of: hypothesis)
    var index = NGramIndex<Scalars>()
    let counts = index.counts(of: tokens, upTo: highestOrder)

    var allowed = counts.map { _ in [Int: Int]() }  // the most of each n-gram in any reference
    var lengths: [Int] = []
    for reference in references.map(tokens(of:)) {
      lengths.append(reference.count)
      for (order, found) in index.counts(of: reference, upTo: highestOrder).enumerated() {
        allowed[order].merge(found, uniquingKeysWith: max)
      }
    }

    for (order, found) in counts.enumerated() {
      totals[order] += found.values.reduce(0, +)
      matches[order] += found.reduce(0) { $0 + min($1.value, allowed[order][$1.key] ?? 0) }
    }
    hypothesisLength += tokens.count
    referenceLength += closest(of: lengths, to: tokens.count)
  }

  /// Adds the sentences of another score, which must have the same options.
  public mutating func merge(_ other: BLEU) {
    guard options == other.options else {
      fatalError("BLEU expects to merge a score with \(options) and got one with \(other.options)")
    }
    for order in 0..<highestOrder {
      matches[order] += other.matches[order]
      totals[order] += other.totals[order]
    }
    hypothesisLength += other.hypothesisLength
    referenceLength += other.referenceLength
    referenceCount.merge(other.referenceCount)
  }

  /// The score, from 0 to 100.
  public var score: Double { details.score }

  /// The signature in sacreBLEU's form, which says how the score was computed.
  ///
  /// The version is the sacreBLEU release whose computation is reproduced.
  public var signature: String { "nrefs:\(referenceCount)|\(options)|version:2.6.0" }

  private var options: String {
    let smooth =
      switch smoothing {
      case .none: "none"
      case .floor(let value): "floor[\(value.fixed(2))]"
      case .adding(let value): "add-k[\(value.fixed(2))]"
      case .exponential: "exp"
      }
    let (letterCase, effective) = (isLowercased ? "lc" : "mixed", hasEffectiveOrder ? "yes" : "no")
    return "case:\(letterCase)|eff:\(effective)|tok:13a|smooth:\(smooth)"
  }

  private func tokens(of text: String) -> [Scalars] {
    let scalars = isLowercased ? Scalars(text).lowercase : Scalars(text)
    return Tokenizer13a.tokens(of: scalars.withoutTrailingSpace)
  }

  /// Returns the reference length closest to a hypothesis length, the shorter of two equally close.
  private func closest(of lengths: [Int], to length: Int) -> Int {
    lengths.min { (abs($0 - length), $0) < (abs($1 - length), $1) } ?? 0
  }
}
