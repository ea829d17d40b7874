extension WordLevelModel: JSONTokenModel {
  init(json: JSONValue, isByteLevel: Bool) throws(RondoTextError) {
    guard !isByteLevel else { throw json.unsupported("the model WordLevel over bytes") }
    self.init(
      vocabulary: try Vocabulary(json: try json.required("vocab"), isByteLevel: false),
      unknownToken: try json.required("unk_token").string())
  }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "WordLevel")
    vocabulary.write(to: &writer, isByteLevel: false)
    writer.member("unk_token", String(decoding: unknownToken, as: UTF8.self))
  }
}
