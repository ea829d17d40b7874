/// Joins the raw bytes of a byte-level model.
public struct ByteLevelDecoder: TokenDecoder {
  /// Creates the decoder.
  public init() {}

  /// Begins to decode.
  public func makeStream() -> any TokenDecodingStream { FuseDecoder().makeStream() }
}
