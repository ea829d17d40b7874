/// Splits between digits and everything else.
public struct DigitsPreTokenizer: PieceScanner {
  private static let classes = ScalarClasses { $0.isNumber ? 1 : 0 }

  /// Whether every digit is a piece of its own.
  public let isIndividual: Bool

  /// Creates a pre-tokenizer.
  public init(isIndividual: Bool) { self.isIndividual = isIndividual }

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    scanRuns(
      text, from: &position, to: end, into: pieces, classes: Self.classes,
      dropping: ScalarClasses.beyondASCII,
      isolating: isIndividual ? 1 : ScalarClasses.beyondASCII)
  }
}
