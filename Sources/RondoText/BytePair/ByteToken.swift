/// The byte tokens `<0x00>` to `<0xFF>`, which encode characters that a vocabulary lacks.
enum ByteToken {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Returns the spelling of a byte's token.
  static func name(of byte: UInt8) -> [UInt8] {
    Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: ">")]
  }

  /// Returns the byte of a byte token, or `nil` for any other token.
  static func byte(of name: [UInt8]) -> UInt8? {
    guard name.count == 6, name.starts(with: "<0x".utf8), name[5] == UInt8(ascii: ">"),
      let high = digits.firstIndex(of: name[3]), let low = digits.firstIndex(of: name[4])
    else { return nil }
    return UInt8(high << 4 | low)
  }
}
