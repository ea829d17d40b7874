extension UnigramModel: JSONTokenModel {
  init(json: JSONValue, isByteLevel: Bool) throws(RondoTextError) {
    guard !isByteLevel else { throw json.unsupported("the model Unigram over bytes") }
    var pieces: [Piece] = []
    for element in try json.required("vocab").elements() {
      guard let (piece, score) = try element.pair() else {
        throw element.damaged("a piece and its score were expected")
      }
      pieces.append(Piece(try piece.stringBytes(), score: try score.number()))
    }
    try self.init(
      pieces: pieces, unknownID: try json.member("unk_id")?.integer(),
      hasByteFallback: try json.boolean("byte_fallback", default: false), file: json.document.file)
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
