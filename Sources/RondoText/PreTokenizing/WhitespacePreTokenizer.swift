/// Splits at white space, and between words and everything else: `\w+|[^\w\s]+`.
public struct WhitespacePreTokenizer: PieceScanner {
  private static let classes = ScalarClasses { properties in
    if properties.isWordCharacter { return 1 }
    return properties.isWhiteSpace ? 2 : 0
  }

  /// Creates the pre-tokenizer.
  public init() {}

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    scanRuns(
      text, from: &position, to: end, into: pieces, classes: Self.classes, dropping: 2,
      isolating: ScalarClasses.beyondASCII)
  }
}
