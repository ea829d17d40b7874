/// Byte-pair encoding as SentencePiece does it: over characters, across words, highest score first,
/// leftmost first among equal scores.
///
/// Any two adjacent pieces merge whose concatenation is a piece, whatever was learned. Characters
/// outside the vocabulary are encoded as bytes, or each run of them as one unknown token.
public struct SentencePieceBytePairModel: TokenModel {
  /// The tokens.
  public let vocabulary: Vocabulary
  /// The identifier of the unknown token.
  public let unknownID: Int?
  /// Whether unknown characters are encoded as byte tokens.
  public let hasByteFallback: Bool

  let pairs: PairTable
  /// The symbols of characters: pieces, and above those, characters that occur in pieces only.
  let characters: CharacterSymbols
  /// Pieces that always stay whole.
  let userDefined: DoubleArrayTrie?
  let byteIDs: [UInt32]
  /// Where text may be cut.
  let cuts: CutTable

  /// Creates a model as a SentencePiece model file describes it.
  ///
  /// - Parameters:
  ///   - file: The description.
  ///   - name: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` if the description is damaged, or has unused pieces.
  public init(_ file: SentencePieceFile, name: String) throws(RondoTextError) {
    try file.check(file: name)
    if let unused = file.pieces.first(where: { $0.kind == .unused }) {
      throw .unsupported(
        file: name,
        component: "the piece \(RondoTextError.quoted(unused.bytes)), which is not in use,")
    }
    let vocabulary = try file.vocabulary(file: name)
    self.vocabulary = vocabulary
    unknownID = file.pieces.firstIndex { $0.kind == .unknown }
    hasByteFallback = file.hasByteFallback
    for (id, piece) in file.pieces.enumerated() {
      if let position = UTF8Text.firstInvalidByte(in: piece.bytes) {
        throw .damaged(
          file: name, place: "piece \(id)", problem: "its byte \(position) is not UTF-8")
      }
    }
    let rules = SentencePieceMergeRules(pieces: file.pieces, vocabulary: vocabulary)
    pairs = try rules.pairs(file: name)
    characters = rules.characters
    byteIDs =
      file.hasByteFallback
      ? (0..<256).map { UInt32(vocabulary.id(of: ByteToken.name(of: UInt8($0))) ?? 0) } : []
    let own = file.pieces.indices.filter { file.pieces[$0].kind == .userDefined }
    userDefined = own.isEmpty ? nil : DoubleArrayTrie(vocabulary, ids: own)
    if userDefined == nil, !own.isEmpty { throw DoubleArrayTrie.tooLarge(file: name) }
    cuts = CutTable(
      vocabulary,
      ids: file.pieces.indices.filter {
        file.pieces[$0].kind == .normal || file.pieces[$0].kind == .userDefined
      })
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
    SentencePieceBytePairEncoder(self, barring: reserved)
  }
}
