/// What a SentencePiece model file says.
///
/// - Source: Kudo and Richardson,
///   [SentencePiece](https://arxiv.org/abs/1808.06226), 2018, and the file
///   `sentencepiece_model.proto` of its code.
public struct SentencePieceFile: Hashable, Sendable {
  /// What a piece is for.
  public enum Kind: Int, Sendable {
    /// Text.
    case normal = 1
    /// All text outside the vocabulary.
    case unknown = 2
    /// A token that text never becomes, such as `</s>`.
    case control = 3
    /// Text that always stays whole.
    case userDefined = 4
    /// A piece that is out of use.
    case unused = 5
    /// One byte of a character outside the vocabulary.
    case byte = 6
  }

  /// A piece of the vocabulary; its position is its identifier.
  public struct Piece: Hashable, Sendable {
    /// The bytes, with U+2581 for a space.
    public var bytes: [UInt8]
    /// The logarithm of its probability, or for byte-pair models minus its rank.
    public var score: Float
    /// What it is for.
    public var kind: Kind

    /// Creates a piece.
    public init(_ bytes: [UInt8], score: Float = 0, kind: Kind = .normal) {
      self.bytes = bytes
      self.score = score
      self.kind = kind
    }
  }

  /// How text is encoded.
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
  /// How text is encoded.
  public var algorithm = Algorithm.unigram
  /// Whether unknown characters are written as bytes.
  public var hasByteFallback = false
  /// Whether spaces belong to the end of words.
  public var isSpaceSuffix = false
  /// What an unknown token becomes when it is decoded.
  public var unknownSurface = Array(" \u{2047} ".utf8)
  /// The spelling of the token before a text.
  public var startPiece = "<s>"
  /// The spelling of the token after a text.
  public var endPiece = "</s>"
  /// The spelling of the token that fills rows.
  public var paddingPiece = "<pad>"

  /// The name of the normalization, such as `nmt_nfkc`.
  public var normalizationName = ""
  /// The normalization as a compiled map, empty for none.
  public var precompiledMap: [UInt8] = []
  /// Whether a space is put before the text.
  public var addsSpace = true
  /// Whether spaces at the ends are taken away, and runs of spaces made one.
  public var removesExtraSpaces = true
  /// Whether spaces become U+2581.
  public var escapesSpaces = true
  /// Whether decoded text is mapped once more.
  public var hasDenormalizer = false

  /// Creates the description of an empty model.
  public init() {}
}
