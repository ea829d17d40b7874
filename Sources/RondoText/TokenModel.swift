/// The part of a tokenizer that encodes pieces of text as tokens of a vocabulary.
///
/// A model is an immutable value; whatever speeds it up, such as a cache of earlier pieces, belongs
/// to the ``PieceEncoder`` that it creates, one per thread. Text and tokens are bytes everywhere:
/// `String` compares by canonical equivalence and would merge tokens that differ.
public protocol TokenModel: Sendable {
  /// The vocabulary size, which is one more than the highest identifier.
  var count: Int { get }

  /// Whether the tokens are raw bytes, which files spell in the byte-level alphabet.
  var isByteLevel: Bool { get }

  /// Returns the bytes of a token, or `nil` for an unused identifier.
  ///
  /// A byte-level model returns the raw bytes that the token stands for.
  func bytes(of id: Int) -> [UInt8]?

  /// Returns the identifier of the token with exactly these bytes.
  func id(of bytes: [UInt8]) -> Int?

  /// The identifier of the unknown token, if the model has one.
  var unknownID: Int? { get }

  /// Whether an encoding shows the original text of an unknown token instead of the token's
  /// spelling, as SentencePiece does.
  var showsUnknownText: Bool { get }

  /// Creates an encoder, which one thread at a time may use.
  ///
  /// - Parameter reserved: Identifiers of special tokens, which text must not produce. They may
  ///   still occur where they do not stand for their own text, such as the unknown token.
  /// - Returns: A new encoder.
  func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder
}

extension TokenModel {
  /// False: an encoding shows the spelling of the unknown token.
  public var showsUnknownText: Bool { false }
}

/// Encodes pieces with one model, on one thread at a time.
///
/// An encoder owns its scratch memory. It may cache pieces, and share the cache with the encoders
/// of other threads; its results never depend on that.
public protocol PieceEncoder: AnyObject {
  /// Appends the tokens of each piece.
  ///
  /// - Parameters:
  ///   - pieces: Ranges of `text`, ascending, none empty, to be encoded one by one.
  ///   - text: Normalized text; at least ``TokenBuffer/padding`` more bytes are readable after
  ///     its end, so that eight can be loaded at once anywhere. It need not be valid UTF-8.
  ///   - output: Receives the tokens; spans are positions in `text`.
  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer)

  /// Creates an encoder for another thread, which shares this one's cache.
  ///
  /// It may be called while this encoder is in use.
  func makeCompanion() -> any PieceEncoder
}

/// A range of bytes that a model encodes on its own.
public struct Piece: Hashable, Sendable {
  /// The position of the first byte.
  public var start: UInt32
  /// The position after the last byte.
  public var end: UInt32

  /// Creates a piece.
  @inlinable
  public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  /// Creates a piece from positions.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    self.init(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
  }

  /// The number of bytes.
  @inlinable public var count: Int { Int(end &- start) }

  /// The piece as a range of positions.
  @inlinable public var range: Range<Int> { Int(start)..<Int(end) }
}
