import Foundation
import Testing

@testable import RondoText

/// A small file of every format, and how it is read.
enum FileFormats {
  /// A file's bytes, and the reader that makes a tokenizer of them.
  struct Sample {
    let name: String
    let bytes: [UInt8]
    /// Reads damaged bytes; the errors name `damaged.file`.
    let read: ([UInt8]) throws(RondoTextError) -> Tokenizer

    /// Reads bytes, and uses the tokenizer if they are none the worse; returns what was wrong.
    func error(of bytes: [UInt8]) -> RondoTextError? {
      do throws(RondoTextError) {
        let tokenizer = try read(bytes)
        _ = tokenizer.decode(tokenizer.encode("a ab é 12 <s> ▁a", allowing: .all))
        _ = try? tokenizer.fittedEncoding(of: "ab", and: "b a é")
        return nil
      } catch {
        return error
      }
    }
  }

  static let folder: String = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }()

  /// All formats; the files they are read from lie in ``folder``.
  static func samples() throws -> [Sample] {
    try json.map { Sample(name: $0, bytes: Array($1.utf8), read: readJSON) } + [
      Sample(name: "WordPiece", bytes: HostileFileTests.small(), read: readJSON),
      Sample(name: "model file in JSON", bytes: modelFileInJSON(), read: readJSON),
      Sample(name: "SentencePiece unigram", bytes: modelFile(.unigram).bytes, read: readModel),
      Sample(name: "SentencePiece BPE", bytes: modelFile(.bytePair).bytes, read: readModel),
      Sample(
        name: "ranks", bytes: ranks(),
        read: { (bytes: [UInt8]) throws(RondoTextError) in
          try Tokenizer(
            tiktokenRanks: try file(bytes), pattern: .cl100k, specialTokens: [.start: 7])
        }),
      Sample(
        name: "vocab.json", bytes: Array(#"{"a":0,"b":1,"ab":2,"<|endoftext|>":4}"#.utf8),
        read: { (bytes: [UInt8]) throws(RondoTextError) in
          try Tokenizer(
            gpt2Vocabulary: try file(bytes), merges: try file(Array("a b\n".utf8), "merges.file"))
        }),
      Sample(
        name: "merges.txt", bytes: Array("#version: 0.2\na b\nab a\n".utf8),
        read: { (bytes: [UInt8]) throws(RondoTextError) in
          let vocabulary = Array(#"{"a":0,"b":1,"ab":2,"aba":3,"<|endoftext|>":4}"#.utf8)
          return try Tokenizer(
            gpt2Vocabulary: try file(vocabulary, "vocabulary.file"), merges: try file(bytes))
        }),
      Sample(
        name: "vocab.txt", bytes: Array("[UNK]\n[CLS]\n[SEP]\n[PAD]\na\n##b\né\n".utf8),
        read: { (bytes: [UInt8]) throws(RondoTextError) in
          try Tokenizer(bertVocabulary: try file(bytes), isLowercased: true)
        }),
    ]
  }

  private static let json = [
    "BPE": """
    {"added_tokens":[{"id":5,"content":"<s>","special":true}],"pre_tokenizer":{"type":\
    "ByteLevel","add_prefix_space":true},"post_processor":{"type":"RobertaProcessing",\
    "sep":["<s>",5],"cls":["<s>",5]},"decoder":{"type":"ByteLevel"},\
    "model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[["a","b"]]}}
    """,
    "BPE with bytes": """
    {"padding":{"strategy":{"Fixed":6},"direction":"Left","pad_id":0,"pad_type_id":0,\
    "pad_token":"a"},"normalizer":{"type":"Replace","pattern":{"String":" "},"content":"▁"},\
    "decoder":{"type":"ByteFallback"},"model":{"type":"BPE","unk_token":"a",\
    "byte_fallback":true,"vocab":{"a":0,"▁":1,"<0xC3>":2,"▁a":3},"merges":["▁ a"]}}
    """,
    "Unigram": """
    {"truncation":{"direction":"Right","max_length":5,"strategy":"LongestFirst","stride":1},\
    "pre_tokenizer":{"type":"Metaspace","replacement":"▁"},"post_processor":{"type":\
    "TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}}],"pair":\
    [{"SpecialToken":{"id":"s","type_id":0}}],"special_tokens":{"s":{"ids":[1],\
    "tokens":["<s>"]}}},"model":{"type":"Unigram","unk_id":0,"vocab":[["?",0],["▁a",-0.5]]}}
    """,
    "WordLevel": """
    {"normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"}]},"pre_tokenizer":{"type":\
    "Split","pattern":{"Regex":"\\\\s+"},"behavior":"Removed"},"model":\
    {"type":"WordLevel","unk_token":"?","vocab":{"a":0,"?":1}}}
    """,
  ]

  private static func modelFile(_ algorithm: SentencePieceFile.Algorithm) -> SentencePieceFile {
    var file = SentencePieceFile()
    file.algorithm = algorithm
    file.pieces = [
      .init(Array("<unk>".utf8), kind: .unknown), .init(Array("<s>".utf8), kind: .control),
      .init(Array("a".utf8), score: -1), .init(Array("b".utf8), score: -2),
      .init(Array("ab".utf8), score: -3), .init(Array("▁".utf8), score: -4),
      .init(Array("é".utf8), kind: .userDefined),
    ]
    return file
  }

  private static func modelFileInJSON() throws -> [UInt8] {
    try Tokenizer(modelFile(.unigram), name: "model").json()
  }

  /// Every byte alone, as models made from ranks need them, and one merge.
  private static func ranks() -> [UInt8] {
    let tokens = (0..<256).map { [UInt8($0)] } + [[0x61, 0x62]]
    return tokens.enumerated().flatMap { Base64.encode($1) + Array(" \($0)\n".utf8) }
  }

  private static func readJSON(_ bytes: [UInt8]) throws(RondoTextError) -> Tokenizer {
    try Tokenizer(json: bytes, file: "damaged.file")
  }

  private static func readModel(_ bytes: [UInt8]) throws(RondoTextError) -> Tokenizer {
    try Tokenizer(
      try SentencePieceFile(bytes: bytes, file: "damaged.file"), name: "damaged.file")
  }

  /// Writes bytes into a file, and returns its path.
  static func file(_ bytes: [UInt8], _ name: String = "damaged.file") throws(RondoTextError)
    -> String
  {
    let path = "\(folder)/\(name)"
    _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    return path
  }
}
