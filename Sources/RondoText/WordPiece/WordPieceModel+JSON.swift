extension WordPieceModel: JSONTokenModel {
  init(json: JSONValue, isByteLevel: Bool) throws(RondoTextError) {
    guard !isByteLevel else { throw json.unsupported("the model WordPiece over bytes") }
    try self.init(
      vocabulary: try Vocabulary(json: try json.required("vocab"), isByteLevel: false),
      unknownToken: try json.member("unk_token")?.string() ?? "[UNK]",
      continuingPrefix: try json.member("continuing_subword_prefix")?.string() ?? "##",
      longestWord: try json.member("max_input_chars_per_word")?.count() ?? 100,
      file: json.document.file)
  }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "WordPiece")
    writer.member("unk_token", unknownToken)
    writer.member("continuing_subword_prefix", continuingPrefix)
    writer.member("max_input_chars_per_word", longestWord)
    vocabulary.write(to: &writer, isByteLevel: false)
  }
}
