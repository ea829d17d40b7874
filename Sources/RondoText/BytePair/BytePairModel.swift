/// Byte-pair encoding: starts from small units and repeatedly merges the pair that was learned
/// earliest, until no learned pair is left.
///
/// ```text
/// lower:  l o w e r  →  l o w er  →  lo w er  →  low er  →  lower
/// ```
///
/// A byte-level model starts from bytes, so that it can encode anything, valid text or not. A model
/// over characters starts from Unicode scalars and needs a way to encode unknown ones; see
/// ``CharacterUnits``.
///
/// - Source: Sennrich, Haddow and Birch,
///   [Neural Machine Translation of Rare Words with Subword Units](https://arxiv.org/abs/1508.07909),
///   2016; over bytes, Radford et al., Language Models are Unsupervised Multitask Learners, 2019,
///   section 2.2.
public struct BytePairModel: TokenModel {
  /// The units into which a piece is split before any merge.
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

  /// The maximum numbers of tokens and of merges of a model.
  static let limits = (tokens: 1 << 19, merges: 1 << 20)

  /// The tokens.
  public let vocabulary: Vocabulary
  /// The merges in the order in which they were learned; empty for a model made from ranks.
  public let merges: [Merge]
  /// The units into which a piece is split first.
  public let units: Units
  /// Whether a piece that is a token is never split, even where no merges lead to it.
  public let isWholePieceFirst: Bool
  /// Whether any two tokens merge whose concatenation is a token, lowest identifier first.
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

  /// The vocabulary size, which is one more than the highest identifier.
  public var count: Int { vocabulary.count }

  /// Returns the bytes of a token, or `nil` for an unused identifier.
  public func bytes(of id: Int) -> [UInt8]? { vocabulary.bytes(of: id) }

  /// Returns the identifier of a token.
  public func id(of bytes: [UInt8]) -> Int? { vocabulary.id(of: bytes) }

  /// The identifier of the unknown token.
  public var unknownID: Int? { unitTable.unknown.map(Int.init) }

  /// Whether the tokens are raw bytes.
  public var isByteLevel: Bool {
    switch units {
    case .bytes: true
    case .characters(let characters): characters.areBytes
    }
  }

  /// Whether pieces are split into bytes, all of which have tokens.
  var cutsPlainBytes: Bool {
    switch units {
    case .bytes: true
    case .characters(let characters): characters.coverEverything(in: vocabulary)
    }
  }

  /// Creates an encoder, which one thread at a time may use.
  ///
  /// - Parameter reserved: Identifiers of special tokens, which text must not produce.
  /// - Returns: A new encoder.
  public func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder {
    BytePairEncoder(self, barring: reserved)
  }
}
