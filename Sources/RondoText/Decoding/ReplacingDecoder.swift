/// Replaces a text inside each token.
public struct ReplacingDecoder: TokenDecoder {
  /// The pattern to replace.
  public let pattern: TextPattern
  /// The replacement.
  public let replacement: String

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - pattern: The pattern to replace.
  ///   - replacement: The replacement.
  public init(_ pattern: TextPattern, by replacement: String) {
    self.pattern = pattern
    self.replacement = replacement
  }

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream {
    Stream(pattern: pattern, replacement: Array(replacement.utf8))
  }

  private struct Stream: TokenDecodingStream {
    let pattern: TextPattern
    let replacement: [UInt8]

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      var result: [UInt8] = []
      var position = 0
      let matches = token.bytes.withUnsafeBufferPointer {
        pattern.matches(in: $0, range: 0..<$0.count)
      }
      for match in matches {
        result += token.bytes[position..<match.lowerBound] + replacement
        position = match.upperBound
      }
      result += token.bytes[position...]
      return [DecodedToken(result, isContinuation: token.isContinuation)]
    }
  }
}
