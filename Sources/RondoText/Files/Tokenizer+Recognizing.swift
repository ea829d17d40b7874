#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Tokenizer {
  /// Reads a tokenizer from a file or a folder of any supported format, recognized by its content.
  ///
  /// | Form | File, or files of a folder |
  /// |---|---|
  /// | Rondo, Hugging Face | `tokenizer.json` |
  /// | GPT-2 | `vocab.json` and `merges.txt`, or `encoder.json` and `vocab.bpe` |
  /// | BERT | `vocab.txt`; lower-case if no token has a capital letter |
  /// | SentencePiece | a `.model` file |
  /// | tiktoken | a `.tiktoken` or `.model` file of ranks, such as Llama 3's `tokenizer.model` |
  ///
  /// A run folder is read as well if it holds one tokenizer.
  ///
  /// - Parameters:
  ///   - path: The file or the folder.
  ///   - pattern: The pattern by which a file of tiktoken ranks splits text; required unless the
  ///     file is named after an encoding, such as `cl100k_base`.
  /// - Throws: ``RondoTextError`` that names the file and the place.
  public init(at path: String, pattern: TiktokenPattern? = nil) throws(RondoTextError) {
    self =
      try TextFile.isFolder(path)
      ? Self.folder(path, pattern: pattern) : Self.file(path, pattern: pattern)
  }

  private static func folder(
    _ folder: String, pattern: TiktokenPattern?
  ) throws(RondoTextError) -> Tokenizer {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw .unreadable(file: folder, reason: TextFile.reason(of: error))
    }
    func path(_ name: String) -> String {
      folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
    if names.contains("tokenizer.json") {
      return try Tokenizer(contentsOf: path("tokenizer.json"))
    }
    for (vocabulary, merges) in gpt2Names
    where names.contains(vocabulary) && names.contains(merges) {
      return try gpt2(vocabulary: path(vocabulary), merges: path(merges))
    }
    for isPart in singleFiles {
      let found = names.filter(isPart)
      if found.count > 1 {
        throw .unrecognized(
          file: folder, reason: "it holds \(found.joined(separator: " and ")); name one of them")
      }
      if let name = found.first { return try file(path(name), pattern: pattern) }
    }
    throw .unrecognized(
      file: folder,
      reason: "it has no tokenizer.json, no vocab.json with merges.txt, no vocab.txt, and no file "
        + "that ends in .model or .tiktoken")
  }

  private static let gpt2Names = [("vocab.json", "merges.txt"), ("encoder.json", "vocab.bpe")]

  /// The names by which the one relevant file of a folder is recognized.
  private static let singleFiles: [@Sendable (String) -> Bool] = [
    { $0.hasSuffix("tokenizer.json") }, { $0.hasSuffix(".model") }, { $0 == "vocab.txt" },
    { $0.hasSuffix(".tiktoken") },
  ]

  private static func file(
    _ file: String, pattern: TiktokenPattern?
  ) throws(RondoTextError) -> Tokenizer {
    let url = URL(fileURLWithPath: file)
    let (name, folder) = (url.lastPathComponent, url.deletingLastPathComponent())
    for (vocabulary, merges) in gpt2Names where name == vocabulary || name == merges {
      let refusal = TextFile.refusal(ofFileThatBegins: try TextFile.read(file), path: file)
      if let refusal { throw refusal }
      return try gpt2(
        vocabulary: folder.appendingPathComponent(vocabulary).path,
        merges: folder.appendingPathComponent(merges).path)
    }
    let bytes = try TextFile.read(file)
    if let refusal = TextFile.refusal(ofFileThatBegins: bytes, path: file) { throw refusal }
    // No SentencePiece model begins with such a line, though files of ranks may be named like one.
    if isRank(bytes.prefix(2 * VocabularyBuilder.longestToken).prefix { $0 != lineFeed }) {
      return try tiktoken(bytes, file: file, name: name, pattern: pattern)
    }
    if name.hasSuffix(".model") {
      return try Tokenizer(try SentencePieceFile(bytes: bytes, file: file), name: file)
    }
    if bytes.first(where: { $0 > UInt8(ascii: " ") }) == UInt8(ascii: "{") {
      return try Tokenizer(json: bytes, file: file)
    }
    let (hasUnknown, isLowercased) = words(of: bytes)
    guard hasUnknown else {
      throw .unrecognized(
        file: file,
        reason: "it is no tokenizer.json, no vocab.json or merges.txt by name, no list of tiktoken "
          + "ranks, no vocab.txt with [UNK], and its name does not end in .model")
    }
    return try Tokenizer(bertVocabulary: bytes, isLowercased: isLowercased, file: file)
  }

  private static let lineFeed = UInt8(ascii: "\n")

  /// Whether one of the lines is `[UNK]`, and none has a capital letter that does not begin with a
  /// bracket.
  private static func words(of bytes: [UInt8]) -> (hasUnknown: Bool, isLowercased: Bool) {
    var (hasUnknown, isLowercased) = (false, true)
    var start = 0
    while start < bytes.count {
      let line = bytes[start...].prefix { $0 != lineFeed }
      start = line.endIndex + 1
      hasUnknown = hasUnknown || line.elementsEqual("[UNK]".utf8)
      if isLowercased, line.first != UInt8(ascii: "[") {
        isLowercased = !line.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
      }
    }
    return (hasUnknown, isLowercased)
  }

  /// Whether a line is a token in base64 and a rank.
  private static func isRank(_ line: some Collection<UInt8>) -> Bool {
    let parts = line.split(separator: UInt8(ascii: " "))
    guard parts.count == 2, let token = Base64.decode(Array(parts[0])[...]) else { return false }
    return !token.isEmpty && Int(String(decoding: parts[1], as: UTF8.self)) != nil
  }

  /// Reads GPT-2's two files, with those special tokens of GPT-2 or RoBERTa that they contain.
  private static func gpt2(
    vocabulary: String, merges: String
  ) throws(RondoTextError) -> Tokenizer {
    let bare = try Tokenizer(gpt2Vocabulary: vocabulary, merges: merges, specialTokens: [])
    let specials = ["<|endoftext|>", "<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    return Tokenizer(
      preTokenizer: bare.preTokenizer, model: bare.model, decoder: bare.decoder,
      addedTokens: specials.compactMap { text in
        bare.id(forToken: text).map { AddedToken(text, id: $0, isSpecial: true) }
      })
  }

  private static func tiktoken(
    _ bytes: [UInt8], file: String, name: String, pattern: TiktokenPattern?
  ) throws(RondoTextError) -> Tokenizer {
    let encoding = TiktokenPattern.encodings.first { name.contains($0.name) }
    guard let pattern = pattern ?? encoding?.pattern else {
      let patterns = TiktokenPattern.allCases.map(\.rawValue).joined(separator: ", ")
      throw .unrecognized(
        file: file,
        reason: "ranks do not say how text is split; name a pattern out of \(patterns)")
    }
    return try Tokenizer(
      ranks: try ranks(bytes, file: file), pattern: pattern,
      specialTokens: encoding?.specialTokens ?? [:], file: file)
  }
}

