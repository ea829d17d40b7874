/// The tokenization of one word as merges are learned.
///
/// ```text
/// lower:  l o w e r  →  l o w er  →  lo w er  →  low er  →  lower
/// ```
///
/// The word need not occur in the training text.
public struct MergeWatch: Hashable, Sendable {
  /// The bytes of the tokens that the word currently consists of.
  public private(set) var tokens: [[UInt8]]

  /// Starts watching a word.
  ///
  /// - Parameters:
  ///   - piece: The word, as a pre-tokenizer returns it.
  ///   - units: The units of words before any merge.
  public init(_ piece: String, units: BytePairModel.Units) {
    switch units {
    case .bytes: tokens = piece.utf8.map { [$0] }
    case .characters(let characters):
      tokens = piece.unicodeScalars.map { Array(String($0).utf8) }
      for place in tokens.indices.dropFirst() {
        tokens[place].insert(contentsOf: characters.continuingPrefix.utf8, at: 0)
      }
      if let last = tokens.indices.last { tokens[last] += characters.endSuffix.utf8 }
    }
  }

  /// Applies a merge from left to right wherever it matches.
  ///
  /// - Parameter merge: The merge.
  /// - Returns: Whether anything changed.
  public mutating func apply(_ merge: TrainedMerge) -> Bool {
    var changed: [[UInt8]] = []
    var position = 0
    while position < tokens.count {
      if position + 1 < tokens.count, tokens[position] == merge.left,
        tokens[position + 1] == merge.right
      {
        changed.append(merge.merged)
        position += 2
      } else {
        changed.append(tokens[position])
        position += 1
      }
    }
    defer { tokens = changed }
    return changed.count < tokens.count
  }
}
