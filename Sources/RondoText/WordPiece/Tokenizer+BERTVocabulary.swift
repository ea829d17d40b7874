extension Tokenizer {
  /// Reads BERT's `vocab.txt`: one token per line, whose identifier is its line number from 0.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isLowercased: Whether the vocabulary is uncased, without capital letters and accents.
  /// - Throws: ``RondoTextError`` that names the file and the line.
  public init(bertVocabulary path: String, isLowercased: Bool) throws(RondoTextError) {
    try self.init(bertVocabulary: try TextFile.read(path), isLowercased: isLowercased, file: path)
  }

  init(
    bertVocabulary bytes: [UInt8], isLowercased: Bool, file: String
  ) throws(RondoTextError) {
    var builder = VocabularyBuilder()
    var (start, line) = (0, 0)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let stop = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
      let isBeyond = line >= VocabularyBuilder.identifierLimit
      let problem = isBeyond ? "there are more lines than a file may have tokens" : nil
      if let problem = problem ?? builder.problem(adding: stop - start) {
        throw .damaged(file: file, place: "line \(line + 1)", problem: problem)
      }
      if stop > start {
        bytes[start..<stop].withUnsafeBufferPointer { builder.append($0, id: line) }
      }
      line += 1
      start = end + 1
    }
    let vocabulary: Vocabulary
    do throws(VocabularyBuilder.Repetition) {
      vocabulary = try builder.build(count: line)
    } catch {
      throw .damaged(file: file, place: "line \(error.id + 1)", problem: error.problem)
    }
    let model = try WordPieceModel(vocabulary: vocabulary, file: file)
    self = try Self.bert(model, isLowercased: isLowercased, file: file)
  }

  /// Builds BERT's pipeline around a model.
  private static func bert(
    _ model: WordPieceModel, isLowercased: Bool, file: String
  ) throws(RondoTextError) -> Tokenizer {
    let names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    let specials = names.compactMap { name in model.vocabulary.id(of: name).map { (name, $0) } }
    let framing = specials.map { FramingToken(id: $0.1, piece: $0.0) }
    guard let start = framing.first(where: { $0.piece == "[CLS]" }),
      let end = framing.first(where: { $0.piece == "[SEP]" })
    else {
      throw .damaged(
        file: file, place: "the list of tokens", problem: "[CLS] or [SEP] is missing")
    }
    return Tokenizer(
      normalizer: BERTNormalizer(isLowercasing: isLowercased), preTokenizer: BERTPreTokenizer(),
      model: model, postProcessor: BERTPostProcessor(classification: start, separator: end),
      decoder: WordPieceDecoder(),
      addedTokens: specials.map { AddedToken($0.0, id: $0.1, isSpecial: true) })
  }

  /// Writes `vocab.txt`, one token per line, for tokenizers of BERT's kind only.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``RondoTextError`` if the file cannot be written, or would be read back as another
  ///   tokenizer.
  public func writeBERTVocabulary(to path: String) throws(RondoTextError) {
    guard let model = model as? WordPieceModel else {
      throw .inexpressible(file: path, component: "a model other than WordPiece")
    }
    let vocabulary = model.vocabulary
    let usual = try WordPieceModel(vocabulary: vocabulary, file: path)
    guard Self.settings(of: model) == Self.settings(of: usual) else {
      throw .inexpressible(file: path, component: "a WordPiece model with settings of its own")
    }
    let copy = try Self.bert(
      usual, isLowercased: (normalizer as? BERTNormalizer)?.isLowercasing ?? false, file: path)
    try checkLosses(writing: path, readAs: copy)
    var lines: [UInt8] = []
    for id in 0..<vocabulary.count {
      let token = vocabulary.bytes(of: id) ?? []
      guard !token.contains(UInt8(ascii: "\n")), token.last != UInt8(ascii: "\r") else {
        throw .inexpressible(file: path, component: "a token that holds the end of a line")
      }
      lines += token + [UInt8(ascii: "\n")]
    }
    try TextFile.write(lines, to: path)
  }

  private static func settings(of model: WordPieceModel) -> [String] {
    [model.unknownToken, model.continuingPrefix, "\(model.longestWord)"]
  }
}
