import RondoText

/// Writes an encoding as one line of JSON, member by member, which is many times faster than a
/// general encoder.
struct EncodingLine {
  private(set) var bytes: [UInt8] = []

  /// Writes an encoding, and what overflows from it.
  init(_ encoding: Encoding) { write(encoding) }

  private mutating func write(_ encoding: Encoding) {
    bytes.append(UInt8(ascii: "{"))
    member("ids", encoding.ids) { $0.write($1) }
    member("pieces", encoding.pieces) { $0.write($1) }
    member("byteOffsets", encoding.byteOffsets) { $0.write($1) }
    member("scalarOffsets", encoding.scalarOffsets) { $0.write($1) }
    member("typeIDs", encoding.typeIDs) { $0.write($1) }
    member("attentionMask", encoding.attentionMask) { $0.write($1) }
    member("specialTokensMask", encoding.specialTokensMask) { $0.write($1) }
    member("wordIndices", encoding.wordIndices) { line, word in
      if let word { line.write(word) } else { line.bytes += "null".utf8 }
    }
    if !encoding.overflowing.isEmpty {
      member("overflowing", encoding.overflowing) { $0.write($1) }
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func member<Element>(
    _ key: StaticString, _ values: [Element], _ write: (inout EncodingLine, Element) -> Void
  ) {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    bytes += "\"\(key)\":[".utf8
    for (place, value) in values.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      write(&self, value)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ number: Int) { bytes.append(decimal: number) }

  private mutating func write(_ range: Range<Int>) {
    bytes.append(UInt8(ascii: "["))
    write(range.lowerBound)
    bytes.append(UInt8(ascii: ","))
    write(range.upperBound)
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += ("\\u00" + (digits.utf8.count == 1 ? "0" : "") + digits).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension [UInt8] {
  /// Appends a number in decimal digits.
  mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let magnitude = number.magnitude
    if magnitude >= 10 { append(decimal: Int(magnitude / 10)) }
    append(UInt8(ascii: "0") + UInt8(magnitude % 10))
  }
}
