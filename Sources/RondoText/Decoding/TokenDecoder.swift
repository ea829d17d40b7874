/// Turns tokens back into text, one after another.
public protocol TokenDecoder: Sendable {
  /// Begins to decode.
  func makeStream() -> any TokenDecodingStream
}

/// A text on its way back from tokens.
///
/// Decoding works token by token, so that text can be shown while a model is still writing, and
/// whole texts are decoded the same way.
public protocol TokenDecodingStream {
  /// Takes a token, and returns what is certain by now.
  mutating func decode(_ token: DecodedToken) -> [DecodedToken]

  /// Returns what was held back, at the end.
  mutating func finish() -> [DecodedToken]
}

/// The bytes of a token, or of a part of one.
public struct DecodedToken: Hashable, Sendable {
  /// The bytes, which need not be valid UTF-8.
  public var bytes: [UInt8]
  /// Whether this goes on where the one before left off; decoders that look at the beginning of
  /// tokens leave it alone.
  public var isContinuation: Bool

  /// Creates a token.
  ///
  /// - Parameters:
  ///   - bytes: Its bytes.
  ///   - isContinuation: Whether it goes on where the one before left off.
  public init(_ bytes: [UInt8], isContinuation: Bool = false) {
    self.bytes = bytes
    self.isContinuation = isContinuation
  }
}

extension TokenDecodingStream {
  /// Holds nothing back.
  public mutating func finish() -> [DecodedToken] { [] }
}
