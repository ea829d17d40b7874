/// Joins the tokens of a SentencePiece model.
public struct SentencePieceDecoder: TokenDecoder {
  private let unknownPiece: [UInt8]
  private let unknownSurface: [UInt8]
  private let hasByteTokens: Bool
  /// Whether a leading space is removed.
  private let stripsFirstSpace: Bool
  /// Whether all leading spaces are removed.
  private let stripsAllFirstSpaces: Bool

  init(_ file: SentencePieceFile) {
    unknownPiece = file.pieces.first { $0.kind == .unknown }?.bytes ?? []
    unknownSurface = file.unknownSurface
    hasByteTokens = file.hasByteFallback
    stripsFirstSpace = file.addsSpace || file.removesExtraSpaces
    stripsAllFirstSpaces = file.removesExtraSpaces
  }

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream { Stream(decoder: self) }

  private struct Stream: TokenDecodingStream {
    let decoder: SentencePieceDecoder
    /// Whether the decoder is still at the beginning of the text.
    var isAtStart = true
    var hasStripped = false
    var hasText = false
    /// The bytes of byte tokens that do not yet form a whole character.
    var bytes: [UInt8] = []

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      if decoder.hasByteTokens, let byte = ByteToken.byte(of: token.bytes) {
        bytes.append(byte)
        return output(takeCharacters(isEnd: false))
      }
      var text = takeCharacters(isEnd: true)
      if !text.isEmpty { hasText = true }
      if hasStripped || hasText { isAtStart = false }
      text += self.text(of: token.bytes)
      return output(text)
    }

    mutating func finish() -> [DecodedToken] { output(takeCharacters(isEnd: true)) }

    private mutating func output(_ text: [UInt8]) -> [DecodedToken] {
      if text.isEmpty { return [] }
      hasText = true
      return [DecodedToken(text)]
    }

    private mutating func text(of piece: [UInt8]) -> [UInt8] {
      hasStripped = false
      if piece == decoder.unknownPiece { return decoder.unknownSurface }
      var result: [UInt8] = []
      var position = 0
      piece.withUnsafeBufferPointer { piece in
        if isAtStart, decoder.stripsFirstSpace, isSpace(piece, at: 0) {
          position = 3
          hasStripped = !decoder.stripsAllFirstSpaces
        }
        while position < piece.count {
          if isSpace(piece, at: position) {
            result.append(0x20)
            position += 3
          } else {
            result.append(piece[position])
            position += 1
          }
        }
      }
      return result
    }

    /// Whether a U+2581, which stands for a space, is at a position.
    private func isSpace(_ piece: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
      position + 3 <= piece.count && piece[position] == 0xE2 && piece[position + 1] == 0x96
        && piece[position + 2] == 0x81
    }

    /// Removes whole characters from the front of the bytes; at the end of a run, each invalid byte
    /// becomes U+FFFD.
    private mutating func takeCharacters(isEnd: Bool) -> [UInt8] {
      var text: [UInt8] = []
      var position = 0
      StepCounter.add(bytes.count)
      bytes.withUnsafeBufferPointer { bytes in
        while position < bytes.count {
          let decoded = UTF8Text.decode(bytes, at: position)
          if decoded.isValid {
            text += bytes[position..<position + decoded.count]
          } else if isEnd || bytes.count - position >= UTF8Lead.length(bytes[position]) {
            text += Array("\u{FFFD}".utf8)
          } else {
            break
          }
          position += decoded.count
        }
      }
      bytes.removeFirst(position)
      return text
    }
  }
}
