/// The part of a tokenizer that turns a piece of text into tokens of a vocabulary.
///
/// A model is a value that never changes; whatever helps it to work fast, such as a memory of
/// earlier pieces, lives in the ``PieceEncoder`` that it makes, one for each thread. Text and
/// tokens are bytes everywhere: `String` compares by canonical equivalence and would merge
/// tokens that differ.
public protocol TokenModel: Sendable {
  /// One more than the highest identifier of the vocabulary.
  var count: Int { get }

  /// Whether the tokens are raw bytes, which files spell in the byte-level alphabet.
  var isByteLevel: Bool { get }

  /// Returns the bytes of a token, or `nil` where the vocabulary has a hole.
  ///
  /// A byte-level model answers with the raw bytes that the token stands for.
  func bytes(of id: Int) -> [UInt8]?

  /// Returns the identifier of the token with exactly these bytes.
  func id(of bytes: [UInt8]) -> Int?

  /// The identifier that stands for text outside the vocabulary, if the model has one.
  var unknownID: Int? { get }

  /// Whether an encoding shows the text that became the unknown token instead of that token's
  /// spelling, as SentencePiece does.
  var showsUnknownText: Bool { get }

  /// Makes an encoder for the use of one thread at a time.
  ///
  /// - Parameter reserved: Identifiers of special tokens, which no text may become. They may still
  ///   be written where they do not stand for their own text, such as the unknown token.
  /// - Returns: An encoder that has seen nothing yet.
  func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder
}

extension TokenModel {
  /// Shows the spelling of the unknown token.
  public var showsUnknownText: Bool { false }
}

/// Encodes pieces with one model, on one thread at a time.
///
/// An encoder owns its scratch memory. It may remember pieces that it has seen, and share what it
/// remembers with the encoders of other threads; what it returns never depends on that.
public protocol PieceEncoder: AnyObject {
  /// Appends the tokens of each piece.
  ///
  /// - Parameters:
  ///   - pieces: Ranges of `text`, ascending, none empty, to be encoded one by one.
  ///   - text: Normalized text; at least ``TokenBuffer/padding`` more bytes are readable after
  ///     its end, so that eight can be loaded at once anywhere. It need not be valid UTF-8.
  ///   - output: Where the tokens go; spans are positions in `text`.
  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer)

  /// Makes an encoder for another thread, which need not learn again what this one remembers.
  ///
  /// It may be called while this encoder works.
  func makeCompanion() -> any PieceEncoder
}

/// A stretch of text that a model encodes on its own, as byte positions.
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
