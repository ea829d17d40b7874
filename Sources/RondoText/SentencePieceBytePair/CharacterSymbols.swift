/// The symbols of a vocabulary's characters, including characters that are not pieces themselves.
struct CharacterSymbols: Sendable {
  /// The symbol of an unknown character; no pair contains it.
  static let unknown = UInt32(PairTable.limit - 1)

  private let pieceCount: Int
  /// The symbols of the characters below U+10000.
  private var low = [UInt32](repeating: unknown, count: 1 << 16)
  private var high: [UInt32: UInt32] = [:]
  /// The characters that are not pieces, in the order of their symbols.
  private var others: [UInt32] = []

  init(pieceCount: Int) { self.pieceCount = pieceCount }

  /// Returns the symbol of a character.
  @inline(__always)
  subscript(scalar: UInt32) -> UInt32 {
    if scalar < 1 << 16 { return low.withUnsafeBufferPointer { $0[Int(scalar)] } }
    return high[scalar] ?? Self.unknown
  }

  /// Gives a character the symbol of its piece.
  mutating func set(_ scalar: UInt32, to symbol: UInt32) {
    if scalar < 1 << 16 { low[Int(scalar)] = symbol } else { high[scalar] = symbol }
  }

  /// Assigns a character that is not a piece a symbol above those of the pieces, unless it has one.
  mutating func add(_ scalar: UInt32) -> UInt32 {
    if self[scalar] == Self.unknown {
      set(scalar, to: UInt32(pieceCount + others.count))
      others.append(scalar)
    }
    return self[scalar]
  }

  /// Returns the character of a symbol that is neither a piece nor unknown.
  func scalar(of symbol: UInt32) -> UInt32 { others[Int(symbol) - pieceCount] }
}
