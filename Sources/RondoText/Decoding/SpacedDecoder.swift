/// Joins tokens with spaces, as a tokenizer without a decoder does.
struct SpacedDecoder: TokenDecoder {
  func makeStream() -> any TokenDecodingStream { Stream() }

  private struct Stream: TokenDecodingStream {
    var isFirst = true

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      defer { isFirst = false }
      return [DecodedToken(isFirst ? token.bytes : [UInt8(ascii: " ")] + token.bytes)]
    }
  }
}
