extension UnigramModel: JSONTokenModel {
  init(json: JSONValue, isByteLevel: Bool) throws(RondoTextError) {
    guard !isByteLevel else { throw json.unsupported("the model Unigram over bytes") }
    var builder = VocabularyBuilder()
    var scores = GrowingMemory<Double>()
    try json.required("vocab").forEachElement { (cursor) throws(RondoTextError) in
      var count = 0
      let start = cursor.position
      try cursor.forEachElement { (part) throws(RondoTextError) in
        if count == 0 {
          let text = try part.string()
          let problem = text.isEmpty ? "the piece is empty" : builder.problem(adding: text.count)
          if let problem { throw part.damaged(problem, at: start) }
          builder.append(text, id: scores.count)
        } else if count == 1 {
          scores.append(try part.number())
        }
        count += 1
      }
      guard count == 2 else {
        throw cursor.damaged("a piece and its score were expected", at: start)
      }
    }
    let all = Array(UnsafeBufferPointer(start: scores.base, count: scores.count))
    let unknown = try json.member("unk_id")
    let unknownID = try unknown?.integer()
    if let unknown, let unknownID, !all.indices.contains(unknownID) {
      throw unknown.damaged("there are \(scores.count) pieces and none \(unknownID)")
    }
    try self.init(
      vocabulary: try builder.build(ofPiecesIn: json.document.file), scores: all,
      arithmetic: .huggingFace, unknownID: unknownID, mergesUnknown: true,
      hasByteFallback: try json.boolean("byte_fallback", default: false),
      textIDs: all.indices, file: json.document.file)
  }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "Unigram")
    writer.member("unk_id", unknownID)
    writer.key("vocab")
    writer.array { writer in
      for id in 0..<count {
        writer.element()
        writer.array { writer in
          writer.element()
          writer.string(bytes(of: id) ?? [])
          writer.element()
          writer.number(scores[id])
        }
      }
    }
    writer.member("byte_fallback", hasByteFallback)
  }
}
