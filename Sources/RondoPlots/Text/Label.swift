/// Untrusted text, made safe to show: a token, a name, a title.
///
/// Tokens may contain anything, from line feeds to escape sequences that would recolour a terminal.
/// Control characters become their visible symbols, spaces at an edge become `␣`, and combining
/// marks without a base letter get a dotted circle.
struct Label: Sendable {
  /// The text as it is shown, without anything that could affect a page or a terminal.
  let text: String

  init(_ original: String) {
    var scalars = String.UnicodeScalarView()
    if original.unicodeScalars.first?.isMark == true { scalars.append("◌") }
    let last = original.unicodeScalars.count - 1
    for (place, scalar) in original.unicodeScalars.enumerated() {
      let isEdge = place == 0 || place == last
      scalars.append(isEdge && scalar == " " ? "␣" : scalar.shown)
    }
    text = String(scalars)
  }

  /// The label cut to a width, measured by a function, with an ellipsis at its end.
  func cut(to width: Double, measuredBy measure: (Character) -> Double) -> String {
    if text.reduce(0, { $0 + measure($1) }) <= width { return text }
    let room = width - measure("…")
    var (used, kept) = (0.0, "")
    for character in text {
      used += measure(character)
      if used > room { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

extension Unicode.Scalar {
  fileprivate var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// The scalar, or a visible symbol where it would have an effect instead of showing.
  fileprivate var shown: Unicode.Scalar {
    switch value {
    case 0..<0x20: Unicode.Scalar(value + 0x2400) ?? "\u{FFFD}"
    case 0x7F: "␡"
    case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: "\u{FFFD}"
    case 0x2028, 0x2029: "␤"
    default: value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : self
    }
  }
}
