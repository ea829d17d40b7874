/// Replaces the suffix of each word with a space, as in the original byte-pair encodings.
public struct SuffixDecoder: TokenDecoder {
  /// The suffix at the end of a word.
  public let suffix: String

  /// Creates a decoder.
  public init(suffix: String = "</w>") { self.suffix = suffix }

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream { Stream(suffix: Array(suffix.utf8)) }

  private struct Stream: TokenDecodingStream {
    let suffix: [UInt8]
    /// The last token, which gets no space.
    var held: [UInt8]?

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      defer { held = token.bytes }
      let space = [UInt8(ascii: " ")]
      return held.map { [DecodedToken($0.replacing(suffix, with: space))] } ?? []
    }

    mutating func finish() -> [DecodedToken] {
      defer { held = nil }
      return held.map { [DecodedToken($0.replacing(suffix, with: []))] } ?? []
    }
  }
}
