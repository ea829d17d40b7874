/// Joins tokens without anything between them.
public struct FuseDecoder: TokenDecoder {
  /// Creates the decoder.
  public init() {}

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream { Stream() }

  private struct Stream: TokenDecodingStream {
    var isFirst = true

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      defer { isFirst = false }
      return [DecodedToken(token.bytes, isContinuation: !isFirst)]
    }
  }
}
