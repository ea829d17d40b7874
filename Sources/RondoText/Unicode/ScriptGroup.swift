/// Groups of characters that may share a piece of a vocabulary, by SentencePiece's script rules.
///
/// Kana belong with the Chinese characters, and scripts that are not listed are distinguished by
/// their blocks. Categories are those of the generated tables, so that a vocabulary never depends
/// on the Unicode version of the program's runtime.
enum ScriptGroup {
  /// The group that combines with all others: spaces and marks.
  static let any: UInt32 = 0
  /// The group of all other characters that are not letters.
  static let sign: UInt32 = 1

  /// Returns the group of a scalar.
  static func of(_ scalar: UInt32) -> UInt32 {
    if scalar == 0x2581 { return any }
    let properties = ScalarProperties(of: scalar)
    if properties.isMark { return any }
    guard properties.isLetter else { return sign }
    switch scalar {
    case 0..<0x250, 0x1E00..<0x1F00, 0xFF21..<0xFF5B: return 2
    case 0x370..<0x400, 0x1F00..<0x2000: return 3
    case 0x400..<0x530, 0x1C80..<0x1C90: return 4
    case 0x600..<0x700, 0x750..<0x780, 0x8A0..<0x900, 0xFB50..<0xFE00, 0xFE70..<0xFF00: return 5
    case 0x1100..<0x1200, 0x3130..<0x3190, 0xAC00..<0xD7B0: return 6
    case 0x3005..<0x3130, 0x31F0..<0x3200, 0x3400..<0xA000, 0xF900..<0xFB00, 0xFF66..<0xFFA0,
      0x20000..<0x32000:
      return 7
    default: return 8 + scalar / 128
    }
  }
}
