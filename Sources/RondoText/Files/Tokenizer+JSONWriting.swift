extension Tokenizer {
  /// Writes a `tokenizer.json`, from which ``init(contentsOf:)`` reads the same tokenizer.
  ///
  /// Hugging Face's tokenizers reads it as well, unless a component is Rondo's own.
  ///
  /// - Parameter path: The file, which is replaced as a whole.
  /// - Throws: ``RondoTextError`` if the file cannot be written, or the format cannot represent a
  ///   component that the program has defined.
  public func write(to path: String) throws(RondoTextError) {
    try TextFile.write(try json(file: path), to: path)
  }

  /// Returns the text of a `tokenizer.json`.
  ///
  /// - Parameter file: The name of the file in error messages.
  /// - Returns: The text.
  /// - Throws: ``RondoTextError`` if the format cannot represent a component of the program's own.
  public func json(file: String = "tokenizer.json") throws(RondoTextError) -> [UInt8] {
    if let sentencePieceFile { return try json(holding: sentencePieceFile, file: file) }
    let normalizer = try component(self.normalizer, file: file)
    let preTokenizer = try component(self.preTokenizer, file: file)
    let postProcessor = try component(self.postProcessor, file: file)
    let decoder = try component(self.decoder, file: file)
    let model = try component(self.model, file: file)
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", "1.0")
      write(truncation, to: &writer)
      write(padding, to: &writer)
      writer.member("added_tokens", each: addedTokens) { $1.write(to: &$0) }
      write("normalizer", normalizer, to: &writer)
      write("pre_tokenizer", preTokenizer, to: &writer)
      write("post_processor", postProcessor, to: &writer)
      write("decoder", decoder, to: &writer)
      write("model", model, to: &writer)
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Returns the text of a file that contains a SentencePiece model as it is, because that
  /// library's components have no counterparts in Hugging Face's.
  private func json(
    holding model: SentencePieceFile, file: String
  ) throws(RondoTextError) -> [UInt8] {
    let postProcessor = try component(self.postProcessor, file: file)
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", "1.0")
      write(truncation, to: &writer)
      write(padding, to: &writer)
      write("post_processor", postProcessor, to: &writer)
      writer.member("model") { writer in
        writer.member("type", "SentencePiece")
        writer.key("file")
        writer.string(Base64.encode(model.bytes))
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private func component(
    _ part: (any Sendable)?, file: String
  ) throws(RondoTextError) -> (any JSONComponent)? {
    guard let part else { return nil }
    guard let component = part as? any JSONComponent else {
      throw .unsupported(file: file, component: "the component \(type(of: part))")
    }
    for part in component.parts { _ = try self.component(part, file: file) }
    return component
  }

  private func write(_ key: String, _ part: (any JSONComponent)?, to writer: inout JSONWriter) {
    writer.key(key)
    if let part { writer.object { part.write(to: &$0) } } else { writer.null() }
  }

  private func write(_ truncation: Truncation?, to writer: inout JSONWriter) {
    writer.key("truncation")
    guard let truncation else { return writer.null() }
    writer.object { writer in
      writer.member("direction", truncation.direction.rawValue)
      writer.member("max_length", truncation.length)
      writer.member("strategy", truncation.strategy.rawValue)
      writer.member("stride", truncation.stride)
    }
  }

  private func write(_ padding: Padding?, to writer: inout JSONWriter) {
    writer.key("padding")
    guard let padding else { return writer.null() }
    writer.object { writer in
      if let length = padding.length {
        writer.member("strategy") { $0.member("Fixed", length) }
      } else {
        writer.member("strategy", "BatchLongest")
      }
      writer.member("direction", padding.direction.rawValue)
      writer.member("pad_to_multiple_of", padding.multiple)
      writer.member("pad_id", padding.id)
      writer.member("pad_type_id", padding.typeID)
      writer.member("pad_token", padding.token)
    }
  }
}

extension AddedToken: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("id", id)
    writer.member("content", text)
    writer.member("single_word", isSingleWord)
    writer.member("lstrip", stripsLeft)
    writer.member("rstrip", stripsRight)
    writer.member("normalized", isNormalized)
    writer.member("special", isSpecial)
  }
}
