/// Splits a piece into its first symbols.
enum UnitTable: Sendable {
  case bytes(ByteUnitTable)
  case characters(CharacterUnitTable)

  init(
    _ units: BytePairModel.Units, vocabulary: Vocabulary, pairs: PairTable,
    barring barred: Set<Int> = []
  ) {
    switch units {
    case .bytes:
      self = .bytes(ByteUnitTable(vocabulary: vocabulary, pairs: pairs, barring: barred))
    case .characters(let units):
      if units.areBytes, units.continuingPrefix.isEmpty, units.endSuffix.isEmpty {
        let table = ByteUnitTable(vocabulary: vocabulary, pairs: pairs, barring: barred)
        if table.isExact {
          self = .bytes(table)
          return
        }
      }
      self = .characters(CharacterUnitTable(units, vocabulary: vocabulary, barring: barred))
    }
  }

  /// Whether the bytes of the tokens are those of the piece.
  var isExact: Bool {
    switch self {
    case .bytes(let table): table.isExact
    case .characters: false
    }
  }

  /// The symbol of an unknown unit.
  var unknown: UInt32? {
    switch self {
    case .bytes: nil
    case .characters(let table): table.unknown
    }
  }

  /// Writes the symbols of a piece, the ranks of their pairs if ``isExact``, and if not, where
  /// each begins; returns how many.
  @inline(__always)
  func cut(_ piece: UnsafeBufferPointer<UInt8>, into merger: BytePairMerger) -> Int {
    switch self {
    case .bytes(let table): table.cut(piece, into: merger)
    case .characters(let table): table.cut(piece, into: merger)
    }
  }
}
