/// Splits at punctuation.
public struct PunctuationPreTokenizer: PreTokenizer {
  /// How the punctuation is treated.
  public let behavior: SplitBehavior

  /// Creates a pre-tokenizer.
  public init(behavior: SplitBehavior = .isolated) { self.behavior = behavior }

  /// Splits each piece.
  public func split(_ text: inout PreTokenizedText) {
    let old = text.pieces
    text.pieces = text.text.withBytes { bytes in
      old.flatMap { piece in
        let cursor = ScalarCursor(bytes, to: Int(piece.end), classes: .bert)
        var matches: [Range<Int>] = []
        var position = Int(piece.start)
        while position < Int(piece.end) {
          let (found, count) = cursor.read(position)
          if found == BERTClass.punctuation { matches.append(position..<position + count) }
          position += count
        }
        return behavior.pieces(of: piece, splitAt: matches, isInverted: false)
      }
    }
  }
}
