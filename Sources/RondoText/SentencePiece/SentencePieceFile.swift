/// The contents of a SentencePiece model file.
///
/// - Source: Kudo and Richardson,
///   [SentencePiece](https://arxiv.org/abs/1808.06226), 2018, and the file
///   `sentencepiece_model.proto` of its code.
public struct SentencePieceFile: Hashable, Sendable {
  /// The kind of a piece.
  public enum Kind: Int, Sendable {
    /// Text.
    case normal = 1
    /// The unknown piece, for all text outside the vocabulary.
    case unknown = 2
    /// A control piece, which text never produces, such as `</s>`.
    case control = 3
    /// Text that is never split.
    case userDefined = 4
    /// A piece that is not used.
    case unused = 5
    /// One byte of a character outside the vocabulary.
    case byte = 6
  }

  /// A piece of the vocabulary; its index is its identifier.
  public struct Piece: Hashable, Sendable {
    /// The bytes, with U+2581 for a space.
    public var bytes: [UInt8]
    /// Its log-probability, or for byte-pair models minus its rank.
    public var score: Float
    /// Its kind.
    public var kind: Kind

    /// Creates a piece.
    public init(_ bytes: [UInt8], score: Float = 0, kind: Kind = .normal) {
      self.bytes = bytes
      self.score = score
      self.kind = kind
    }
  }

  /// The segmentation algorithm.
  public enum Algorithm: Int, Sendable {
    /// The most probable segmentation.
    case unigram = 1
    /// Byte-pair merges.
    case bytePair = 2
    /// Whole words.
    case word = 3
    /// Single characters.
    case character = 4
  }

  /// The vocabulary.
  public var pieces: [Piece] = []
  /// The segmentation algorithm.
  public var algorithm = Algorithm.unigram
  /// Whether unknown characters are encoded as byte tokens.
  public var hasByteFallback = false
  /// Whether spaces are attached to the end of words.
  public var isSpaceSuffix = false
  /// The text that an unknown token is decoded to.
  public var unknownSurface = Array(" \u{2047} ".utf8)
  /// The spelling of the token before a text.
  public var startPiece = "<s>"
  /// The spelling of the token after a text.
  public var endPiece = "</s>"
  /// The spelling of the padding token.
  public var paddingPiece = "<pad>"

  /// The name of the normalization, such as `nmt_nfkc`.
  public var normalizationName = ""
  /// The normalization as a compiled map, empty for none.
  public var precompiledMap: [UInt8] = []
  /// Whether a space is put before the text.
  public var addsSpace = true
  /// Whether leading and trailing spaces are removed, and runs of spaces collapsed.
  public var removesExtraSpaces = true
  /// Whether spaces become U+2581.
  public var escapesSpaces = true
  /// Whether decoded text is denormalized.
  public var hasDenormalizer = false

  /// Creates the description of an empty model.
  public init() {}
}
