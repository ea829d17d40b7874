/// The unigram language model, which encodes a text as its most probable segmentation into pieces.
///
/// ```text
/// p(x) = Πᵢ p(xᵢ)        probability of a segmentation x₁ x₂ …
/// x* = argmax p(x)     found by the Viterbi algorithm, from left to right
/// ```
///
/// An unknown character scores ten below the least probable piece. It becomes the unknown token, or
/// nothing if there is none, where Hugging Face's library raises an error.
///
/// - Source: Kudo, [Subword Regularization](https://arxiv.org/abs/1804.10959), 2018, section 3.
public struct UnigramModel: TokenModel {
  /// A piece and its log-probability.
  public struct Piece: Hashable, Sendable {
    /// The bytes, with U+2581 for a space.
    public var bytes: [UInt8]
    /// The log-probability.
    public var score: Double

    /// Creates a piece.
    public init(_ bytes: [UInt8], score: Double) {
      self.bytes = bytes
      self.score = score
    }
  }

  /// The arithmetic that decides between segmentations of nearly equal probability: the two
  /// libraries differ in about one of a thousand tokens, and each file is read with its own
  /// library's.
  public enum Arithmetic: Hashable, Sendable {
    /// Sums in single precision along the whole text.
    case sentencePiece
    /// Sums in double precision.
    case huggingFace
  }

  /// The tokens.
  public let vocabulary: Vocabulary
  /// The log-probability of each token.
  public let scores: [Double]
  /// The arithmetic to use.
  public let arithmetic: Arithmetic
  /// The identifier of the unknown token.
  public let unknownID: Int?
  /// Whether adjacent unknown characters are fused into one token.
  public let mergesUnknown: Bool
  /// Whether unknown characters are encoded as byte tokens where the vocabulary has them.
  public let hasByteFallback: Bool

  /// The pieces that text may produce.
  let trie: DoubleArrayTrie
  /// What a piece adds to the score of a segmentation, by identifier.
  let costs: [Double]
  let unknownCost: Double
  /// The identifiers of the bytes' tokens, or -1.
  let byteIDs: [Int32]
  /// Where text may be cut.
  let cuts: CutTable

  init(
    vocabulary: Vocabulary, scores: [Double], arithmetic: Arithmetic, unknownID: Int?,
    mergesUnknown: Bool, hasByteFallback: Bool, textIDs: some Collection<Int>,
    userDefined: [Int] = [], file: String
  ) throws(RondoTextError) {
    self.vocabulary = vocabulary
    self.scores = scores
    self.arithmetic = arithmetic
    self.unknownID = unknownID
    self.mergesUnknown = mergesUnknown
    self.hasByteFallback = hasByteFallback
    guard let trie = DoubleArrayTrie(vocabulary, ids: textIDs) else {
      throw DoubleArrayTrie.tooLarge(file: file)
    }
    self.trie = trie
    cuts = CutTable(vocabulary, ids: textIDs)
    var costs = scores
    for id in userDefined { costs[id] = .infinity }
    let lowest = textIDs.lazy.map { costs[$0] }.min() ?? 0
    // A user-defined piece costs nothing, so that it is nearly always chosen.
    for id in userDefined { costs[id] = 0 }
    self.costs = costs
    unknownCost = Self.unknownCost(lowest == .infinity ? 0 : lowest, arithmetic)
    byteIDs =
      hasByteFallback
      ? (0..<256).map { vocabulary.id(of: ByteToken.name(of: UInt8($0))).map(Int32.init) ?? -1 }
      : [Int32](repeating: -1, count: 256)
  }

  private static func unknownCost(_ lowest: Double, _ arithmetic: Arithmetic) -> Double {
    arithmetic == .sentencePiece ? Double(Float(lowest) - 10) : lowest - 10
  }

  /// The vocabulary size, which is one more than the highest identifier.
  public var count: Int { vocabulary.count }

  /// False: the tokens are text.
  public var isByteLevel: Bool { false }
  /// True: an encoding shows unknown text itself.
  public var showsUnknownText: Bool { true }

  /// Returns the bytes of a token.
  public func bytes(of id: Int) -> [UInt8]? { vocabulary.bytes(of: id) }

  /// Returns the identifier of a token.
  public func id(of bytes: [UInt8]) -> Int? { vocabulary.id(of: bytes) }

  /// Creates an encoder, which one thread at a time may use.
  ///
  /// - Parameter reserved: Identifiers of special tokens, which text must not produce.
  /// - Returns: A new encoder.
  public func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder {
    UnigramEncoder(self, barring: reserved)
  }
}

extension UnigramModel {
  /// Creates a model as a `tokenizer.json` of Hugging Face's library describes it.
  ///
  /// - Parameters:
  ///   - pieces: The pieces; their indices are their identifiers.
  ///   - unknownID: The identifier of the unknown token.
  ///   - hasByteFallback: Whether unknown characters are encoded as byte tokens.
  ///   - file: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` if a piece is empty or occurs twice, a score is not a number, or
  ///   the unknown token does not exist.
  public init(
    pieces: [Piece], unknownID: Int?, hasByteFallback: Bool = false, file: String = "the model"
  ) throws(RondoTextError) {
    if let unknownID, !pieces.indices.contains(unknownID) {
      throw .damaged(
        file: file, place: "unk_id",
        problem: "there are \(pieces.count) pieces and none \(unknownID)")
    }
    try self.init(
      vocabulary: try Self.vocabulary(of: pieces, file: file),
      scores: pieces.map(\.score), arithmetic: .huggingFace, unknownID: unknownID,
      mergesUnknown: true, hasByteFallback: hasByteFallback, textIDs: pieces.indices, file: file)
  }

  /// Creates a model as a SentencePiece model file describes it.
  ///
  /// - Parameters:
  ///   - file: The description.
  ///   - name: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` if the description is damaged.
  public init(_ file: SentencePieceFile, name: String) throws(RondoTextError) {
    try file.check(file: name)
    func ids(_ kinds: Set<SentencePieceFile.Kind>) -> [Int] {
      file.pieces.indices.filter { kinds.contains(file.pieces[$0].kind) }
    }
    guard !ids([.normal, .userDefined]).isEmpty else {
      throw .damaged(file: name, place: "the pieces", problem: "none stands for text")
    }
    try self.init(
      vocabulary: try file.vocabulary(file: name), scores: file.pieces.map { Double($0.score) },
      arithmetic: .sentencePiece, unknownID: ids([.unknown]).first, mergesUnknown: true,
      hasByteFallback: file.hasByteFallback, textIDs: ids([.normal, .userDefined]),
      userDefined: ids([.userDefined]), file: name)
  }

  private static func vocabulary(
    of pieces: [Piece], file: String
  ) throws(RondoTextError) -> Vocabulary {
    var builder = VocabularyBuilder()
    for (id, piece) in pieces.enumerated() {
      guard !piece.bytes.isEmpty, piece.score.isFinite else {
        throw .damaged(
          file: file, place: "piece \(id)", problem: "it is empty, or its score is not finite")
      }
      piece.bytes.withUnsafeBufferPointer { builder.append($0, id: id) }
    }
    return try builder.build(ofPiecesIn: file)
  }
}
