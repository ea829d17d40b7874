/// The first symbols of a piece that is split into bytes.
struct ByteUnitTable: Sendable {
  /// The symbol of each byte, or ``PairTable/never``.
  private let symbols: [UInt32]
  /// The ranks of all pairs of bytes, by the first and then the second, which saves most lookups in
  /// the table of pairs; empty unless every byte has a symbol.
  private let ranks: [UInt32]

  /// Whether every byte has a symbol, so that the bytes of the tokens are those of the piece.
  var isExact: Bool { !ranks.isEmpty }

  init(vocabulary: Vocabulary, pairs: PairTable, barring barred: Set<Int>) {
    symbols = (0..<256).map { byte in
      guard let id = vocabulary.id(of: [UInt8(byte)]), !barred.contains(id) else {
        return PairTable.never
      }
      return UInt32(id)
    }
    if symbols.contains(PairTable.never) {
      ranks = []
    } else {
      var ranks = [UInt32](repeating: 0, count: 1 << 16)
      for first in 0..<256 {
        for second in 0..<256 {
          ranks[first << 8 | second] = pairs.rank(symbols[first], symbols[second])
        }
      }
      self.ranks = ranks
    }
  }

  /// Writes the symbols of a piece and, if the table is exact, the ranks of their pairs; bytes
  /// without a symbol are dropped.
  func cut(_ piece: UnsafeBufferPointer<UInt8>, into merger: BytePairMerger) -> Int {
    merger.reserve(piece.count)
    guard isExact, let bytes = piece.baseAddress else { return cutKnown(piece, into: merger) }
    let (targets, targetRanks) = (merger.symbols, merger.ranks)
    symbols.withUnsafeBufferPointer { symbols in
      ranks.withUnsafeBufferPointer { ranks in
        var byte = Int(bytes[0])
        for i in 0..<piece.count &- 1 {
          targets[i] = symbols[byte]
          let next = Int(bytes[i &+ 1])
          targetRanks[i] = ranks[byte &<< 8 | next]
          byte = next
        }
        targets[piece.count &- 1] = symbols[byte]
      }
    }
    return piece.count
  }

  private func cutKnown(_ piece: UnsafeBufferPointer<UInt8>, into merger: BytePairMerger) -> Int {
    var count = 0
    for (i, byte) in piece.enumerated() where symbols[Int(byte)] != PairTable.never {
      merger.symbols[count] = symbols[Int(byte)]
      merger.starts[count] = UInt32(truncatingIfNeeded: i)
      count += 1
    }
    return count
  }
}
