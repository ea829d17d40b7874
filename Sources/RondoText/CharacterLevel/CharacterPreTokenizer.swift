/// Splits text into characters.
public struct CharacterPreTokenizer: PieceScanner {
  /// The definition of a character.
  public enum Unit: String, Sendable, Codable, CaseIterable {
    /// A Unicode scalar: "é" may be one or two.
    case scalar
    /// A grapheme cluster of Unicode 16: a letter with its accents, a flag, a family.
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
    let text = UnsafeBufferPointer(rebasing: text[..<end])
    let start = position
    var count = 0
    while count < pieces.count, position < end {
      let first = position
      var decoded = UTF8Text.decode(text, at: position)
      var cluster = GraphemeCluster(GraphemeClass(of: decoded.scalar))
      position += decoded.count
      while position < end {
        decoded = UTF8Text.decode(text, at: position)
        guard cluster.takes(GraphemeClass(of: decoded.scalar)) else { break }
        position += decoded.count
      }
      pieces[count] = Piece(first, position)
      count += 1
    }
    StepCounter.add(position - start)
    return count
  }
}
