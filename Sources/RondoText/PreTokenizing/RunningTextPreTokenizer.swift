/// Splits running text into words and punctuation, for models of whole words.
///
/// A word is a run of letters, marks, digits and underscores, and keeps its hyphens ("t-shirt") and
/// the periods and commas between its digits ("1,000.5"). English contractions are pieces of their
/// own ("man 's", "don 't"), and so are elided articles ("l' homme"). Of all other characters, each
/// run of one character is a piece ("...", "!"). ``RunningTextDecoder`` joins the pieces again.
///
/// Other libraries have no such component, so they reject a file that contains it.
public struct RunningTextPreTokenizer: PieceScanner {
  private enum Class {
    static let other: UInt8 = 0
    static let word: UInt8 = 1
    static let digit: UInt8 = 2
    static let space: UInt8 = 3
  }

  private static let classes = ScalarClasses { properties in
    if properties.isWhiteSpace { return Class.space }
    if properties.category == .decimalNumber { return Class.digit }
    return properties.isWordCharacter ? Class.word : Class.other
  }

  private static let endings = ["s", "t", "re", "ve", "m", "ll", "d"].map { Array($0.utf8) }

  /// Creates the pre-tokenizer.
  public init() {}

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    let cursor = ScalarCursor(text, to: end, classes: Self.classes)
    var count = 0
    while count < pieces.count {
      position = cursor.endOfRun(of: Class.space, from: position)
      if position >= end { break }
      let start = position
      let isAfterWord = start > 0 && endsWithWord(cursor, before: start)
      if let ending = ending(cursor, at: start), isAfterWord {
        position = ending
      } else if Self.isWord(cursor.read(start).class) {
        position = endOfWord(cursor, from: start)
      } else {
        position = endOfRepetition(cursor, from: start)
      }
      pieces[count] = Piece(start, position)
      count += 1
    }
    return count
  }

  private static func isWord(_ found: UInt8) -> Bool {
    found == Class.word || found == Class.digit
  }

  private func endsWithWord(_ cursor: ScalarCursor, before position: Int) -> Bool {
    var start = position - 1
    while start > 0, position - start < 4, cursor.text[start] & 0xC0 == 0x80 { start -= 1 }
    return Self.isWord(cursor.read(start).class)
  }

  /// Returns the end of "'s" and the like at `position`, if there is one.
  private func ending(_ cursor: ScalarCursor, at position: Int) -> Int? {
    guard let start = endOfApostrophe(cursor, at: position) else { return nil }
    for letters in Self.endings {
      let end = start + letters.count
      guard end <= cursor.end else { continue }
      let isSame = zip(cursor.text[start..<end], letters).allSatisfy { $0 | 0x20 == $1 }
      if isSame, end == cursor.end || !Self.isWord(cursor.read(end).class) { return end }
    }
    return nil
  }

  private func endOfApostrophe(_ cursor: ScalarCursor, at position: Int) -> Int? {
    guard position < cursor.end else { return nil }
    if cursor.text[position] == UInt8(ascii: "'") { return position + 1 }
    let isCurly =
      position + 3 <= cursor.end && cursor.text[position] == 0xE2
      && cursor.text[position + 1] == 0x80 && cursor.text[position + 2] == 0x99
    return isCurly ? position + 3 : nil
  }

  private func endOfWord(_ cursor: ScalarCursor, from start: Int) -> Int {
    var position = start
    var last: UInt8 = 0
    while position < cursor.end {
      let (found, count) = cursor.read(position)
      if Self.isWord(found) {
        last = found
        position += count
        continue
      }
      let next = position + 1 < cursor.end ? cursor.read(position + 1).class : Class.space
      let byte = cursor.text[position]
      let isHyphen = byte == UInt8(ascii: "-") && Self.isWord(next)
      let isPoint = byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
      guard isHyphen || isPoint && last == Class.digit && next == Class.digit else { break }
      position += 1
    }
    if ending(cursor, at: position) == nil, let end = endOfApostrophe(cursor, at: position),
      end < cursor.end, Self.isWord(cursor.read(end).class)
    {
      return end
    }
    return position
  }

  /// Returns the end of the run of the scalar that stands at `start`.
  private func endOfRepetition(_ cursor: ScalarCursor, from start: Int) -> Int {
    let count = cursor.read(start).count
    var position = start + count
    while position + count <= cursor.end,
      (0..<count).allSatisfy({ cursor.text[position + $0] == cursor.text[start + $0] }),
      cursor.read(position).count == count
    {
      position += count
    }
    return position
  }
}
