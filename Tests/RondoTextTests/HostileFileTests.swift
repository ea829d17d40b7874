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
      (model(#"{"a":1048576}"#), "not an identifier below 1048576"),
      (model(#"{"a":-1}"#), "is not an identifier"),
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
        #""pre_tokenizer":{"type":"Split","pattern":{"Regex":"x+"},"behavior":"Removed","#
          + #""invert":false}"#,
        "the pattern x+"
      ),
      (#""post_processor":{"type":"Other"}"#, "the post-processor Other"),
      (#""decoder":{"type":"CTC"}"#, "the decoder CTC"),
      (#""version":"9.9""#, "the version 9.9"),
      (
        #""pre_tokenizer":{"type":"Metaspace","replacement":"_","prepend_scheme":"last"}"#,
        "the prepend scheme last"
      ),
      (
        #""truncation":{"direction":"Right","max_length":5,"strategy":"Random","stride":0}"#,
        "the truncation strategy Random"
      ),
      (
        #""padding":{"strategy":"Longest","direction":"Left","pad_id":0,"pad_type_id":0,"#
          + #""pad_token":"a"}"#, "the padding strategy Longest"
      ),
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

  /// A tokenizer of the words `a` and `?`, with more members.
  private static func words(_ more: String) -> [UInt8] {
    Array(#"{\#(more),"model":{"type":"WordLevel","vocab":{"a":0,"?":1},"unk_token":"?"}}"#.utf8)
  }

  private static func strip(start: Int, stop: Int) -> [UInt8] {
    words(#""decoder":{"type":"Strip","content":"a","start":\#(start),"stop":\#(stop)}"#)
  }

  private static func replacing(_ old: String, by new: String, _ count: Int) -> String {
    let one = #"{"type":"Replace","pattern":{"String":"\#(old)"},"content":"\#(new)"}"#
    return [String](repeating: one, count: count).joined(separator: ",")
  }

  @Test("Counts and identifiers beyond reason are refused where they stand")
  func greatNumbers() throws {
    func template(id: Int, typeID: Int) -> [UInt8] {
      let special = #"{"SpecialToken":{"id":"s","type_id":0}}"#
      let text = #"{"Sequence":{"id":"A","type_id":\#(typeID)}}"#
      return Self.words(
        #""post_processor":{"type":"TemplateProcessing","single":[\#(text)],"pair":[\#(special)],"#
          + #""special_tokens":{"s":{"id":"s","ids":[\#(id)],"tokens":["s"]}}}"#)
    }
    func padding(id: Int, typeID: Int) -> [UInt8] {
      Self.words(
        #""padding":{"strategy":"BatchLongest","direction":"Left","pad_id":\#(id),"#
          + #""pad_type_id":\#(typeID),"pad_token":"a"}"#)
    }
    func longest(_ count: Int) -> [UInt8] {
      Array(
        #"{"model":{"type":"WordPiece","vocab":{"[UNK]":0,"a":1},"max_input_chars_per_word":"#.utf8)
        + Array("\(count)}}".utf8)
    }
    for good in [
      Self.strip(start: 0, stop: 65_536), Self.strip(start: 65_536, stop: 0), longest(0),
      template(id: 4_294_967_295, typeID: 4_294_967_295), padding(id: 4_294_967_295, typeID: 1),
    ] { #expect(Self.read(good) == nil) }
    let bad: [([UInt8], String, String)] = [
      (Self.strip(start: 0, stop: 1 << 62), "$.decoder.stop", "is more than 65536"),
      (Self.strip(start: .max, stop: 0), "$.decoder.start", "is more than 65536"),
      (Self.strip(start: 0, stop: -1), "$.decoder.stop", "is negative"),
      (longest(-1), "$.model.max_input_chars_per_word", "is negative"),
      (template(id: 1 << 32, typeID: 0), "ids", "4294967296 is not an identifier"),
      (template(id: -1, typeID: 0), "ids", "-1 is not an identifier"),
      (template(id: 0, typeID: -1), "type_id", "-1 is not an identifier"),
      (padding(id: -1, typeID: 0), "$.padding.pad_id", "-1 is not an identifier"),
      (padding(id: 0, typeID: 1 << 32), "$.padding.pad_type_id", "is not an identifier"),
    ]
    for (bytes, place, problem) in bad {
      let error = try #require(Self.read(bytes), "\(problem)")
      #expect(error.description.contains(place) && error.description.contains(problem), "\(error)")
    }
  }

  @Test("A decoder that may strip almost without end decodes at once")
  func endlessStripping() {
    let most = StrippingDecoder("a", startCount: 0, endCount: .max)
    var stream = most.makeStream()
    let parts = stream.decode(DecodedToken(Array("baa".utf8))) + stream.finish()
    #expect(parts.flatMap(\.bytes) == Array("b".utf8))
  }

  @Test("Replacements that multiply a text are refused, and as many that do not are read")
  func growth() throws {
    func normalizer(_ parts: String) -> [UInt8] {
      Self.words(#""normalizer":{"type":"Sequence","normalizers":[\#(parts)]}"#)
    }
    func decoder(_ parts: String) -> [UInt8] {
      Self.words(#""decoder":{"type":"Sequence","decoders":[\#(parts)]}"#)
    }
    let prefix = String(repeating: "x", count: 100)
    func prepending(_ count: Int) -> String {
      let one = #"{"type":"Prepend","prepend":"\#(prefix)"}"#
      return [String](repeating: one, count: count).joined(separator: ",")
    }
    // Each digit becomes a word of its own, so that the text gets no longer than the longest word.
    let digits = (0...9).map { Self.replacing("\($0)", by: "zero", 1) }.joined(separator: ",")
    let runs = #"{"type":"Replace","pattern":{"Regex":"\\s+"},"content":"    "}"#
    for good in [
      normalizer(Self.replacing("a", by: "aa", 10)), normalizer(Self.replacing("aa", by: "a", 40)),
      normalizer(digits), normalizer(prepending(10)), decoder(Self.replacing("a", by: "aa", 10)),
      normalizer([String](repeating: runs, count: 5).joined(separator: ",")),
    ] { #expect(Self.read(good) == nil) }
    let many = "over 1024 times as long"
    for (bytes, component) in [
      (normalizer(Self.replacing("a", by: "aa", 40)), "a normalizer that makes text \(many)"),
      (normalizer(Self.replacing("ab", by: "abab", 40)), "a normalizer that makes text \(many)"),
      (normalizer(prepending(200)), "a normalizer that makes text \(many)"),
      (
        normalizer(prepending(1) + "," + Self.replacing("x", by: "xx", 9)),
        "a normalizer that makes text \(many)"
      ),
      (
        normalizer([String](repeating: runs, count: 6).joined(separator: ",")),
        "a normalizer that makes text \(many)"
      ),
      (decoder(Self.replacing("a", by: "aa", 40)), "a decoder that makes text \(many)"),
    ] {
      #expect(Self.read(bytes) == .unsupported(file: "damaged.json", component: component))
    }
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
