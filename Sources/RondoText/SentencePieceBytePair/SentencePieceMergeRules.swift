/// The merges of symbols that the pieces of a SentencePiece model imply.
struct SentencePieceMergeRules {
  private let pieces: [SentencePieceFile.Piece]
  /// The pieces of two characters or more, the highest score first.
  private let ranked: [Int]
  private let vocabulary: Vocabulary
  private(set) var characters: CharacterSymbols

  /// Examines the pieces, which must be valid UTF-8 and form the vocabulary.
  init(pieces: [SentencePieceFile.Piece], vocabulary: Vocabulary) {
    self.pieces = pieces
    self.vocabulary = vocabulary
    characters = CharacterSymbols(pieceCount: pieces.count)
    let normal = pieces.indices.filter { pieces[$0].kind == .normal }
    var long: [Int] = []
    for id in normal {
      let scalars = String(decoding: pieces[id].bytes, as: UTF8.self).unicodeScalars
      if let only = scalars.first, scalars.count == 1 {
        characters.set(only.value, to: UInt32(id))
      } else {
        long.append(id)
      }
    }
    for id in long {
      for scalar in String(decoding: pieces[id].bytes, as: UTF8.self).unicodeScalars {
        _ = characters.add(scalar.value)
      }
    }
    // Minus zero, which trained models give their first piece, is below zero, as in SentencePiece
    // 0.2.3.
    ranked = long.sorted { !pieces[$0].score.isTotallyOrdered(belowOrEqualTo: pieces[$1].score) }
  }

  /// Returns all ways to make a piece of two symbols; pieces of the same score share a rank, so
  /// that the leftmost pair merges first.
  ///
  /// - Parameter file: The name of the file in error messages.
  /// - Returns: The pairs.
  /// - Throws: ``RondoTextError`` if a piece is too long, or there are too many ways.
  func pairs(file: String) throws(RondoTextError) -> PairTable {
    var ways = GrowingMemory<PairTable.Way>()
    var tiedWays = GrowingMemory<PairTable.Way>()
    /// The piece of each rank, `nil` where there are several.
    var merged: [UInt32?] = []
    for (place, id) in ranked.enumerated() {
      if let problem = PairTable.problem(adding: pieces[id].bytes.count, to: ways.count) {
        throw .damaged(file: file, place: "piece \(id)", problem: problem)
      }
      let isFirst = place == 0 || !isTie(place - 1, place)
      let isTied = !isFirst || place + 1 < ranked.count && isTie(place, place + 1)
      if isFirst { merged.append(isTied ? nil : UInt32(id)) }
      pieces[id].bytes.withUnsafeBufferPointer { piece in
        for cut in 1..<piece.count where piece[cut] & 0xC0 != 0x80 {
          guard let left = symbol(of: UnsafeBufferPointer(rebasing: piece[..<cut])),
            let right = symbol(of: UnsafeBufferPointer(rebasing: piece[cut...]))
          else { continue }
          ways.append(PairTable.Way(left, right, rank: UInt32(merged.count - 1)))
          if isTied { tiedWays.append(PairTable.Way(left, right, rank: UInt32(id))) }
        }
      }
    }
    let ties = tiedWays.count == 0 ? nil : PairTable(tiedWays, rankCount: pieces.count) { $0 }
    return PairTable(ways, rankCount: merged.count, ties: ties) { merged[Int($0)] }
  }

  /// Whether two of the ranked pieces have the same score.
  private func isTie(_ first: Int, _ second: Int) -> Bool {
    pieces[ranked[first]].score.bitPattern == pieces[ranked[second]].score.bitPattern
  }

  /// Returns the symbol of a piece, or of a character that occurs in pieces only.
  private func symbol(of bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let first = UTF8Text.decode(bytes, at: 0)
    if first.count == bytes.count { return characters[first.scalar] }
    guard let id = vocabulary.id(of: bytes), pieces[id].kind == .normal else { return nil }
    return UInt32(id)
  }
}
