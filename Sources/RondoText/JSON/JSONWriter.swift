/// Writes JSON with two spaces of indentation, in the order of the calls.
struct JSONWriter {
  /// The text so far.
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true

  /// Writes an object as the outermost value, as an element, or after ``key(_:)``.
  mutating func object(_ body: (inout JSONWriter) -> Void) {
    nest(opening: UInt8(ascii: "{"), closing: UInt8(ascii: "}"), body)
  }

  /// Writes an array; `body` calls ``element(_:)`` before each value.
  mutating func array(_ body: (inout JSONWriter) -> Void) {
    nest(opening: UInt8(ascii: "["), closing: UInt8(ascii: "]"), body)
  }

  private mutating func nest(
    opening: UInt8, closing: UInt8, _ body: (inout JSONWriter) -> Void
  ) {
    bytes.append(opening)
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    if !isFirst { newLine() }
    bytes.append(closing)
    isFirst = false
  }

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  /// Begins an element of an array.
  mutating func element() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    newLine()
    isFirst = false
  }

  /// Begins a member of an object; the value must follow.
  mutating func key(_ key: some Collection<UInt8>) {
    element()
    string(key)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
  }

  /// Begins a member of an object; the value must follow.
  mutating func key(_ key: String) { self.key(key.utf8) }

  /// Writes a text, given as UTF-8.
  mutating func string(_ text: some Collection<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(Hexadecimal.digit(byte >> 4))
        bytes.append(Hexadecimal.digit(byte & 15))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes an integer.
  mutating func integer(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

  /// Writes a finite number such that reading it gives the same value.
  mutating func number(_ value: Double) { bytes.append(contentsOf: value.description.utf8) }

  /// Writes `null`.
  mutating func null() { bytes.append(contentsOf: "null".utf8) }

  /// Writes a member that is a text or `null`.
  mutating func member(_ key: String, _ value: String?) {
    self.key(key)
    if let value { string(value.utf8) } else { null() }
  }

  /// Writes a member that is an integer or `null`.
  mutating func member(_ key: String, _ value: Int?) {
    self.key(key)
    if let value { integer(value) } else { null() }
  }

  /// Writes a member that is a Boolean or `null`.
  mutating func member(_ key: String, _ value: Bool?) {
    self.key(key)
    bytes.append(contentsOf: (value.map { $0 ? "true" : "false" } ?? "null").utf8)
  }

  /// Writes a member that is an object.
  mutating func member(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  /// Writes a member that is an array of objects.
  mutating func member<Element>(
    _ key: String, each elements: some Sequence<Element>,
    _ body: (inout JSONWriter, Element) -> Void
  ) {
    self.key(key)
    array { writer in
      for element in elements {
        writer.element()
        writer.object { body(&$0, element) }
      }
    }
  }
}
