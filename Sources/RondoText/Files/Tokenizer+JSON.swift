extension Tokenizer {
  /// Reads a `tokenizer.json`, as Rondo and Hugging Face's tokenizers write it.
  ///
  /// An unsupported component is an error that names it; nothing is approximated. An added token
  /// outside the model's vocabulary keeps the identifier in the file, where Hugging Face's library
  /// numbers it after the others; one in the vocabulary keeps the model's identifier, as there.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``RondoTextError`` that names the file and the place in it.
  public init(contentsOf path: String) throws(RondoTextError) {
    try self.init(json: try TextFile.read(path), file: path)
  }

  /// Reads the text of a `tokenizer.json`.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - file: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` that names the place.
  public init(json bytes: [UInt8], file: String) throws(RondoTextError) {
    let root = try JSONDocument(bytes, file: file).root
    if try root.member("model")?.isObject == false {
      throw .unrecognized(
        file: file,
        reason: "its model is no object; a vocabulary of GPT-2 is read from a folder that holds it "
          + "as vocab.json, and its merges as merges.txt")
    }
    if let version = try root.member("version"), try version.string() != "1.0" {
      throw root.unsupported("the version \(try version.string())")
    }
    if let model = try root.required("model").sentencePiece() {
      try self.init(
        try SentencePieceFile(bytes: model, file: file), name: file,
        postProcessor: try root.component("post_processor").map(readPostProcessor))
    } else {
      try self.init(components: root)
    }
    truncation = try root.member("truncation").map(Truncation.init(json:))
    padding = try root.member("padding").map(Padding.init(json:))
  }

  private init(components root: JSONValue) throws(RondoTextError) {
    let preTokenizer = try root.component("pre_tokenizer")
    let decoder = try root.component("decoder")
    let isByteLevel = try preTokenizer?.names("ByteLevel") ?? false
    if try decoder?.names("ByteLevel") ?? false != isByteLevel {
      let (one, other) =
        isByteLevel ? ("pre-tokenizer", "decoder") : ("decoder", "pre-tokenizer")
      throw root.unsupported("the \(one) ByteLevel without the \(other) ByteLevel")
    }
    let model = try readModel(try root.required("model"), isByteLevel: isByteLevel)
    self.init(
      normalizer: try root.component("normalizer").map(readNormalizer),
      preTokenizer: try preTokenizer.map(readPreTokenizer), model: model,
      postProcessor: try root.component("post_processor").map(readPostProcessor),
      decoder: try decoder.map(readDecoder),
      addedTokens: try Self.addedTokens(
        root.member("added_tokens", ofAtMost: 1 << 24), model: model))
    for (name, part) in [("normalizer", normalizer as (any Sendable)?), ("decoder", self.decoder)]
    where TextGrowth(through: part).isBeyondLimit {
      throw root.unsupported(
        "a \(name) that makes text over \(Int(TextGrowth.limit)) times as long")
    }
  }

  /// The maximum number of added tokens in a file, and of all their bytes together.
  private static let addedLimit = (tokens: 1 << 16, bytes: 1 << 21)

  private static func addedTokens(
    _ json: JSONValue?, model: any TokenModel
  ) throws(RondoTextError) -> [AddedToken] {
    var tokens: [AddedToken] = []
    var ids: Set<Int> = []
    var texts: Set<[UInt8]> = []
    guard let json else { return tokens }
    var (count, byteCount) = (0, 0)
    try json.forEachElement { _ in count += 1 }
    guard count <= addedLimit.tokens else {
      throw json.damaged("there are more than \(addedLimit.tokens) added tokens")
    }
    let limit = model.count + VocabularyBuilder.identifierLimit
    for element in try json.elements() {
      var id = try element.required("id").integer()
      let text = try element.required("content").string()
      guard id >= 0, id < limit else { throw element.damaged("\(id) is not an identifier") }
      byteCount += text.utf8.count
      guard byteCount <= addedLimit.bytes else {
        throw element.damaged("all added tokens have more than \(addedLimit.bytes) bytes")
      }
      // A token in the model keeps the model's identifier, whatever the list says.
      let spelled = model.isByteLevel ? ByteAlphabet.bytes(of: text) : Array(text.utf8)
      if let known = spelled.flatMap({ model.id(of: $0) }) {
        id = known
      } else if model.bytes(of: id) != nil {
        throw element.damaged("\(id) is the identifier of another token")
      }
      guard ids.insert(id).inserted, texts.insert(Array(text.utf8)).inserted else {
        throw element.damaged("the added token occurs twice")
      }
      tokens.append(
        AddedToken(
          text, id: id, isSingleWord: try element.boolean("single_word", default: false),
          stripsLeft: try element.boolean("lstrip", default: false),
          stripsRight: try element.boolean("rstrip", default: false),
          isNormalized: try element.boolean("normalized", default: true),
          isSpecial: try element.boolean("special", default: false)))
    }
    return tokens
  }
}

extension JSONValue {
  /// The object of a pipeline component, none of which is as large as a vocabulary.
  fileprivate func component(_ key: String) throws(RondoTextError) -> JSONValue? {
    try member(key, ofAtMost: 1 << 22)
  }

  /// The SentencePiece model file in a model's object, if it contains one.
  fileprivate func sentencePiece() throws(RondoTextError) -> [UInt8]? {
    guard try member("type")?.string() == "SentencePiece" else { return nil }
    let text = try required("file")
    guard let bytes = try text.base64() else {
      throw text.damaged("the model file is not base64")
    }
    return bytes
  }
}

extension Truncation {
  fileprivate init(json: JSONValue) throws(RondoTextError) {
    let strategy = try json.required("strategy").string()
    guard let known = Strategy(rawValue: strategy) else {
      throw json.unsupported("the truncation strategy \(strategy)")
    }
    let direction = try json.member("direction")?.string() ?? Direction.right.rawValue
    guard let side = Direction(rawValue: direction) else {
      throw json.unsupported("truncation to the \(direction)")
    }
    self.init(
      length: try json.required("max_length").count(),
      stride: try json.required("stride").count(), strategy: known, direction: side)
  }
}

extension Padding {
  /// The maximum length, since a damaged file may ask for more than memory holds.
  static let limit = 1 << 24

  fileprivate init(json: JSONValue) throws(RondoTextError) {
    let direction = try json.required("direction").string()
    guard let side = Direction(rawValue: direction) else {
      throw json.unsupported("padding to the \(direction)")
    }
    self.init(
      direction: side, length: try Self.length(try json.required("strategy")),
      multiple: try json.member("pad_to_multiple_of")?.count(atMost: Self.limit),
      id: try json.required("pad_id").identifier(),
      typeID: try json.required("pad_type_id").identifier(),
      token: try json.required("pad_token").string())
  }

  private static func length(_ json: JSONValue) throws(RondoTextError) -> Int? {
    if json.isObject { return try json.required("Fixed").count(atMost: limit) }
    let name = try json.string()
    guard name == "BatchLongest" else {
      throw json.unsupported("the padding strategy \(name)")
    }
    return nil
  }
}
