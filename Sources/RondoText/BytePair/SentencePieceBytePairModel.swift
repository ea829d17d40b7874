/// Byte-pair encoding as SentencePiece does it: over characters, across words, the piece with the
/// highest score first.
///
/// Any two neighbours merge that make a piece, whatever was learned. Characters that no piece holds
/// are written as bytes or as one unknown token for each run of them.
public struct SentencePieceBytePairModel: TokenModel {
  /// The tokens.
  public let vocabulary: Vocabulary
  /// The identifier that stands for text outside the vocabulary.
  public let unknownID: Int?
  /// Whether unknown characters are written as bytes.
  public let hasByteFallback: Bool

  let pairs: PairTable
  /// The symbols of characters: pieces, and above those, characters that occur in pieces only.
  let characters: [[UInt8]: UInt32]
  /// The symbols of the characters below 128.
  let asciiSymbols: [UInt32]
  /// Pieces that always stay whole.
  let userDefined: DoubleArrayTrie?
  let byteIDs: [UInt32]
  /// Whether a space only ever begins a piece, so that text can be cut before every space.
  let splitsBeforeSpaces: Bool

  /// Creates a model as a SentencePiece model file describes it.
  ///
  /// - Parameters:
  ///   - file: The description.
  ///   - name: What an error names.
  /// - Throws: ``RondoTextError`` if the description is damaged, or holds pieces that are out of use
  ///   or have equal scores, about which the order of merging does not say enough.
  public init(_ file: SentencePieceFile, name: String) throws(RondoTextError) {
    guard file.pieces.count < PairTable.limit / 2 else {
      throw .unsupported(file: name, component: "a vocabulary of \(file.pieces.count) pieces")
    }
    if let unused = file.pieces.first(where: { $0.kind == .unused }) {
      throw .unsupported(
        file: name,
        component: "the piece \(BytePairModel.quoted(unused.bytes)), which is not in use,")
    }
    var builder = VocabularyBuilder()
    for (id, piece) in file.pieces.enumerated() where !piece.bytes.isEmpty {
      piece.bytes.withUnsafeBufferPointer { builder.append($0, id: id) }
    }
    guard let vocabulary = builder.build(count: file.pieces.count) else {
      throw .damaged(file: name, place: "the pieces", problem: "one occurs twice")
    }
    self.vocabulary = vocabulary
    unknownID = file.pieces.firstIndex { $0.kind == .unknown }
    hasByteFallback = file.hasByteFallback
    var rules = SentencePieceMergeRules(pieces: file.pieces)
    if let tie = rules.tie {
      throw .unsupported(
        file: name,
        component: "the byte-pair pieces \(BytePairModel.quoted(file.pieces[tie.0].bytes)) and "
          + "\(BytePairModel.quoted(file.pieces[tie.1].bytes)) of equal score")
    }
    pairs = PairTable(rules.merges())
    characters = rules.characters
    asciiSymbols = (0..<128).map { rules.characters[[UInt8($0)]] ?? PairTable.never }
    byteIDs =
      file.hasByteFallback
      ? (0..<256).map { UInt32(vocabulary.id(of: ByteToken.name(of: UInt8($0))) ?? 0) } : []
    let own = file.pieces.indices.filter { file.pieces[$0].kind == .userDefined }
    userDefined = own.isEmpty ? nil : DoubleArrayTrie(own.map { (file.pieces[$0].bytes, $0) })
    splitsBeforeSpaces = file.pieces.allSatisfy {
      $0.kind != .normal && $0.kind != .userDefined || SpaceBoundary.onlyBegins($0.bytes)
    }
  }

  /// One more than the highest identifier.
  public var count: Int { vocabulary.count }

  /// The tokens are text.
  public var isByteLevel: Bool { false }

  /// Returns the bytes of a token.
  public func bytes(of id: Int) -> [UInt8]? { vocabulary.bytes(of: id) }

  /// Returns the identifier of a token.
  public func id(of bytes: [UInt8]) -> Int? { vocabulary.id(of: bytes) }

  /// Makes an encoder for the use of one thread at a time.
  ///
  /// - Parameter reserved: Identifiers of special tokens, which no text may become.
  /// - Returns: An encoder that has seen nothing yet.
  public func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder {
    SentencePieceBytePairEncoder(self, barring: reserved)
  }
}

/// Which symbols merge, worked out from the pieces of a SentencePiece model.
struct SentencePieceMergeRules {
  private let pieces: [SentencePieceFile.Piece]
  /// The pieces of two characters or more, the highest score first.
  private let ranked: [Int]
  private var symbols: [[UInt8]: UInt32] = [:]
  private(set) var characters: [[UInt8]: UInt32] = [:]

  init(pieces: [SentencePieceFile.Piece]) {
    self.pieces = pieces
    let normal = pieces.indices.filter { pieces[$0].kind == .normal }
    for id in normal { symbols[pieces[id].bytes] = UInt32(id) }
    var next = UInt32(pieces.count)
    var long: [Int] = []
    for id in normal {
      let cuts = Self.cuts(pieces[id].bytes)
      if cuts.count > 2 { long.append(id) }
      for (start, end) in zip(cuts, cuts.dropFirst()) {
        let character = Array(pieces[id].bytes[start..<end])
        if symbols[character] == nil {
          symbols[character] = next
          next += 1
        }
        characters[character] = symbols[character]
      }
    }
    ranked = long.sorted { (pieces[$0].score, $1) > (pieces[$1].score, $0) }
  }

  /// The positions between the characters of a piece, both ends included.
  private static func cuts(_ piece: [UInt8]) -> [Int] {
    var cuts = [0]
    while let last = cuts.last, last < piece.count {
      cuts.append(min(last + UTF8Lead.length(piece[last]), piece.count))
    }
    return cuts
  }

  /// Two pieces of the same score, if there are any.
  var tie: (Int, Int)? {
    zip(ranked, ranked.dropFirst()).first { pieces[$0].score == pieces[$1].score }
  }

  /// Returns all ways to make a piece of two symbols.
  mutating func merges() -> [PairTable.Merge] {
    var merges: [PairTable.Merge] = []
    for (rank, id) in ranked.enumerated() {
      let piece = pieces[id].bytes
      for cut in Self.cuts(piece).dropFirst().dropLast() {
        guard let left = symbols[Array(piece[..<cut])], let right = symbols[Array(piece[cut...])]
        else { continue }
        merges.append(
          PairTable.Merge(left: left, right: right, rank: UInt32(rank), merged: UInt32(id)))
      }
    }
    return merges
  }
}
