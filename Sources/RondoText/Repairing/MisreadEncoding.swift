/// An encoding as which UTF-8 text was mistakenly decoded, so that ✓ became `‚úì` or é became `Ã©`.
public enum MisreadEncoding: String, Hashable, Sendable, CaseIterable, Codable {
  /// Mac OS Roman, the Macintosh's encoding of western languages.
  case macRoman
  /// Windows-1252, the encoding of western languages that extends Latin-1.
  case windows1252

  /// The display name.
  public var displayName: String {
    switch self {
    case .macRoman: "Mac Roman"
    case .windows1252: "Windows-1252"
    }
  }

  /// Returns the text as it was before it was misread.
  ///
  /// Only runs of non-ASCII characters whose bytes form whole UTF-8 are changed; all others are
  /// kept, so that text that was never misread is left intact wherever the two can be told apart.
  public func repaired(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var repaired = ""
    forEachRun(of: text) { run, isMisread in
      repaired += isMisread ? String(decoding: bytes(of: run) ?? [], as: UTF8.self) : String(run)
    }
    return repaired
  }

  /// Calls a function with the runs of non-ASCII characters, and those between.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - body: Receives a run and whether it is misread UTF-8.
  func forEachRun(of text: String, _ body: (Substring.UnicodeScalarView, Bool) -> Void) {
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      let isASCII = first.isASCII
      let run = rest.prefix { $0.isASCII == isASCII }
      body(run, !isASCII && isUTF8(run))
      rest = rest[run.endIndex...]
    }
  }

  private func isUTF8(_ run: Substring.UnicodeScalarView) -> Bool {
    bytes(of: run).map { String(validating: $0, as: UTF8.self) != nil } ?? false
  }

  /// The bytes that the encoding decodes to these characters, or `nil` if there are none.
  private func bytes(of run: Substring.UnicodeScalarView) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in run {
      guard let byte = table[scalar] else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private var table: [Unicode.Scalar: UInt8] {
    switch self {
    case .macRoman: Self.macRomanBytes
    case .windows1252: Self.windows1252Bytes
    }
  }

  /// The characters of the bytes from 0x80 on.
  private static let macRomanBytes = bytes(
    of: """
      ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊\
      ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ
      """)

  /// Where Windows has no character, the byte decodes to the control character of Latin-1.
  private static let windows1252Bytes = bytes(
    of: "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ"
      + String(String.UnicodeScalarView((0xA0...0xFF).compactMap(Unicode.Scalar.init(_:)))))

  private static func bytes(of characters: String) -> [Unicode.Scalar: UInt8] {
    Dictionary(
      uniqueKeysWithValues: zip(characters.unicodeScalars, UInt8(0x80)...0xFF).map { ($0, $1) })
  }
}
