/// A parser for the header of a safetensors file, and for no other JSON.
///
/// The grammar is JSON's, restricted to the known structure of a header: objects are at most three
/// deep, so no input can nest further. Duplicate keys, unknown fields, fractions, signs, leading
/// zeros, control characters, lone surrogates and invalid UTF-8 are rejected.
struct SafetensorsHeaderParser {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  typealias Contents = (entries: [SafetensorsHeader.Entry], metadata: [String: String])

  mutating func parse() throws(SafetensorsError) -> Contents {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw SafetensorsError(file: file, problem: .malformed(byte: 0, expected: "valid UTF-8"))
    }
    var entries: [SafetensorsHeader.Entry] = []
    var metadata: [String: String] = [:]
    try members(of: nil) { (parser, name) throws(SafetensorsError) in
      if name == "__metadata__" {
        metadata = try parser.metadata()
      } else {
        entries.append(try parser.entry(name))
      }
    }
    skipSpace()
    guard position == bytes.count else { throw malformed("the end or a space") }
    return (entries, metadata)
  }

  private mutating func metadata() throws(SafetensorsError) -> [String: String] {
    var result: [String: String] = [:]
    try members(of: "__metadata__") { (parser, key) throws(SafetensorsError) in
      result[key] = try parser.string()
    }
    return result
  }

  private mutating func entry(_ name: String) throws(SafetensorsError) -> SafetensorsHeader.Entry {
    var type: ScalarType?
    var shape: [Int]?
    var offsets: [Int]?
    try members(of: name) { (parser, key) throws(SafetensorsError) in
      switch key {
      case "dtype": type = try parser.type(of: name)
      case "shape": shape = try parser.integers(of: "\(name).shape")
      case "data_offsets": offsets = try parser.integers(of: "\(name).data_offsets")
      default: throw parser.error("\(name).\(key)", .unknown)
      }
    }
    guard let type else { throw error("\(name).dtype", .missing) }
    guard let shape else { throw error("\(name).shape", .missing) }
    guard let offsets else { throw error("\(name).data_offsets", .missing) }
    guard offsets.count == 2 else {
      throw error("\(name).data_offsets", .malformed(byte: position, expected: "two numbers"))
    }
    return try SafetensorsHeader.Entry(
      name: name, type: type, shape: shape, from: offsets[0], to: offsets[1], file: file)
  }

  private mutating func type(of name: String) throws(SafetensorsError) -> ScalarType {
    let text = try string()
    guard let type = ScalarType(safetensorsName: text) else {
      throw error(name, .unsupportedType(text))
    }
    return type
  }
}

// MARK: - Grammar

extension SafetensorsHeaderParser {
  private func error(_ field: String?, _ problem: SafetensorsError.Problem) -> SafetensorsError {
    SafetensorsError(file: file, field: field, problem: problem)
  }

  private func malformed(_ expected: String) -> SafetensorsError {
    error(nil, .malformed(byte: position, expected: expected))
  }

  /// The byte at the position, or zero at the end, which the grammar never accepts.
  private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipSpace() {
    while [0x20, 0x09, 0x0A, 0x0D].contains(current) { position += 1 }
  }

  /// Skips spaces and takes `byte` if it follows.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipSpace()
    guard current == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: Unicode.Scalar) throws(SafetensorsError) {
    guard take(byte) else { throw malformed("'\(byte)'") }
  }

  /// Parses an object and calls `body` before each value.
  private mutating func members(
    of field: String?, _ body: (inout Self, String) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    var names: Set<String> = []
    try expect("{")
    guard !take("}") else { return }
    repeat {
      let name = try string()
      guard names.insert(name).inserted else {
        throw error(field.map { "\($0).\(name)" } ?? name, .repeated)
      }
      try expect(":")
      try body(&self, name)
    } while take(",")
    try expect("}")
  }

  private mutating func integers(of field: String) throws(SafetensorsError) -> [Int] {
    var result: [Int] = []
    try expect("[")
    guard !take("]") else { return result }
    repeat { result.append(try integer(of: field)) } while take(",")
    try expect("]")
    return result
  }

  private mutating func integer(of field: String) throws(SafetensorsError) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while case 0x30...0x39 = current {
      let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflows) = tens.addingReportingOverflow(Int(current - 0x30))
      guard !isTooLarge, !overflows else { throw error(field, .overflow) }
      value = sum
      position += 1
    }
    let hasLeadingZero = position > start + 1 && bytes[start] == 0x30
    guard position > start, !hasLeadingZero else { throw malformed("a whole number") }
    return value
  }

  private mutating func string() throws(SafetensorsError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while current != UInt8(ascii: "\"") {
      guard current >= 0x20 else { throw malformed("a character or the closing quote") }
      if current == UInt8(ascii: "\\") {
        position += 1
        text += String(try escape()).utf8
      } else {
        text.append(current)
        position += 1
      }
    }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
    UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{c}", UInt8(ascii: "n"): "\n",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  /// Parses what follows a backslash.
  private mutating func escape() throws(SafetensorsError) -> Unicode.Scalar {
    if let scalar = Self.escapes[current] {
      position += 1
      return scalar
    }
    var unit = try codeUnit()
    if 0xD800..<0xDC00 ~= unit {
      guard current == UInt8(ascii: "\\") else { throw malformed("the second half of a surrogate") }
      position += 1
      let low = try codeUnit()
      guard 0xDC00..<0xE000 ~= low else { throw malformed("the second half of a surrogate") }
      unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(unit) else { throw malformed("a character") }
    return scalar
  }

  private mutating func codeUnit() throws(SafetensorsError) -> UInt32 {
    guard current == UInt8(ascii: "u") else { throw malformed("an escape that JSON knows") }
    position += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(current)).hexDigitValue else {
        throw malformed("a hexadecimal digit")
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }
}
