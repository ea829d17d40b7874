/// Pairs of scalars that Unicode composes to one, and Hangul, which is composed by arithmetic.
enum Composition {
  private static let pairs: [UInt64: UInt32] = {
    var pairs: [UInt64: UInt32] = [:]
    UnicodeData.forEachMapping(in: UnicodeData.compositions) { composed, parts in
      pairs[UInt64(parts[0]) << 32 | UInt64(parts[1])] = composed
    }
    return pairs
  }()

  private static let (syllables, leads, vowels, tails): (UInt32, UInt32, UInt32, UInt32) =
    (0xAC00, 0x1100, 0x1161, 0x11A7)

  /// Returns what two scalars compose to.
  static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if (leads..<leads + 19).contains(first), (vowels..<vowels + 21).contains(second) {
      return syllables + ((first - leads) * 21 + second - vowels) * 28
    }
    if (syllables..<syllables + 11172).contains(first), (first - syllables) % 28 == 0,
      (tails + 1..<tails + 28).contains(second)
    {
      return first + second - tails
    }
    return pairs[UInt64(first) << 32 | UInt64(second)]
  }

  /// Returns the parts of a Hangul syllable.
  static func hangulParts(of scalar: UInt32) -> [UInt32]? {
    guard (syllables..<syllables + 11172).contains(scalar) else { return nil }
    let index = scalar - syllables
    let parts = [leads + index / 588, vowels + index % 588 / 28]
    return index % 28 == 0 ? parts : parts + [tails + index % 28]
  }
}
