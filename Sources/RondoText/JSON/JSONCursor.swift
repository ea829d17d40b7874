/// Reads the values of a list or object one after another, without storing them.
///
/// Its accessors read the value at its position. Their errors name the path of the list or object
/// at which reading began.
struct JSONCursor: ~Copyable {
  /// The maximum length of a string with escapes, which has to be copied.
  private static let longestEscaped = 1 << 23

  private let owner: JSONValue
  private let text: JSONText
  private(set) var position: Int
  /// The last string that had to be decoded.
  private var decoded = GrowingMemory<UInt8>()

  fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>, at value: JSONValue) {
    owner = value
    text = JSONText(bytes: bytes)
    position = value.offset
  }

  private var first: UInt8 { text.bytes[position] }

  /// Whether the value is a string.
  var isString: Bool { first == UInt8(ascii: "\"") }
  /// Whether the value is a list.
  var isArray: Bool { first == UInt8(ascii: "[") }

  /// The value here or at another position, with a path of its own.
  func value(at position: Int? = nil, path: String) -> JSONValue {
    JSONValue(document: owner.document, offset: position ?? self.position, path: path)
  }

  /// An error at the value here or at another position.
  func damaged(_ problem: String, at position: Int? = nil) -> RondoTextError {
    value(at: position, path: owner.path).damaged(problem)
  }

  /// The position of the value, for error messages.
  var place: String { value(path: owner.path).place }

  /// An error that names an unsupported component.
  func unsupported(_ component: String) -> RondoTextError { owner.unsupported(component) }

  /// Skips the value.
  private mutating func skip() { position = owner.document.end(ofValueAt: position, in: text) }

  /// Returns the value as an integer.
  @inline(__always)
  func integer() throws(RondoTextError) -> Int {
    if let value = text.digits(at: position) { return value }
    return try value(path: owner.path).integer()
  }

  /// Returns the value as a number.
  func number() throws(RondoTextError) -> Double { try value(path: owner.path).number() }

  /// Reads a string, whose UTF-8 bytes are valid until the next one.
  @inline(__always)
  mutating func string() throws(RondoTextError) -> UnsafeBufferPointer<UInt8> {
    guard isString else { throw damaged("a text was expected") }
    let start = position &+ 1
    let end = text.endOfPlain(from: start)
    if text.bytes[end] == UInt8(ascii: "\"") {
      position = end &+ 1
      return UnsafeBufferPointer(rebasing: text.bytes[start..<end])
    }
    guard text.end(ofStringAt: position) - position <= Self.longestEscaped else {
      throw damaged("a text with escapes is longer than \(Self.longestEscaped) bytes")
    }
    decoded.removeAll()
    position = text.appendString(at: position, to: &decoded)
    return UnsafeBufferPointer(start: decoded.base, count: decoded.count)
  }

  /// Calls `body` at each element of the list, and skips the list.
  @inline(__always)
  mutating func forEachElement(
    _ body: (inout JSONCursor) throws(RondoTextError) -> Void
  ) throws(RondoTextError) {
    guard isArray else { throw damaged("a list was expected") }
    position = text.skippingSpace(from: position &+ 1)
    while first != UInt8(ascii: "]") { try pass(body) }
    position &+= 1
  }

  /// Calls `body` at each member of the object with its key, and skips the object; the key is valid
  /// until the next string.
  @inline(__always)
  mutating func forEachMember(
    _ body: (UnsafeBufferPointer<UInt8>, inout JSONCursor) throws(RondoTextError) -> Void
  ) throws(RondoTextError) {
    guard first == UInt8(ascii: "{") else { throw damaged("an object was expected") }
    position = text.skippingSpace(from: position &+ 1)
    while first != UInt8(ascii: "}") {
      let key = try string()
      position = text.skippingSpace(from: text.skippingSpace(from: position) &+ 1)
      try pass { (cursor) throws(RondoTextError) in try body(key, &cursor) }
    }
    position &+= 1
  }

  /// Calls `body`, and moves to the next value or the closing bracket.
  @inline(__always)
  private mutating func pass(
    _ body: (inout JSONCursor) throws(RondoTextError) -> Void
  ) throws(RondoTextError) {
    let start = position
    try body(&self)
    if position == start { skip() }
    position = text.skippingSpace(from: position)
    if first == UInt8(ascii: ",") { position = text.skippingSpace(from: position &+ 1) }
  }
}

extension JSONValue {
  /// The length of the longest text in base64.
  private static let longestBase64 = 1 << 24

  /// Calls `body` at each element of a list.
  @inline(__always)
  func forEachElement(
    _ body: (inout JSONCursor) throws(RondoTextError) -> Void
  ) throws(RondoTextError) {
    try document.bytes.withUnsafeBufferPointer { bytes throws(RondoTextError) in
      var cursor = JSONCursor(bytes, at: self)
      try cursor.forEachElement(body)
    }
  }

  /// Calls `body` at each member of an object, in the order of the file.
  @inline(__always)
  func forEachMember(
    _ body: (UnsafeBufferPointer<UInt8>, inout JSONCursor) throws(RondoTextError) -> Void
  ) throws(RondoTextError) {
    try document.bytes.withUnsafeBufferPointer { bytes throws(RondoTextError) in
      var cursor = JSONCursor(bytes, at: self)
      try cursor.forEachMember(body)
    }
  }

  /// Returns the bytes that a text in base64 stands for, `nil` if it is not base64.
  func base64() throws(RondoTextError) -> [UInt8]? {
    try document.bytes.withUnsafeBufferPointer { bytes throws(RondoTextError) in
      var cursor = JSONCursor(bytes, at: self)
      let text = try cursor.string()
      guard text.count <= Self.longestBase64 else {
        throw damaged("a text in base64 is longer than \(Self.longestBase64) bytes")
      }
      return Base64.decode(text)
    }
  }

  /// Decodes a text to UTF-8.
  func stringBytes() throws(RondoTextError) -> [UInt8] {
    try document.bytes.withUnsafeBufferPointer { bytes throws(RondoTextError) in
      var cursor = JSONCursor(bytes, at: self)
      let text = try cursor.string()
      guard text.count <= VocabularyBuilder.longestToken else {
        throw damaged("a text is longer than \(VocabularyBuilder.longestToken) bytes")
      }
      return Array(text)
    }
  }
}
