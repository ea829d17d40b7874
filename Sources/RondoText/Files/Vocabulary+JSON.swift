extension Vocabulary {
  /// Reads an object of tokens and identifiers.
  ///
  /// Byte-level tokens are converted to the bytes they stand for. A token outside the byte-level
  /// alphabet must be an added token with the same identifier, and is left to that: text never
  /// produces it, and a vocabulary of bytes cannot represent its spelling.
  ///
  /// - Parameters:
  ///   - json: The object.
  ///   - isByteLevel: Whether tokens are spelled in the alphabet of bytes.
  ///   - added: The list of added tokens of the same file.
  /// - Throws: ``RondoTextError`` that names the token, or the place.
  init(json: JSONValue, isByteLevel: Bool, added: JSONValue? = nil) throws(RondoTextError) {
    var builder = VocabularyBuilder()
    var addedTexts: [Int: [UInt8]]?
    var highest = -1
    var raw = GrowingMemory<UInt8>()
    try json.forEachMember { (key, cursor) throws(RondoTextError) in
      let id = try cursor.integer()
      guard id >= 0, id < VocabularyBuilder.identifierLimit else {
        throw cursor.damaged(
          "\(id) is not an identifier below \(VocabularyBuilder.identifierLimit)")
      }
      highest = max(highest, id)
      raw.removeAll()
      if isByteLevel {
        guard ByteAlphabet.append(spelling: key, to: &raw) else {
          let text = Array(key)
          if addedTexts == nil { addedTexts = try added?.texts() }
          guard addedTexts?[id] != text else { return }
          throw cursor.unsupported(
            "the token \(RondoTextError.quoted(text)) at \(cursor.place), which is not spelled in the "
              + "alphabet of bytes and is no added token with its identifier \(id),")
        }
      } else {
        raw.append(contentsOf: key)
      }
      if let problem = builder.problem(adding: raw.count) { throw cursor.damaged(problem) }
      if raw.count > 0 {
        builder.append(UnsafeBufferPointer(start: raw.base, count: raw.count), id: id)
      }
    }
    do throws(VocabularyBuilder.Repetition) {
      self = try builder.build(count: highest + 1)
    } catch {
      throw json.damaged(error.problem)
    }
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

extension JSONValue {
  /// The texts of a list of added tokens, by identifier.
  fileprivate func texts() throws(RondoTextError) -> [Int: [UInt8]] {
    var texts: [Int: [UInt8]] = [:]
    for token in try elements() {
      texts[try token.required("id").integer()] = try token.required("content").stringBytes()
    }
    return texts
  }
}
