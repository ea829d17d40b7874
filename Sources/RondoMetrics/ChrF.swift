/// The chrF or chrF++ score of translations: an F-score over character n-grams.
///
/// ```text
/// chrF_β = 100 · (1 + β²) P R / (β² P + R)
/// P = mean over n of  matching n-grams / n-grams of the translations
/// R = mean over n of  matching n-grams / n-grams of the references
/// ```
///
/// Character n-grams have orders 1 to 6 and exclude white space; chrF++ adds word unigrams and
/// bigrams. With several references, each sentence is scored against its best one. The computation
/// is sacreBLEU's.
///
/// - Source: Popović, [chrF](https://doi.org/10.18653/v1/W15-3049), 2015, and
///   [chrF++](https://doi.org/10.18653/v1/W17-4770), 2017.
public struct ChrF: Sendable {
  /// The highest order of character n-grams.
  public let characterOrder: Int
  /// The highest order of word n-grams; 2 makes chrF++.
  public let wordOrder: Int
  /// How many times recall weighs as much as precision.
  public let beta: Int
  /// Whether texts are compared in lower case.
  public let isLowercased: Bool
  /// Whether white space counts as a character.
  public let hasWhitespace: Bool
  /// Whether orders that do not occur count as nearly zero instead of being left out.
  public let hasEpsilonSmoothing: Bool

  private var counts: [OrderCounts]
  private var referenceCount = ReferenceCount()

  /// Creates a score with no sentences; the defaults are chrF2.
  ///
  /// - Parameters:
  ///   - characterOrder: The highest order of character n-grams.
  ///   - wordOrder: The highest order of word n-grams; 2 makes chrF++.
  ///   - beta: How many times recall weighs as much as precision.
  ///   - isLowercased: Whether texts are compared in lower case.
  ///   - hasWhitespace: Whether white space counts as a character.
  ///   - hasEpsilonSmoothing: Whether orders that do not occur count as nearly zero.
  public init(
    characterOrder: Int = 6, wordOrder: Int = 0, beta: Int = 2, isLowercased: Bool = false,
    hasWhitespace: Bool = false, hasEpsilonSmoothing: Bool = false
  ) {
    guard characterOrder >= 0, wordOrder >= 0, characterOrder + wordOrder > 0 else {
      fatalError(
        "ChrF expects orders of which one is positive and got \(characterOrder) and \(wordOrder)")
    }
    self.characterOrder = characterOrder
    self.wordOrder = wordOrder
    self.beta = beta
    self.isLowercased = isLowercased
    self.hasWhitespace = hasWhitespace
    self.hasEpsilonSmoothing = hasEpsilonSmoothing
    counts = Array(repeating: OrderCounts(), count: characterOrder + wordOrder)
  }

  /// Creates a chrF++ score with no sentences.
  public static func plusPlus(isLowercased: Bool = false) -> ChrF {
    ChrF(wordOrder: 2, isLowercased: isLowercased)
  }

  /// Adds a sentence with one reference.
  public mutating func add(_ hypothesis: String, reference: String) {
    add(hypothesis, references: [reference])
  }

  /// Adds a sentence.
  ///
  /// - Parameters:
  ///   - hypothesis: The translation.
  ///   - references: One or more reference translations, of which the best counts.
  public mutating func add(_ hypothesis: String, references: [String]) {
    referenceCount.note(references.count, for: "chrF")
    var index = SegmentIndex()
    let found = grams(of: hypothesis, in: &index)
    var best: (score: Double, counts: [OrderCounts]) = (-1, [])
    for reference in references {
      let wanted = grams(of: reference, in: &index)
      let counts = zip(found, wanted).map(OrderCounts.init(hypothesis:reference:))
      let score = score(from: counts)
      if score > best.score { best = (score, counts) }
    }
    for (order, count) in best.counts.enumerated() { counts[order].add(count) }
  }

  /// Adds the sentences of another score, which must have the same options.
  public mutating func merge(_ other: ChrF) {
    guard options == other.options, beta == other.beta else {
      fatalError("ChrF expects to merge a score with \(options) and got one with \(other.options)")
    }
    for (order, count) in other.counts.enumerated() { counts[order].add(count) }
    referenceCount.merge(other.referenceCount)
  }

