/// Splits at white space only.
public struct WhitespaceSplitPreTokenizer: PieceScanner {
  private static let classes = ScalarClasses { $0.isWhiteSpace ? 2 : 0 }

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
