/// Writes messages in Google's Protocol Buffers wire format.
struct ProtobufWriter {
  /// The bytes written so far.
  private(set) var bytes: [UInt8] = []

  /// Writes an integer, a Boolean or an enumeration value.
  mutating func write(_ number: Int, _ value: Int) {
    varint(UInt64(number) << 3)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Writes a Boolean.
  mutating func write(_ number: Int, _ value: Bool) { write(number, value ? 1 : 0) }

  /// Writes a single-precision number.
  mutating func write(_ number: Int, _ value: Float) {
    varint(UInt64(number) << 3 | 5)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }

  /// Writes text, bytes or a message.
  mutating func write(_ number: Int, _ value: some Collection<UInt8>) {
    varint(UInt64(number) << 3 | 2)
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  private mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }
}