  /// The score, from 0 to 100.
  public var score: Double { score(from: counts) }

  /// The name of the variant, such as `chrF2` or `chrF2++`.
  public var name: String { "chrF\(beta)" + String(repeating: "+", count: wordOrder) }

  /// The signature in sacreBLEU's form, which says how the score was computed.
  ///
  /// The version is the sacreBLEU release whose computation is reproduced.
  public var signature: String { "nrefs:\(referenceCount)|\(options)|version:2.6.0" }

  private var options: String {
    let (letterCase, effective) = (
      isLowercased ? "lc" : "mixed", hasEpsilonSmoothing ? "no" : "yes"
    )
    return "case:\(letterCase)|eff:\(effective)|nc:\(characterOrder)|nw:\(wordOrder)"
      + "|space:\(hasWhitespace ? "yes" : "no")"
  }

  private struct SegmentIndex {
    var letters = NGramIndex<Unicode.Scalar>()
    var words = NGramIndex<ArraySlice<Unicode.Scalar>>()
  }

  private func grams(of text: String, in index: inout SegmentIndex) -> [[Int: Int]] {
    let scalars = isLowercased ? Scalars(text).lowercase : Scalars(text)
    let letters = hasWhitespace ? scalars : Array(scalars.words.joined())
    let words = scalars.words.flatMap(\.splittingPunctuation)
    return index.letters.counts(of: letters, upTo: characterOrder)
      + index.words.counts(of: words, upTo: wordOrder)
  }

  private func score(from counts: [OrderCounts]) -> Double {
    let weight = Double(beta * beta)
    func mean(_ precision: Double, _ recall: Double) -> Double? {
      let weighed = weight * precision + recall
      return weighed > 0 ? (1 + weight) * precision * recall / weighed : nil
    }
    if hasEpsilonSmoothing {
      let sum = counts.reduce(0) { $0 + (mean($1.precision, $1.recall) ?? OrderCounts.epsilon) }
      return 100 * sum / Double(counts.count)
    }
    let used = counts.filter { $0.hypothesis > 0 && $0.reference > 0 }
    let precision = used.reduce(0) { $0 + $1.precision } / Double(max(1, used.count))
    let recall = used.reduce(0) { $0 + $1.recall } / Double(max(1, used.count))
    return 100 * (mean(precision, recall) ?? 0)
  }
}

/// The numbers of n-grams of one order: in the translations, in the references, and matching.
private struct OrderCounts: Sendable {
  static let epsilon = 1e-16

  var hypothesis = 0
  var reference = 0
  var match = 0

  init() {}

  init(hypothesis found: [Int: Int], reference wanted: [Int: Int]) {
    // Without a reference n-gram of this order, the translation's n-grams do not lower precision.
    hypothesis = wanted.isEmpty ? 0 : found.values.reduce(0, +)
    reference = wanted.values.reduce(0, +)
    match = found.reduce(0) { $0 + min($1.value, wanted[$1.key] ?? 0) }
  }

  var precision: Double { hypothesis > 0 ? Double(match) / Double(hypothesis) : Self.epsilon }
  var recall: Double { reference > 0 ? Double(match) / Double(reference) : Self.epsilon }

  mutating func add(_ other: OrderCounts) {
    hypothesis += other.hypothesis
    reference += other.reference
    match += other.match
  }
}

extension ArraySlice<Unicode.Scalar> {
  /// The word with one punctuation mark split off: its last, or else its first.
  fileprivate var splittingPunctuation: [ArraySlice<Unicode.Scalar>] {
    guard count > 1, let first, let last else { return [self] }
    if last.isPunctuation { return [dropLast(), suffix(1)] }
    if first.isPunctuation { return [prefix(1), dropFirst()] }
    return [self]
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is ASCII punctuation.
  fileprivate var isPunctuation: Bool {
    switch self {
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": true
    default: false
    }
  }
}
