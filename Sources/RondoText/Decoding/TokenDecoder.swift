/// Turns tokens back into text, one after another.
public protocol TokenDecoder: Sendable {
  /// Starts decoding a text.
  func makeStream() -> any TokenDecodingStream
}

/// The incremental decoding of one text.
///
/// Decoding works token by token, so that text can be shown while a model is still generating, and
/// whole texts are decoded the same way.
public protocol TokenDecodingStream {
  /// Adds a token, and returns what is final so far.
  mutating func decode(_ token: DecodedToken) -> [DecodedToken]

  /// Returns what was held back at the end of the text.
  mutating func finish() -> [DecodedToken]
}

/// The bytes of a token, or of a part of one.
public struct DecodedToken: Hashable, Sendable {
  /// The bytes, which need not be valid UTF-8.
  public var bytes: [UInt8]
  /// Whether this continues the previous token; decoders that act on the beginning of tokens leave
  /// it unchanged.
  public var isContinuation: Bool

  /// Creates a token.
  ///
  /// - Parameters:
  ///   - bytes: Its bytes.
  ///   - isContinuation: Whether it continues the previous token.
  public init(_ bytes: [UInt8], isContinuation: Bool = false) {
    self.bytes = bytes
    self.isContinuation = isContinuation
  }
}

extension TokenDecodingStream {
  /// Holds nothing back.
  public mutating func finish() -> [DecodedToken] { [] }
}
