extension Tokenizer {
  /// Throws if a file would be read back with another pipeline around the model.
  ///
  /// - Parameters:
  ///   - file: The name of the file in error messages.
  ///   - copy: The tokenizer that would be read from the file.
  /// - Throws: ``RondoTextError/inexpressible(file:component:)`` that names the first component
  ///   that the file cannot represent.
  func checkLosses(writing file: String, readAs copy: Tokenizer) throws(RondoTextError) {
    let parts: [(String, (any Sendable)?, (any Sendable)?)] = [
      ("normalizer", normalizer, copy.normalizer),
      ("pre-tokenizer", preTokenizer, copy.preTokenizer),
      ("post-processor", postProcessor, copy.postProcessor),
      ("decoder", decoder, copy.decoder),
    ]
    for (name, mine, other) in parts {
      guard Self.json(of: mine) == Self.json(of: other), (mine == nil) == (other == nil) else {
        throw .inexpressible(file: file, component: "the tokenizer's \(name)")
      }
    }
    for token in addedTokens where !copy.addedTokens.contains(token) {
      throw .inexpressible(file: file, component: "the added token \(token.text)")
    }
    guard copy.addedTokens == addedTokens else {
      throw .inexpressible(file: file, component: "special tokens that are read as text")
    }
    guard truncation == nil, padding == nil else {
      throw .inexpressible(file: file, component: "truncation or padding")
    }
  }

  /// The JSON text of a component, for comparing two; `nil` if it is the program's own, or if there
  /// is none.
  static func json(of part: (any Sendable)?) -> [UInt8]? {
    guard let component = part as? any JSONComponent else { return nil }
    var writer = JSONWriter()
    writer.object { component.write(to: &$0) }
    return writer.bytes
  }
}
