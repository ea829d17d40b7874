/// The pattern by which a tiktoken encoding splits text, which its files do not record.
public enum TiktokenPattern: String, Hashable, Sendable, CaseIterable {
  /// GPT-2 and GPT-3: `r50k_base`, `p50k_base`.
  case gpt2
  /// GPT-4: `cl100k_base`.
  case cl100k
  /// GPT-4o and gpt-oss: `o200k_base`, `o200k_harmony`.
  case o200k
  /// Llama 3.
  case llama3
  /// Qwen and Qwen 2; Qwen's own code composes text, as Unicode's form NFC, before it is split.
  case qwen

  /// The scanner.
  var scanner: any PieceScanner {
    switch self {
    case .gpt2: GPT2Scanner()
    case .cl100k: CL100KScanner(joinsFinalSpace: true)
    case .o200k: O200KScanner()
    case .llama3: CL100KScanner()
    case .qwen: CL100KScanner(digitLimit: 1)
    }
  }
}

extension Tokenizer {
  /// Reads a file of tiktoken ranks: one base64 token and its rank per line.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - pattern: The pattern by which the encoding splits text.
  ///   - specialTokens: The special tokens and their identifiers.
  /// - Throws: ``RondoTextError`` that names the file and the line.
  public init(
    tiktokenRanks path: String, pattern: TiktokenPattern, specialTokens: [SpecialToken: Int] = [:]
  ) throws(RondoTextError) {
    try self.init(
      ranks: try Self.ranks(try TextFile.read(path), file: path), pattern: pattern,
      specialTokens: specialTokens, file: path)
  }

  init(
    ranks: Vocabulary, pattern: TiktokenPattern, specialTokens: [SpecialToken: Int], file: String
  ) throws(RondoTextError) {
    self = Self.tiktoken(
      try BytePairModel(ranks: ranks, file: file), pattern: pattern,
      addedTokens: specialTokens.map { AddedToken($0.key.text, id: $0.value, isSpecial: true) })
  }

  /// Builds tiktoken's pipeline around a model.
  private static func tiktoken(
    _ model: BytePairModel, pattern: TiktokenPattern, addedTokens: [AddedToken]
  ) -> Tokenizer {
    Tokenizer(
      preTokenizer: PreTokenizerSequence([
        pattern.scanner, ByteLevelPreTokenizer(addsPrefixSpace: false, splits: false),
      ]), model: model, decoder: ByteLevelDecoder(), addedTokens: addedTokens)
  }

  static func ranks(_ bytes: [UInt8], file: String) throws(RondoTextError) -> Vocabulary {
    var builder = VocabularyBuilder()
    try forEachRank(of: bytes, file: file) { (token, rank, line) throws(RondoTextError) in
      if let problem = builder.problem(adding: token.count) {
        throw .damaged(file: file, place: "line \(line)", problem: problem)
      }
      token.withUnsafeBufferPointer { builder.append($0, id: rank) }
    }
    do throws(VocabularyBuilder.Repetition) {
      return try builder.build()
    } catch {
      var line = 0
      try forEachRank(of: bytes, file: file) { if $1 == error.id { line = $2 } }
      throw .damaged(file: file, place: "line \(line)", problem: error.problem)
    }
  }

  /// Calls `body` with each token, its rank and its line.
  private static func forEachRank(
    of bytes: [UInt8], file: String, _ body: ([UInt8], Int, Int) throws(RondoTextError) -> Void
  ) throws(RondoTextError) {
    var (number, start) = (0, 0)
    while start < bytes.count {
      number += 1
      let rest = bytes[start...]
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      start = end + 1
      let line = rest[..<end].last == UInt8(ascii: "\r") ? rest[..<(end - 1)] : rest[..<end]
      if line.isEmpty { continue }
      guard line.count < 2 * VocabularyBuilder.longestToken,
        let space = line.firstIndex(of: UInt8(ascii: " ")),
        let token = Base64.decode(line[..<space]), !token.isEmpty,
        let rank = Int(String(decoding: line[(space + 1)...], as: UTF8.self)),
        (0..<VocabularyBuilder.identifierLimit).contains(rank)
      else {
        throw .damaged(
          file: file, place: "line \(number)",
          problem: "a token of at most \(VocabularyBuilder.longestToken) bytes in base64 and a "
            + "rank below \(VocabularyBuilder.identifierLimit) are needed")
      }
      try body(token, rank, number)
    }
  }

  /// Writes a file of ranks, for tokenizers of tiktoken's kind only.
  ///
  /// The file contains neither the pattern nor the special tokens; pass them when reading. A model
  /// of learned merges is rejected: two tokens whose merge was never learned would merge by rank.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``RondoTextError`` if the file cannot be written, or would be read back as another
  ///   tokenizer.
  public func writeTiktokenRanks(to path: String) throws(RondoTextError) {
    guard let model = model as? BytePairModel, model.isRanked else {
      throw .inexpressible(file: path, component: "a model that was not made from ranks")
    }
    let copies = TiktokenPattern.allCases.map { pattern in
      Self.tiktoken(
        model, pattern: pattern,
        addedTokens: addedTokens.map { AddedToken($0.text, id: $0.id, isSpecial: true) })
    }
    let copy = copies.first { Self.json(of: $0.preTokenizer) == Self.json(of: preTokenizer) }
    try checkLosses(writing: path, readAs: copy ?? copies[0])
    var lines: [UInt8] = []
    for id in 0..<model.count where addedByID[id] == nil {
      guard let bytes = model.bytes(of: id) else { continue }
      lines += Base64.encode(bytes) + Array(" \(id)\n".utf8)
    }
    try TextFile.write(lines, to: path)
  }
}
