import RondoText

/// How tokens are shown to a person.
enum PieceText {
  /// Returns the text of bytes, where everything that would act instead of showing is escaped:
  /// control characters, spaces at the ends as `␣`, bytes that are no text as `\xE2`.
  static func escaped(_ bytes: [UInt8]) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return bytes.map { byte in
        (0x21..<0x7F).contains(byte)
          ? String(UnicodeScalar(byte)) : "\\x" + hexadecimal(UInt32(byte), digits: 2)
      }.joined()
    }
    let scalars = Array(text.unicodeScalars)
    return scalars.enumerated().map { place, scalar in
      let isEdge = place == 0 || place == scalars.count - 1
      return isEdge && scalar == " " ? "␣" : escaped(scalar)
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
