/// Reads the fields of a message in Google's Protocol Buffers wire format.
///
/// No memory is allocated for a length beyond the end of the file, and every error names the
/// position of the byte at which reading failed.
struct ProtobufReader {
  /// The value of a field.
  enum Value {
    /// An integer, a Boolean or an enumeration value.
    case number(UInt64)
    /// The four bytes of a single-precision number.
    case bits(UInt32)
    /// Text, bytes, or a message, as positions in the file.
    case bytes(Range<Int>)
    /// Eight bytes, which no field of a SentencePiece model has.
    case wide
  }

  /// A field of a message.
  struct Field {
    let number: Int
    let value: Value
    /// The position of its first byte.
    let position: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private var position: Int
  private let end: Int

  /// Creates a reader of a message.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - range: The range of the message in it.
  ///   - file: The name of the file in error messages.
  init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>, file: String) {
    self.bytes = bytes
    self.file = file
    position = range.lowerBound
    end = range.upperBound
  }

  /// Returns the next field, or `nil` at the end of the message.
  mutating func next() throws(RondoTextError) -> Field? {
    if position == end { return nil }
    let start = position
    let key = try varint()
    guard key >> 3 > 0, key >> 3 < 1 << 29 else {
      throw damaged(at: start, "a field has the number \(key >> 3)")
    }
    let value: Value
    switch key & 7 {
    case 0: value = .number(try varint())
    case 1:
      _ = try take(8)
      value = .wide
    case 2:
      let length = try varint()
      guard length <= UInt64(end - position) else {
        throw damaged(at: start, "a field of \(length) bytes goes past the end")
      }
      value = .bytes(try take(Int(length)))
    case 5:
      let range = try take(4)
      value = .bits(
        range.reduce(0) { $0 | UInt32(bytes[$1]) << UInt32(8 * ($1 - range.lowerBound)) })
    default: throw damaged(at: start, "a field has the unknown kind \(key & 7)")
    }
    return Field(number: Int(key >> 3), value: value, position: start)
  }

  private mutating func take(_ count: Int) throws(RondoTextError) -> Range<Int> {
    guard count <= end - position else {
      throw damaged(at: position, "\(count) bytes are needed and \(end - position) are left")
    }
    defer { position += count }
    return position..<position + count
  }

  private mutating func varint() throws(RondoTextError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = bytes[try take(1).lowerBound]
      guard shift < 63 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw damaged(at: start, "a number is longer than 64 bits")
  }

  func damaged(at position: Int, _ problem: String) -> RondoTextError {
    .damaged(file: file, place: "byte \(position)", problem: problem)
  }
}

extension ProtobufReader {
  /// Returns a field's number; an error if it has another type.
  func number(_ field: Field) throws(RondoTextError) -> UInt64 {
    guard case .number(let number) = field.value else { throw wrongKind(field, "a number") }
    return number
  }

  /// Returns a field's Boolean.
  func truth(_ field: Field) throws(RondoTextError) -> Bool { try number(field) != 0 }

  /// Returns a field's single-precision number.
  func float(_ field: Field) throws(RondoTextError) -> Float {
    guard case .bits(let bits) = field.value else { throw wrongKind(field, "four bytes") }
    return Float(bitPattern: bits)
  }

  /// Returns the range of a field's bytes in the file.
  func range(_ field: Field) throws(RondoTextError) -> Range<Int> {
    guard case .bytes(let range) = field.value else { throw wrongKind(field, "bytes") }
    return range
  }

  /// Returns a copy of a field's bytes.
  func bytes(
    _ field: Field, atMost limit: Int = VocabularyBuilder.longestToken
  ) throws(RondoTextError) -> [UInt8] {
    let range = try range(field)
    guard range.count <= limit else {
      throw damaged(at: field.position, "field \(field.number) has more than \(limit) bytes")
    }
    return Array(bytes[range])
  }

  /// Returns a reader of the message that a field holds.
  func message(_ field: Field) throws(RondoTextError) -> ProtobufReader {
    ProtobufReader(bytes, in: try range(field), file: file)
  }

  private func wrongKind(_ field: Field, _ expected: String) -> RondoTextError {
    damaged(at: field.position, "field \(field.number) should hold \(expected)")
  }
}
