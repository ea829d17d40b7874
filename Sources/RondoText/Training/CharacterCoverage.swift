/// The characters that cover a share of a text, the most frequent first.
///
/// The others are rare: a single character of a script that the text hardly contains would
/// otherwise take a place in the vocabulary.
struct CharacterCoverage {
  /// The characters, and how often each occurs.
  private(set) var kept: [(scalar: UInt32, count: Int)] = []

  /// Chooses characters.
  ///
  /// - Parameters:
  ///   - words: The words of the text.
  ///   - share: The minimum share of the text that the characters must cover.
  init(of words: WordCounts, share: Double) {
    var occurrences: [UInt32: Int] = [:]
    words.forEachWord { word, count in
      UTF8Text.forEachScalar(of: word) { occurrences[$0, default: 0] += count }
    }
    let total = occurrences.values.reduce(0, +)
    var covered = 0
    for (scalar, count) in occurrences.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
      if Double(covered) >= share * Double(total) { break }
      covered += count
      kept.append((scalar, count))
    }
  }
}
