/// A value of a JSON file, with its position.
///
/// The accessors throw an error that names the file, the line and the path of the value.
struct JSONValue {
  let document: JSONDocument
  /// Where the value begins.
  let offset: Int
  /// The path from the root, such as `$.model.vocab`.
  let path: String

  private var first: UInt8 { document.bytes[offset] }

  /// Whether the value is `null`.
  var isNull: Bool { first == UInt8(ascii: "n") }
  /// Whether the value is an object.
  var isObject: Bool { first == UInt8(ascii: "{") }
  /// Whether the value is an array.
  var isArray: Bool { first == UInt8(ascii: "[") }
  /// Whether the value is a string.
  var isString: Bool { first == UInt8(ascii: "\"") }

  /// The position of the value, for error messages.
  var place: String { "line \(JSONDocument.line(of: offset, in: document.bytes)), \(path)" }

  /// An error at this value.
  func damaged(_ problem: String) -> RondoTextError {
    .damaged(file: document.file, place: place, problem: problem)
  }

  /// An error that names an unsupported component.
  func unsupported(_ component: String) -> RondoTextError {
    let shown = component.count > 600 ? "\(component.prefix(600))…" : component
    return .unsupported(file: document.file, component: shown)
  }

  /// Returns the member of an object, `nil` if there is none or it is `null`.
  func member(_ key: String) throws(RondoTextError) -> JSONValue? {
    var found: JSONValue?
    try forEachMember { (name, cursor) throws(RondoTextError) in
      guard name.elementsEqual(key.utf8) else { return }
      let value = cursor.value(path: "\(path).\(key)")
      if found != nil { throw value.damaged("the key occurs twice") }
      found = value
    }
    return found.flatMap { $0.isNull ? nil : $0 }
  }

  /// Returns the member of an object if it exists, is not `null`, and has at most `limit` bytes.
  func member(_ key: String, ofAtMost limit: Int) throws(RondoTextError) -> JSONValue? {
    guard let value = try member(key) else { return nil }
    let end = document.bytes.withUnsafeBufferPointer {
      document.end(ofValueAt: value.offset, in: JSONText(bytes: $0))
    }
    guard end - value.offset <= limit else {
      throw value.damaged("it takes more than \(limit) bytes")
    }
    return value
  }

  /// Returns a required member of an object.
  func required(_ key: String) throws(RondoTextError) -> JSONValue {
    guard let value = try member(key) else { throw damaged("\(key) is missing") }
    return value
  }

  /// The value as a Boolean.
  func boolean() throws(RondoTextError) -> Bool {
    switch first {
    case UInt8(ascii: "t"): return true
    case UInt8(ascii: "f"): return false
    default: throw damaged("true or false was expected")
    }
  }

  /// The value as an integer.
  func integer() throws(RondoTextError) -> Int {
    let digits = document.bytes.withUnsafeBufferPointer { JSONText(bytes: $0).digits(at: offset) }
    guard let value = digits ?? Int(numberText) else {
      throw damaged("a whole number was expected")
    }
    return value
  }

  /// The value as a number.
  func number() throws(RondoTextError) -> Double {
    guard let value = Double(numberText), value.isFinite else {
      throw damaged("a number was expected")
    }
    return value
  }

  private var numberText: Substring {
    // No number needs more digits.
    let digits = document.bytes[offset...].prefix(1000).prefix { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    return Substring(decoding: digits, as: UTF8.self)
  }

  /// The value as text.
  func string() throws(RondoTextError) -> String {
    String(decoding: try stringBytes(), as: UTF8.self)
  }
}
