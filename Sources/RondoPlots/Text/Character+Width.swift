extension Character {
  /// The number of columns that the character occupies in a terminal: 0, 1 or 2.
  var columnCount: Int {
    var widest = 0
    for scalar in unicodeScalars { widest = max(widest, scalar.columnCount) }
    let isEmoji = unicodeScalars.dropFirst().contains { $0 == "\u{FE0F}" || $0 == "\u{20E3}" }
    return isEmoji ? 2 : widest
  }

  /// The width of the character on a page, in units of the font size.
  ///
  /// An estimate from common sans-serif fonts that errs on the wide side, so that text that fits by
  /// this estimate fits in any of them.
  var emWidth: Double {
    guard columnCount == 1 else { return columnCount == 2 ? 1.05 : 0 }
    switch self {
    case "i", "j", "l", "I", "'", "|", "!", ".", ",", ":", ";", "’": return 0.32
    case " ", "f", "t", "r", "(", ")", "[", "]", "-", "/", "\"", "·": return 0.41
    case "m", "w", "M", "W", "@", "%", "…", "—": return 0.96
    case "A"..."Z", "&": return 0.7
    case "→", "←", "↑", "↓", "␣", "+", "=", "<", ">", "~", "−": return 0.84
    default: return 0.61
    }
  }
}

extension String {
  /// The number of columns that the text occupies in a terminal.
  var columnCount: Int { reduce(0) { $0 + $1.columnCount } }

  /// The estimated width of the text on a page at a font size.
  func width(atSize size: Double) -> Double { size * reduce(0) { $0 + $1.emWidth } }

  /// Whether the text contains letters written from right to left.
  var isRightToLeft: Bool {
    unicodeScalars.contains {
      switch $0.value {
      case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EEFF:
        true
      default: false
      }
    }
  }
}

extension Unicode.Scalar {
  /// The number of columns of the scalar in a terminal, by East Asian width and emoji.
  fileprivate var columnCount: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return self == "\u{AD}" ? 1 : 0
    default: break
    }
    if properties.isEmojiPresentation { return 2 }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      return 2
    case 0x1160...0x11FF: return 0  // vowels and finals that join the syllable before them
    default: return 1
    }
  }
}
