/// The printable characters that stand for the 256 bytes in files of byte-level models.
///
/// Bytes that are printable in Latin-1 stand for themselves; the others take the characters from
/// U+0100 on, so that a space is "Ġ" and a line feed "Ċ".
///
/// - Source: Radford et al., Language Models are Unsupervised Multitask Learners, 2019, and the
///   code that was released with it.
enum ByteAlphabet {
  private static let tables: (scalars: [UInt32], values: [Int16]) = {
    var scalars = [UInt32](repeating: 0, count: 256)
    var next: UInt32 = 0x100
    for byte in 0..<256 {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: scalars[byte] = UInt32(byte)
      default:
        scalars[byte] = next
        next += 1
      }
    }
    var values = [Int16](repeating: -1, count: Int(next))
    for (byte, scalar) in scalars.enumerated() { values[Int(scalar)] = Int16(byte) }
    return (scalars, values)
  }()

  /// The scalar that stands for each byte.
  static var scalars: [UInt32] { tables.scalars }

  /// Returns the spelling of bytes in files.
  static func spelling(of bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes { UTF8Text.append(tables.scalars[Int(byte)], to: &text) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the bytes of a spelling in UTF-8; `false` if a character of it stands for no byte.
  static func append(
    spelling: UnsafeBufferPointer<UInt8>, to bytes: inout GrowingMemory<UInt8>
  ) -> Bool {
    bytes.reserve(spelling.count)
    let target = bytes.base + bytes.count
    let written = tables.values.withUnsafeBufferPointer { values -> Int? in
      var (position, written) = (0, 0)
      while position < spelling.count {
        var scalar = Int(spelling[position])
        if scalar >= 0x80 {
          // All characters of the alphabet take at most two bytes.
          guard scalar < 0xE0, position &+ 1 < spelling.count else { return nil }
          position &+= 1
          scalar = (scalar & 0x1F) &<< 6 | Int(spelling[position] & 0x3F)
        }
        guard scalar < values.count, values[scalar] >= 0 else { return nil }
        target[written] = UInt8(truncatingIfNeeded: values[scalar])
        written &+= 1
        position &+= 1
      }
      return written
    }
    guard let written else { return false }
    bytes.advance(by: written)
    return true
  }

  /// Returns the bytes of a spelling, `nil` if a character of it stands for no byte.
  static func bytes(of spelling: String) -> [UInt8]? {
    var bytes = GrowingMemory<UInt8>()
    var spelling = spelling
    let isWhole = spelling.withUTF8 { append(spelling: $0, to: &bytes) }
    return isWhole ? Array(UnsafeBufferPointer(start: bytes.base, count: bytes.count)) : nil
  }
}
