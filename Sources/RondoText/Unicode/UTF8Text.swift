/// UTF-8, byte by byte.
enum UTF8Text {
  /// A scalar and the number of bytes it takes; an invalid byte counts as U+FFFD of one byte.
  struct Decoded {
    let scalar: UInt32
    let count: Int
    let isValid: Bool
  }

  /// Decodes the scalar at a position; up to four bytes are examined, never past the end.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Decoded {
    let lead = UInt32(bytes[position])
    if lead < 0x80 { return Decoded(scalar: lead, count: 1, isValid: true) }
    let invalid = Decoded(scalar: 0xFFFD, count: 1, isValid: false)
    let count = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
    guard count > 0, position + count <= bytes.count else { return invalid }
    var scalar = lead & (0x7F >> UInt32(count))
    for i in 1..<count {
      let byte = UInt32(bytes[position + i])
      guard byte & 0xC0 == 0x80 else { return invalid }
      scalar = scalar << 6 | byte & 0x3F
    }
    let isShortest = count == 2 || (count == 3 ? scalar >= 0x800 : scalar >= 0x10000)
    guard isShortest, scalar <= 0x10FFFF, !(0xD800..<0xE000).contains(scalar) else {
      return invalid
    }
    return Decoded(scalar: scalar, count: count, isValid: true)
  }

  /// Appends a scalar.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    if scalar < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: scalar))
    } else if scalar < 0x800 {
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else if scalar < 0x10000 {
      bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    } else {
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
  }

  /// Returns the position of the first byte that is not part of valid UTF-8.
  static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { firstInvalidByte(in: $0) }
  }

  /// Returns the position of the first byte that is not UTF-8.
  static func firstInvalidByte(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var i = 0
    while i < bytes.count {
      if i &+ 8 <= bytes.count, ByteHash.load(base + i) & 0x8080_8080_8080_8080 == 0 {
        i &+= 8
      } else if base[i] < 0x80 {
        i &+= 1
      } else {
        let decoded = decode(bytes, at: i)
        if !decoded.isValid { return i }
        i &+= decoded.count
      }
    }
    return nil
  }
}
