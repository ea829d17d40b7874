/// Splits at white space, and isolates every punctuation character, as BERT does.
///
/// ASCII symbols such as `$` and `^` count as punctuation.
public struct BERTPreTokenizer: PieceScanner {
  private static let space: UInt8 = 4
  private static let classes = ScalarClasses(joining: .bert) { properties, found in
    if properties.isWhiteSpace { return space }
    return found == BERTClass.punctuation ? found : 0
  }

  /// Creates the pre-tokenizer.
  public init() {}

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    scanRuns(
      text, from: &position, to: end, into: pieces, classes: Self.classes,
      dropping: Self.space, isolating: BERTClass.punctuation)
  }
}
