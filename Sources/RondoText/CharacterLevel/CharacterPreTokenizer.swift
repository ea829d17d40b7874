/// Splits text into characters.
public struct CharacterPreTokenizer: PieceScanner {
  /// The definition of a character.
  public enum Unit: String, Sendable, Codable, CaseIterable {
    /// A Unicode scalar: "é" may be one or two.
    case scalar
    /// A grapheme cluster: a letter with its accents, a flag, a family.
    case grapheme
  }

  /// The definition of a character.
  public let unit: Unit

  /// Creates the pre-tokenizer.
  public init(unit: Unit) { self.unit = unit }

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    switch unit {
    case .scalar: scanScalars(text, from: &position, to: end, into: pieces)
    case .grapheme: scanGraphemes(text, from: &position, to: end, into: pieces)
    }
  }

  private func scanScalars(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    let text = UnsafeBufferPointer(rebasing: text[..<end])
    var count = 0
    while count < pieces.count, position < end {
      let length = UTF8Text.decode(text, at: position).count
      pieces[count] = Piece(position, position + length)
      position += length
      count += 1
    }
    return count
  }

  private func scanGraphemes(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    // A window of the text is enough unless one character fills it.
    var window = 4 * pieces.count
    while true {
      let stop = min(position + window, end)
      let characters = String(decoding: text[position..<stop], as: UTF8.self)
      var count = 0
      var start = position
      StepCounter.add(stop - position)
      for character in characters {
        let next = start + character.utf8.count
        if next >= stop, stop < end || next > stop { break }
        if count == pieces.count { break }
        pieces[count] = Piece(start, next)
        start = next
        count += 1
      }
      if count > 0 {
        position = start
        return count
      }
      if stop == end {
        // Invalid bytes at the end, which the string has replaced.
        pieces[0] = Piece(position, end)
        position = end
        return 1
      }
      window *= 2
    }
  }
}