extension TiktokenPattern {
  /// An encoding whose files have its name.
  fileprivate struct Encoding {
    let name: String
    let pattern: TiktokenPattern
    let specialTokens: [SpecialToken: Int]
  }

  /// The encodings of OpenAI's models.
  ///
  /// - Source: `openai_public.py` of [tiktoken](https://github.com/openai/tiktoken).
  fileprivate static let encodings: [Encoding] = {
    func tokens(_ pairs: KeyValuePairs<String, Int>) -> [SpecialToken: Int] {
      Dictionary(uniqueKeysWithValues: pairs.map { (SpecialToken($0), $1) })
    }
    let end = "<|endoftext|>"
    let harmony = tokens([
      "<|startoftext|>": 199_998, end: 199_999, "<|return|>": 200_002, "<|constrain|>": 200_003,
      "<|channel|>": 200_005, "<|start|>": 200_006, "<|end|>": 200_007, "<|message|>": 200_008,
      "<|call|>": 200_012, "<|endofprompt|>": 200_018,
    ])
    let reserved = Set(200_000..<201_088).subtracting(harmony.values).map {
      (SpecialToken("<|reserved_\($0)|>"), $0)
    }
    return [
      Encoding(name: "r50k_base", pattern: .gpt2, specialTokens: tokens([end: 50256])),
      Encoding(name: "p50k_base", pattern: .gpt2, specialTokens: tokens([end: 50256])),
      Encoding(
        name: "cl100k_base", pattern: .cl100k,
        specialTokens: tokens([
          end: 100_257, "<|fim_prefix|>": 100_258, "<|fim_middle|>": 100_259,
          "<|fim_suffix|>": 100_260, "<|endofprompt|>": 100_276,
        ])),
      Encoding(
        name: "o200k_base", pattern: .o200k,
        specialTokens: tokens([end: 199_999, "<|endofprompt|>": 200_018])),
      Encoding(
        name: "o200k_harmony", pattern: .o200k,
        specialTokens: harmony.merging(reserved) { first, _ in first }),
    ]
  }()
}
