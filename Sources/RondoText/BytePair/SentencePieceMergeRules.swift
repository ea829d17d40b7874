/// Which symbols merge, worked out from the pieces of a SentencePiece model.
struct SentencePieceMergeRules {
  private let pieces: [SentencePieceFile.Piece]
  /// The pieces of two characters or more, the highest score first.
  private let ranked: [Int]
  private var symbols: [[UInt8]: UInt32] = [:]
  private(set) var characters: CharacterSymbols

  /// Looks through the pieces, which must be valid UTF-8.
  init(pieces: [SentencePieceFile.Piece]) {
    self.pieces = pieces
    characters = CharacterSymbols(pieceCount: pieces.count)
    let normal = pieces.indices.filter { pieces[$0].kind == .normal }
    var long: [Int] = []
    for id in normal {
      symbols[pieces[id].bytes] = UInt32(id)
      let scalars = String(decoding: pieces[id].bytes, as: UTF8.self).unicodeScalars
      if let only = scalars.first, scalars.count == 1 {
        characters.set(only.value, to: UInt32(id))
      } else {
        long.append(id)
      }
    }
    for id in long {
      for scalar in String(decoding: pieces[id].bytes, as: UTF8.self).unicodeScalars {
        symbols[Array(String(scalar).utf8)] = characters.add(scalar.value)
      }
    }
    ranked = long.sorted { (pieces[$0].score, $1) > (pieces[$1].score, $0) }
  }

  /// Two pieces of the same score, if there are any.
  var tie: (Int, Int)? {
    zip(ranked, ranked.dropFirst()).first { pieces[$0].score == pieces[$1].score }
  }

  /// Returns all ways to make a piece of two symbols.
  func merges() -> [PairTable.Merge] {
    var merges: [PairTable.Merge] = []
    for (rank, id) in ranked.enumerated() {
      let piece = pieces[id].bytes
      for cut in 1..<piece.count where piece[cut] & 0xC0 != 0x80 {
        guard let left = symbols[Array(piece[..<cut])], let right = symbols[Array(piece[cut...])]
        else { continue }
        merges.append(
          PairTable.Merge(left: left, right: right, rank: UInt32(rank), merged: UInt32(id)))
      }
    }
    return merges
  }
}
