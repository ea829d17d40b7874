/// Byte-pair encoding: starts from small units and merges the pair that was learned earliest,
/// until no pair is left that was learned.
///
/// ```text
/// lower:  l o w e r  →  l o w er  →  lo w er  →  low er  →  lower
/// ```
///
/// A byte-level model starts from bytes, so that it can write anything, valid text or not. A
/// model over characters starts from Unicode scalars and needs an answer for those it does not
/// know; see ``CharacterUnits``.
///
/// - Source: Sennrich, Haddow and Birch,
///   [Neural Machine Translation of Rare Words with Subword Units](https://arxiv.org/abs/1508.07909),
///   2016; over bytes, Radford et al., Language Models are Unsupervised Multitask Learners, 2019,
///   section 2.2.
public struct BytePairModel: TokenModel {
  /// What a piece is cut into before anything merges.
  public enum Units: Hashable, Sendable {
    /// Bytes.
    case bytes
    /// Unicode scalars.
    case characters(CharacterUnits)
  }

  /// One learned merge, by identifiers.
  public struct Merge: Hashable, Sendable {
    /// The token on the left.
    public var left: UInt32
    /// The token on the right.
    public var right: UInt32

    /// Creates a merge.
    public init(left: UInt32, right: UInt32) {
      self.left = left
      self.right = right
    }
  }

  /// The number of tokens, and of merges, that a model may have.
  static let limits = (tokens: 1 << 19, merges: 1 << 20)

  /// The tokens.
  public let vocabulary: Vocabulary
  /// The merges in the order in which they were learned; empty for a model made from ranks.
  public let merges: [Merge]
  /// What a piece is cut into first.
  public let units: Units
  /// Whether a piece that is a token stays whole, even where no merges lead to it.
  public let isWholePieceFirst: Bool
  /// Whether any two tokens merge that make a token, and the lowest identifier merges first.
  public let isRanked: Bool

  let pairs: PairTable
  let unitTable: UnitTable

  init(
    vocabulary: Vocabulary, merges: [Merge], units: Units, isWholePieceFirst: Bool,
    isRanked: Bool, pairs: PairTable
  ) {
    self.vocabulary = vocabulary
    self.merges = merges
    self.units = units
    self.isWholePieceFirst = isWholePieceFirst
    self.isRanked = isRanked
    self.pairs = pairs
    unitTable = UnitTable(units, vocabulary: vocabulary, pairs: pairs)
  }

  /// One more than the highest identifier.
  public var count: Int { vocabulary.count }

  /// Returns the bytes of a token, or `nil` for a hole.
  public func bytes(of id: Int) -> [UInt8]? { vocabulary.bytes(of: id) }

  /// Returns the identifier of a token.
  public func id(of bytes: [UInt8]) -> Int? { vocabulary.id(of: bytes) }

  /// The identifier that stands for units outside the vocabulary.
  public var unknownID: Int? { unitTable.unknown.map(Int.init) }

  /// Whether the tokens are raw bytes.
  public var isByteLevel: Bool {
    switch units {
    case .bytes: true
    case .characters(let characters): characters.areBytes
    }
  }

  /// Whether pieces are cut into bytes and nothing else can come of them.
  var cutsPlainBytes: Bool {
    switch units {
    case .bytes: true
    case .characters(let characters): characters.coverEverything(in: vocabulary)
    }
  }

  /// Makes an encoder for the use of one thread at a time.
  ///
  /// - Parameter reserved: Identifiers of special tokens, which no text may become.
  /// - Returns: An encoder that has seen nothing yet.
  public func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder {
    BytePairEncoder(self, barring: reserved)
  }
}
