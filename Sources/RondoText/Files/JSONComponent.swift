/// A part of a tokenizer that has a place in `tokenizer.json`.
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

  /// A member that is a Boolean, or what it is when missing.
  func boolean(_ key: String, default value: Bool) throws(RondoTextError) -> Bool {
    try member(key)?.boolean() ?? value
  }

  /// A member that is one character.
  func character(_ key: String) throws(RondoTextError) -> Unicode.Scalar {
    let value = try required(key)
    let text = try value.string()
    guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
      throw value.damaged("one character was expected")
    }
    return scalar
  }
}
