import RondoText

/// How tokens are shown to a person.
enum PieceText {
  /// Returns the pieces that a tokenizer cuts a text into, as they are shown.
  static func pieces(of text: String, with tokenizer: Tokenizer) -> [String] {
    tokenizer.encode(text).map { escaped(tokenizer.bytes(of: $0) ?? []) }
  }

  /// Returns bytes as text in which everything that would have an effect instead of showing is
  /// escaped: control characters, spaces at the ends and in runs as `␣`, invalid bytes as `\xE2`.
  static func escaped(_ bytes: [UInt8]) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return bytes.map { byte in
        (0x21..<0x7F).contains(byte)
          ? String(UnicodeScalar(byte)) : "\\x" + hexadecimal(UInt32(byte), digits: 2)
      }.joined()
    }
    let scalars = Array(text.unicodeScalars)
    return scalars.enumerated().map { place, scalar in
      let isInside = place > 0 && place < scalars.count - 1
      let isAlone = isInside && scalars[place - 1] != " " && scalars[place + 1] != " "
      return scalar == " " && !isAlone ? "␣" : escaped(scalar)
    }.joined()
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    case "\\": "\\\\"
    default:
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
        "\\u{\(hexadecimal(scalar.value, digits: 1))}"
      case .format where scalar != "\u{200D}": "\\u{\(hexadecimal(scalar.value, digits: 1))}"
      default: String(scalar)
      }
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
