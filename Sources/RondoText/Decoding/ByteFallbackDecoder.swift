/// Turns runs of byte tokens, such as `<0xE2>`, into the text that they encode.
///
/// In a run that is not valid UTF-8, each byte becomes U+FFFD.
public struct ByteFallbackDecoder: TokenDecoder {
  /// Creates the decoder.
  public init() {}

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream { Stream() }

  private struct Stream: TokenDecodingStream {
    var run: [UInt8] = []

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      if let byte = Self.byte(of: token.bytes) {
        run.append(byte)
        return []
      }
      return finish() + [token]
    }

    mutating func finish() -> [DecodedToken] {
      defer { run = [] }
      if run.isEmpty { return [] }
      StepCounter.add(run.count)
      if UTF8Text.firstInvalidByte(in: run) == nil { return [DecodedToken(run)] }
      return run.map { _ in DecodedToken([0xEF, 0xBF, 0xBD]) }
    }

    /// Returns the byte of a byte token such as `<0xE2>`.
    private static func byte(of token: [UInt8]) -> UInt8? {
      guard token.count == 6, token.starts(with: "<0x".utf8), token[5] == UInt8(ascii: ">"),
        let high = Hexadecimal.value(of: token[3]), let low = Hexadecimal.value(of: token[4])
      else { return nil }
      return high << 4 | low
    }
  }
}
