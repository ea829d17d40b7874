/// Replaces metaspace marks with spaces, except before the first token.
public struct MetaspaceDecoder: TokenDecoder {
  /// The character that stands for a space.
  public let replacement: Unicode.Scalar
  /// When a mark was prepended to the text; unless never, the first token loses its marks.
  public let prependScheme: MetaspacePreTokenizer.PrependScheme

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - replacement: The character that stands for a space.
  ///   - prependScheme: When a mark was prepended to the text.
  public init(
    replacement: Unicode.Scalar = "\u{2581}",
    prependScheme: MetaspacePreTokenizer.PrependScheme = .always
  ) {
    self.replacement = replacement
    self.prependScheme = prependScheme
  }

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream {
    Stream(mark: Array(String(replacement).utf8), stripsFirst: prependScheme != .never)
  }

  private struct Stream: TokenDecodingStream {
    let mark: [UInt8]
    let stripsFirst: Bool
    var isFirst = true

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      defer { isFirst = false }
      let space = isFirst && stripsFirst ? [] : [UInt8(ascii: " ")]
      return [DecodedToken(token.bytes.replacing(mark, with: space))]
    }
  }
}
