import Foundation
import Testing

@testable import RondoText

@Suite("Damaged and hostile files")
struct HostileFileTests {
  static func small() throws -> [UInt8] {
    var tokenizer = Tokenizer(
      normalizer: BERTNormalizer(), preTokenizer: BERTPreTokenizer(),
      model: try WordPieceModel(
        vocabulary: Vocabulary(["[UNK]", "[S]", "a", "##b"].map { Array($0.utf8) })),
      postProcessor: BERTPostProcessor(
        classification: FramingToken(id: 1, piece: "[S]"),
        separator: FramingToken(id: 1, piece: "[S]")),
      decoder: WordPieceDecoder(), addedTokens: [AddedToken("é", id: 6)])
    tokenizer.padding = Padding(length: 4)
    return try tokenizer.json()
  }

  /// Reads a file that may be damaged, and uses the tokenizer if it is none the worse.
  static func read(_ bytes: [UInt8]) -> RondoTextError? {
    do throws(RondoTextError) {
      let tokenizer = try Tokenizer(json: bytes, file: "damaged.json")
      _ = tokenizer.decode(tokenizer.encode("abc é 12 [CLS]", allowing: .all))
      return nil
    } catch {
      return error
    }
  }

  @Test("Depth, absurd numbers and repetition are refused")
  func absurdities() throws {
    func model(_ vocabulary: String, _ merges: String = "[]") -> String {
      #"{"model":{"type":"BPE","vocab":\#(vocabulary),"merges":\#(merges)}}"#
    }
    let depth = String(repeating: "[", count: 100_000)
    let cases: [(String, String)] = [
      (depth, "nested deeper"), (depth + String(repeating: "]", count: 100_000), "nested deeper"),
      ("{}", "model is missing"), ("[]", "an object was expected"), ("", "the file ends early"),
      ("{} {}", "text follows"), (#"{"a":01}"#, "begins with zero"),
      (#"{"model":1,"model":2}"#, "occurs twice"), (#"{"a":"\ud800"}"#, "surrogate"),
      (#"{"a":"\x"}"#, "unknown escape"), ("{\"a\":\"\n\"}", "control character"),
      (#"{"a" 1}"#, "colon is missing"), (#"{"a":1 "b":2}"#, "comma or a bracket"),
      (#"{"a":-}"#, "digit is missing"), (#"{"a":nul}"#, "no value begins here"),
      (model(#"{"a":0,"b":0}"#), "occurs twice"), (model(#"{"a":0,"a":1}"#), "occurs twice"),
      (model(#"{"a":4000000000}"#), "is not an identifier"),
      (model(#"{"a":2000000000}"#), "far beyond"), (model(#"{"a":-1}"#), "is not an identifier"),
      (model(#"{"a":1.5}"#), "whole number"),
      (model(#"{"a":9223372036854775808}"#), "whole number"),
      (model(#"{"a":0}"#, #"["a"]"#), "only one part"),
      (model(#"{"a":0}"#, #"["a b"]"#), "unknown token"),
      (model(#"{"a":0}"#, #"[["a","a"]]"#), "not in the vocabulary"),
      (model(#"{"a":0}"#, #"[["a"]]"#), "two parts"),
      (#"{"model":{"type":"WordPiece","vocab":{"a":0}}}"#, "[UNK] is not in the vocabulary"),
    ]
    for (text, problem) in cases {
      let error = try #require(Self.read(Array(text.utf8)), "\(text.prefix(60))")
      #expect(error.description.contains(problem), "\(error)")
      #expect(error.description.contains("damaged.json"))
    }
    #expect(Self.read([0x22, 0xFF, 0x22])?.description.contains("UTF-8") == true)
  }

  @Test("What is not supported is refused by its name")
  func unsupported() throws {
    let cases = [
      (#""normalizer":{"type":"Nmt"}"#, "the normalizer Nmt"),
      (
        #""normalizer":{"type":"Replace","pattern":{"Regex":"a|b"},"content":""}"#,
        "the pattern a|b"
      ),
      (#""normalizer":{"type":"Sequence","normalizers":[{"type":"Nmt"}]}"#, "the normalizer Nmt"),
      (#""pre_tokenizer":{"type":"UnicodeScripts"}"#, "the pre-tokenizer UnicodeScripts"),
      (
        #""pre_tokenizer":{"type":"Split","pattern":{"Regex":"x+"},"behavior":"Removed","invert":false}"#,
        "the pattern x+"
      ),
      (#""post_processor":{"type":"Other"}"#, "the post-processor Other"),
      (#""decoder":{"type":"CTC"}"#, "the decoder CTC"),
    ]
    let model = #""model":{"type":"WordLevel","vocab":{"a":0},"unk_token":"a"}"#
    for (part, name) in cases {
      let error = Self.read(Array("{\(part),\(model)}".utf8))
      #expect(error == .unsupported(file: "damaged.json", component: name))
    }
    let other = #"{"model":{"type":"Neural"}}"#
    #expect(
      Self.read(Array(other.utf8))
        == .unsupported(file: "damaged.json", component: "the model Neural"))
  }

  @Test("A component that a program made has no place in a file")
  func ownComponents() {
    struct Mine: Normalizer {
      func normalize(_ text: inout NormalizedText) {}
    }
    let tokenizer = Tokenizer(
      normalizer: NormalizerSequence([Mine()]),
      model: WordLevelModel(vocabulary: Vocabulary([[97]]), unknownToken: "a"))
    #expect(throws: RondoTextError.self) { try tokenizer.json() }
  }

  @Test("Damaged text files name their line")
  func textFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ text: String) throws -> String {
      let path = folder.appendingPathComponent(name).path
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return path
    }
    for (text, place) in [
      ("IQ== 0\nIg=\n", "line 2"), ("IQ== 0\nIg== x\n", "line 2"), ("IQ== -1\n", "line 1"),
      ("I!== 0\n", "line 1"), ("!!!! 0\n", "line 1"), ("IQ== 0\nIQ== 1\n", "line 2"),
      ("IR== 0\n", "line 1"),
      ("IQ== 2000000000\n", "line 1"),
    ] {
      let path = try file("ranks", text)
      let error = #expect(throws: RondoTextError.self) {
        try Tokenizer(tiktokenRanks: path, pattern: .gpt2)
      }
      #expect(error?.description.contains(place) == true, "\(String(describing: error))")
    }
    let vocabulary = try file("vocab.json", #"{"a":0,"b":1,"ab":2,"<|endoftext|>":3}"#)
    for (text, place) in [("#version: 0.2\na b\na\n", "line 3"), ("a c\n", "line 1")] {
      let merges = try file("merges.txt", text)
      let error = #expect(throws: RondoTextError.self) {
        try Tokenizer(gpt2Vocabulary: vocabulary, merges: merges)
      }
      #expect(error?.description.contains(place) == true, "\(String(describing: error))")
    }
    for text in ["[UNK]\na\na\n", "[UNK]\n[CLS]\n", "[CLS]\n[SEP]\n", ""] {
      let path = try file("vocab.txt", text)
      #expect(throws: RondoTextError.self) {
        try Tokenizer(bertVocabulary: path, isLowercased: true)
      }
    }
    let missing = folder.appendingPathComponent("missing").path
    #expect(
      throws: RondoTextError.unreadable(file: missing, reason: "there is no such file or folder")
    ) { try Tokenizer(contentsOf: missing) }
  }
}
