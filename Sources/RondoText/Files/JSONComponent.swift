/// A component of a tokenizer that `tokenizer.json` can represent.
protocol JSONComponent {
  /// Writes the members of the component's object, its type first.
  func write(to writer: inout JSONWriter)

  /// The components that a sequence consists of.
  var parts: [any Sendable] { get }
}

extension JSONComponent {
  var parts: [any Sendable] { [] }
}

extension JSONValue {
  /// The type that a component's object names.
  func typeName() throws(RondoTextError) -> String { try required("type").string() }

  /// Whether a component is of a type, or a sequence that contains one of that type.
  func names(_ type: String) throws(RondoTextError) -> Bool {
    if try typeName() == type { return true }
    for key in ["pretokenizers", "decoders"] {
      guard let parts = try member(key)?.elements() else { continue }
      for part in parts where try part.names(type) { return true }
    }
    return false
  }

  /// A Boolean member, or its default.
  func boolean(_ key: String, default value: Bool) throws(RondoTextError) -> Bool {
    try member(key)?.boolean() ?? value
  }

  /// The value as a count.
  func count(atMost limit: Int = .max) throws(RondoTextError) -> Int {
    let count = try integer()
    guard (0...limit).contains(count) else {
      throw damaged(count < 0 ? "a count is negative" : "\(count) is more than \(limit)")
    }
    return count
  }

  /// The value as the identifier of a token or a type.
  func identifier() throws(RondoTextError) -> Int {
    let id = try integer()
    guard UInt32(exactly: id) != nil else { throw damaged("\(id) is not an identifier") }
    return id
  }

  /// A member with a single character.
  func character(_ key: String) throws(RondoTextError) -> Unicode.Scalar {
    let value = try required(key)
    let text = try value.string()
    guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
      throw value.damaged("one character was expected")
    }
    return scalar
  }
}
