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

/// Splits at white space, and makes a piece of every punctuation character, as BERT does.
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

/// Splits between digits and everything else.
public struct DigitsPreTokenizer: PieceScanner {
  private static let classes = ScalarClasses { $0.isNumber ? 1 : 0 }

  /// Whether every digit is a piece.
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

/// Cuts text into runs of one class; one class is dropped, and of another every scalar is a piece.
@inline(__always)
private func scanRuns(
  _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
  into pieces: UnsafeMutableBufferPointer<Piece>, classes: ScalarClasses, dropping dropped: UInt8,
  isolating isolated: UInt8
) -> Int {
  let cursor = ScalarCursor(text, to: end, classes: classes)
  var start = position
  var count = 0
  while count < pieces.count {
    start = cursor.endOfRun(of: dropped, from: start)
    if start >= end { break }
    let (found, length) = cursor.read(start)
    let next =
      found == isolated ? start &+ length : cursor.endOfRun(of: found, from: start &+ length)
    pieces[count] = Piece(start, next)
    count &+= 1
    start = next
  }
  position = start
  return count
}
