/// Splits text by the pattern of BLOOM: words of all characters but white space and the punctuation
/// of sentences, with the space before them.
///
/// ```text
///  ?[^(\s|[.,!?…。，、।۔،])]+
/// ```
///
/// The parentheses and the bar are inside the brackets, where they are literal. Text between
/// matches stays in pieces of its own.
///
/// - Source: BigScience Workshop,
///   [BLOOM: A 176B-Parameter Open-Access Multilingual Language Model](https://arxiv.org/abs/2211.05100),
///   2022, section 3.1.3, and the tokenizer that was released with it.
public struct BLOOMScanner: PieceScanner {
  private static let word: UInt8 = 0
  private static let mark: UInt8 = 1
  private static let space: UInt8 = 2

  /// Punctuation and symbols may be part of a word; the rest is told by its class alone.
  private static let classes = ScalarClasses { properties in
    if properties.isWhiteSpace { return space }
    return properties.isPunctuation || properties.isSymbol ? mark : word
  }

  /// The punctuation and symbols that are not part of words.
  private static let marks = "(|.,!?…。，、।۔،)".unicodeScalars.map(\.value)

  /// Creates the scanner.
  public init() {}

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    let cursor = ScalarCursor(text, to: end, classes: Self.classes)
    return cut(from: &position, to: end, into: pieces) { start in
      var next = start
      if Self.startsMatch(cursor, at: start) {
        repeat { next += cursor.read(next).count } while next < end && Self.isWord(cursor, at: next)
      } else {
        repeat {
          next += cursor.read(next).count
        } while next < end
          && !Self.startsMatch(cursor, at: next)
      }
      return next
    }
  }

  private static func startsMatch(_ cursor: ScalarCursor, at position: Int) -> Bool {
    if cursor.text[position] != UInt8(ascii: " ") { return isWord(cursor, at: position) }
    return position + 1 < cursor.end && isWord(cursor, at: position + 1)
  }

  private static func isWord(_ cursor: ScalarCursor, at position: Int) -> Bool {
    switch cursor.read(position).class {
    case word: true
    case mark: !marks.contains(UTF8Text.decode(cursor.text, at: position).scalar)
    default: false
    }
  }
}
