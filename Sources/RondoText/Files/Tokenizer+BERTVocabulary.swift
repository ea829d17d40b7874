extension Tokenizer {
  /// Reads BERT's `vocab.txt`: a token a line, whose identifier is its line.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isLowercased: Whether the vocabulary is one of lower-case letters without accents.
  /// - Throws: ``RondoTextError`` that names the file and the line.
  public init(bertVocabulary path: String, isLowercased: Bool) throws(RondoTextError) {
    let bytes = try TextFile.read(path)
    var builder = VocabularyBuilder()
    var (start, line) = (0, 0)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let stop = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
      if stop > start {
        bytes[start..<stop].withUnsafeBufferPointer { builder.append($0, id: line) }
      }
      line += 1
      start = end + 1
    }
    guard let vocabulary = builder.build(count: line) else {
      throw .damaged(file: path, place: "the list of tokens", problem: "a token occurs twice")
    }
    let names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    let specials = names.compactMap { name in vocabulary.id(of: name).map { (name, $0) } }
    let framing = specials.map { FramingToken(id: $0.1, piece: $0.0) }
    guard let start = framing.first(where: { $0.piece == "[CLS]" }),
      let end = framing.first(where: { $0.piece == "[SEP]" })
    else {
      throw .damaged(
        file: path, place: "the list of tokens", problem: "[CLS] or [SEP] is missing")
    }
    self.init(
      normalizer: BERTNormalizer(isLowercasing: isLowercased), preTokenizer: BERTPreTokenizer(),
      model: try WordPieceModel(vocabulary: vocabulary, file: path),
      postProcessor: BERTPostProcessor(classification: start, separator: end),
      decoder: WordPieceDecoder(),
      addedTokens: specials.map { AddedToken($0.0, id: $0.1, isSpecial: true) })
  }

  /// Writes the tokens one a line, as `vocab.txt`.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``RondoTextError`` if the file cannot be written, or a token holds a line feed.
  public func writeBERTVocabulary(to path: String) throws(RondoTextError) {
    var lines: [UInt8] = []
    for id in 0..<vocabularySize {
      let token = token(for: id) ?? ""
      guard !token.utf8.contains(UInt8(ascii: "\n")) else {
        throw .unsupported(file: path, component: "a token that holds a line feed")
      }
      lines += (token + "\n").utf8
    }
    try TextFile.write(lines, to: path)
  }
}
