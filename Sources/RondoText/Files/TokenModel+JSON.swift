/// A model that `tokenizer.json` can represent.
protocol JSONTokenModel: TokenModel, JSONComponent {
  /// Reads the model's object.
  init(json: JSONValue, isByteLevel: Bool) throws(RondoTextError)
}

/// Reads the object `model` of a `tokenizer.json`.
func readModel(_ json: JSONValue, isByteLevel: Bool) throws(RondoTextError) -> any TokenModel {
  // The oldest files have no type; their models are recognized by their members.
  let guess = try json.member("merges") == nil ? "WordPiece" : "BPE"
  let type = try json.member("type")?.string() ?? guess
  switch type {
  case "BPE": return try BytePairModel(json: json, isByteLevel: isByteLevel)
  case "WordPiece": return try WordPieceModel(json: json, isByteLevel: isByteLevel)
  case "Unigram": return try UnigramModel(json: json, isByteLevel: isByteLevel)
  case "WordLevel": return try WordLevelModel(json: json, isByteLevel: isByteLevel)
  default: throw json.unsupported("the model \(type)")
  }
}
