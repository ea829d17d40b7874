extension Tokenizer {
  /// Reads GPT-2's two files, `vocab.json` and `merges.txt`.
  ///
  /// - Parameters:
  ///   - vocabularyFile: The tokens and their identifiers.
  ///   - mergesFile: The merges, one per line, in the order in which they were learned.
  ///   - specialTokens: Tokens of the vocabulary that are special.
  /// - Throws: ``RondoTextError`` that names the file and the line.
  public init(
    gpt2Vocabulary vocabularyFile: String, merges mergesFile: String,
    specialTokens: [SpecialToken] = [SpecialToken("<|endoftext|>")]
  ) throws(RondoTextError) {
    let json = try JSONDocument(try TextFile.read(vocabularyFile), file: vocabularyFile).root
    let vocabulary = try Vocabulary(json: json, isByteLevel: true)
    let lines = try TextFile.read(mergesFile)
    let model = try BytePairModel(
      vocabulary: vocabulary,
      merges: try Self.merges(lines, vocabulary: vocabulary, file: mergesFile), file: mergesFile)
    var added: [AddedToken] = []
    for token in specialTokens {
      guard let id = ByteAlphabet.bytes(of: token.text).flatMap({ model.id(of: $0) }) else {
        throw .damaged(
          file: vocabularyFile, place: "the vocabulary",
          problem: "the special token \(token.text) is not in it")
      }
      added.append(AddedToken(token.text, id: id, isSpecial: true))
    }
    self = Self.gpt2(model, addedTokens: added)
  }

  /// Builds GPT-2's pipeline around a model.
  private static func gpt2(_ model: BytePairModel, addedTokens: [AddedToken]) -> Tokenizer {
    Tokenizer(
      preTokenizer: ByteLevelPreTokenizer(addsPrefixSpace: false), model: model,
      decoder: ByteLevelDecoder(), addedTokens: addedTokens)
  }

  private static func merges(
    _ bytes: [UInt8], vocabulary: Vocabulary, file: String
  ) throws(RondoTextError) -> [BytePairModel.Merge] {
    var merges: [BytePairModel.Merge] = []
    merges.reserveCapacity(vocabulary.count)
    var reader = MergeReader(vocabulary, isByteLevel: true)
    try bytes.withUnsafeBufferPointer { bytes throws(RondoTextError) in
      var (number, start) = (0, 0)
      while start < bytes.count {
        number += 1
        let rest = bytes[start...]
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        var line = UnsafeBufferPointer(rebasing: rest[..<end])
        start = end + 1
        if line.last == UInt8(ascii: "\r") { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
        if line.isEmpty || number == 1 && line.starts(with: "#version".utf8) { continue }
        guard let space = line.firstIndex(of: UInt8(ascii: " ")),
          !line[(space + 1)...].contains(UInt8(ascii: " "))
        else {
          throw .damaged(
            file: file, place: "line \(number)", problem: "a merge needs two tokens and a space")
        }
        let merge = reader.merge(
          UnsafeBufferPointer(rebasing: line[..<space]),
          UnsafeBufferPointer(rebasing: line[(space + 1)...]))
        guard let merge else {
          throw .damaged(
            file: file, place: "line \(number)", problem: "the merge names an unknown token")
        }
        guard merges.count < BytePairModel.limits.merges else {
          throw .damaged(
            file: file, place: "line \(number)",
            problem: "there are more than \(BytePairModel.limits.merges) merges")
        }
        merges.append(merge)
      }
    }
    return merges
  }

  /// Writes `vocab.json` and `merges.txt`, for tokenizers of GPT-2's kind only.
  ///
  /// The files do not record which tokens are special; pass them when reading.
  ///
  /// - Parameters:
  ///   - vocabularyFile: The file for the tokens.
  ///   - mergesFile: The file for the merges.
  /// - Throws: ``RondoTextError`` if a file cannot be written, or the two would be read back as
  ///   another tokenizer.
  public func writeGPT2(
    vocabulary vocabularyFile: String, merges mergesFile: String
  ) throws(RondoTextError) {
    guard let model = model as? BytePairModel, model.cutsPlainBytes, !model.merges.isEmpty,
      !model.isWholePieceFirst
    else {
      throw .inexpressible(file: mergesFile, component: "a model without byte-level merges")
    }
    let special = addedTokens.filter { token in
      ByteAlphabet.bytes(of: token.text).flatMap { model.id(of: $0) } == token.id
    }
    let copy = Self.gpt2(
      model, addedTokens: special.map { AddedToken($0.text, id: $0.id, isSpecial: true) })
    try checkLosses(writing: vocabularyFile, readAs: copy)
    var writer = JSONWriter()
    writer.object { writer in
      for id in 0..<model.count {
        guard let token = token(for: id) else { continue }
        writer.key(token)
        writer.integer(id)
      }
    }
    var lines = Array("#version: 0.2\n".utf8)
    for merge in model.merges {
      let sides = [merge.left, merge.right].map { token(for: Int($0)) ?? "" }
      lines += (sides.joined(separator: " ") + "\n").utf8
    }
    try TextFile.write(writer.bytes + [UInt8(ascii: "\n")], to: vocabularyFile)
    try TextFile.write(lines, to: mergesFile)
  }
}
