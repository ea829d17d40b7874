/// UTF-8, byte by byte.
enum UTF8Text {
  /// A scalar and the number of bytes it takes; an invalid byte counts as U+FFFD of one byte.
  struct Decoded {
    let scalar: UInt32
    let count: Int
    let isValid: Bool
  }

  /// Decodes the scalar at a position; up to four bytes are examined, never past the end.
  @inline(__always)
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Decoded {
    let lead = UInt32(bytes[position])
    if lead < 0x80 { return Decoded(scalar: lead, count: 1, isValid: true) }
    return decodeBeyondASCII(bytes, at: position, lead: lead)
  }

  private static func decodeBeyondASCII(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int, lead: UInt32
  ) -> Decoded {
    let invalid = Decoded(scalar: 0xFFFD, count: 1, isValid: false)
    /// The six payload bits of a continuation byte; more for any other byte.
    func tail(_ distance: Int) -> UInt32 { UInt32(bytes[position &+ distance]) ^ 0x80 }
    let left = bytes.count &- position
    if lead < 0xE0 {
      guard lead >= 0xC2, left >= 2, tail(1) < 0x40 else { return invalid }
      return Decoded(scalar: (lead & 0x1F) &<< 6 | tail(1), count: 2, isValid: true)
    }
    if lead < 0xF0 {
      guard left >= 3, tail(1) | tail(2) < 0x40 else { return invalid }
      let scalar = (lead & 0x0F) &<< 12 | tail(1) &<< 6 | tail(2)
      guard scalar >= 0x800, scalar &>> 11 != 0x1B else { return invalid }  // No surrogates.
      return Decoded(scalar: scalar, count: 3, isValid: true)
    }
    guard lead < 0xF5, left >= 4, tail(1) | tail(2) | tail(3) < 0x40 else { return invalid }
    let scalar = (lead & 0x07) &<< 18 | tail(1) &<< 12 | tail(2) &<< 6 | tail(3)
    guard scalar >= 0x10000, scalar <= 0x10FFFF else { return invalid }
    return Decoded(scalar: scalar, count: 4, isValid: true)
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

  /// Appends a scalar.
  @inline(__always)
  static func append(_ scalar: UInt32, to bytes: inout GrowingMemory<UInt8>) {
    bytes.reserve(4)
    let target = bytes.base + bytes.count
    if scalar < 0x80 {
      target[0] = UInt8(truncatingIfNeeded: scalar)
      bytes.advance(by: 1)
      return
    }
    let last = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    let middle = UInt8(truncatingIfNeeded: 0x80 | scalar &>> 6 & 0x3F)
    if scalar < 0x800 {
      (target[0], target[1]) = (UInt8(truncatingIfNeeded: 0xC0 | scalar &>> 6), last)
      bytes.advance(by: 2)
    } else if scalar < 0x10000 {
      target[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar &>> 12)
      (target[1], target[2]) = (middle, last)
      bytes.advance(by: 3)
    } else {
      target[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar &>> 18)
      target[1] = UInt8(truncatingIfNeeded: 0x80 | scalar &>> 12 & 0x3F)
      (target[2], target[3]) = (middle, last)
      bytes.advance(by: 4)
    }
  }

  /// Calls `body` with each scalar of a text.
  static func forEachScalar(of text: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
    var position = 0
    while position < text.count {
      let decoded = decode(text, at: position)
      body(decoded.scalar)
      position += decoded.count
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
      if i &+ 8 <= bytes.count {
        let beyondASCII = ByteHash.load(base + i) & 0x8080_8080_8080_8080
        i &+= beyondASCII.trailingZeroBitCount &>> 3  // Eight if there is none.
        if beyondASCII == 0 { continue }
      }
      let lead = base[i]
      if lead < 0x80 {
        i &+= 1
      } else if lead < 0xE0, lead >= 0xC2, i &+ 1 < bytes.count, base[i &+ 1] & 0xC0 == 0x80 {
        i &+= 2
      } else {
        let decoded = decode(bytes, at: i)
        if !decoded.isValid { return i }
        i &+= decoded.count
      }
    }
    return nil
  }
}
