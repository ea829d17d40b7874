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
  @inline(__always)
  static func wordEnd(
    in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var position = start
    while position < end, isSpace(text, at: position) { position &+= 3 }
    while position < end {
      if text[position] == 0xE2, isSpace(text, at: position) { return position }
      position &+= 1
    }
    return min(position, end)
  }
}
