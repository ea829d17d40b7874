extension Vocabulary {
  /// Reads an object of tokens and identifiers.
  ///
  /// Byte-level tokens are turned into the bytes they stand for; those that stand for none, which
  /// only added tokens may, keep their identifiers and are left to the added tokens.
  init(json: JSONValue, isByteLevel: Bool) throws(RondoTextError) {
    var builder = VocabularyBuilder()
    var highest = -1
    var raw = GrowingMemory<UInt8>()
    try json.forEachMember { (key, cursor) throws(RondoTextError) in
      let id = try cursor.integer()
      guard id >= 0, id < 1 << 31 else { throw cursor.damaged("\(id) is not an identifier") }
      highest = max(highest, id)
      raw.removeAll()
      if isByteLevel {
        guard ByteAlphabet.append(spelling: key, to: &raw) else { return }
      } else {
        raw.append(contentsOf: key)
      }
      if raw.count > 0 {
        builder.append(UnsafeBufferPointer(start: raw.base, count: raw.count), id: id)
      }
    }
    let limit = VocabularyBuilder.identifierLimit(tokenCount: builder.tokenCount)
    guard highest < limit else {
      throw json.damaged("identifier \(highest) is far beyond the number of tokens")
    }
    guard let vocabulary = builder.build(count: highest + 1) else {
      throw json.damaged("a token or an identifier occurs twice")
    }
    self = vocabulary
  }

  /// Writes the tokens as the member `vocab` of an object.
  func write(to writer: inout JSONWriter, isByteLevel: Bool) {
    writer.key("vocab")
    writer.object { writer in
      for id in 0..<count {
        guard let bytes = bytes(of: id) else { continue }
        if isByteLevel {
          writer.key(ByteAlphabet.spelling(of: bytes))
        } else {
          writer.key(bytes)
        }
        writer.integer(id)
      }
    }
  }
}
