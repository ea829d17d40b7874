/// Where text may be cut before a U+2581, the sign that SentencePiece writes for a space.
enum SpaceBoundary {
  /// Whether a piece has a space only at its beginning, where there may be several.
  static func onlyBegins(_ piece: [UInt8]) -> Bool {
    piece.withUnsafeBufferPointer { piece in
      var position = 0
      while isSpace(piece, at: position) { position += 3 }
      return (position..<max(position, piece.count)).allSatisfy { !isSpace(piece, at: $0) }
    }
  }

  /// Whether a U+2581 stands at a position.
  @inline(__always)
  static func isSpace(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
    position &+ 3 <= text.count && text[position] == 0xE2 && text[position &+ 1] == 0x96
      && text[position &+ 2] == 0x81
  }

  /// Returns the end of the word that begins at a position: its spaces, and then everything up to
  /// the next space.
  ///
  /// Eight bytes are looked at at once, also after the end of the text.
  @inline(__always)
  static func wordEnd(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    guard let base = text.baseAddress else { return end }
    var position = start
    while position < end, isSpace(text, at: position) { position &+= 3 }
    while position < end {
      // A byte that is 0xE2 becomes zero, and the lowest zero byte gets its highest bit set.
      let word = ByteHash.load(base + position) ^ 0xE2E2_E2E2_E2E2_E2E2
      let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if found == 0 {
        position &+= 8
        continue
      }
      position &+= found.trailingZeroBitCount &>> 3
      if position >= end { break }
      if isSpace(text, at: position) { break }
      position &+= 1
    }
    StepCounter.add(position &- start)
    return min(position, end)
  }
}
