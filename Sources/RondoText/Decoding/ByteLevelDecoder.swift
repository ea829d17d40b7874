/// Joins the raw bytes of a byte-level model.
public struct ByteLevelDecoder: TokenDecoder {
  /// Creates the decoder.
  public init() {}

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream { FuseDecoder().makeStream() }
}
