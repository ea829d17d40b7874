import Foundation
import Testing

@testable import RondoText

/// What published vocabularies make of texts; see make_tokenizers.py.
@Suite("Published tokenizers")
struct PublishedTokenizerTests {
  private struct Published: Decodable {
    struct Model: Decodable {
      let vocabulary: [String: Int]
      let merges: [[String]]?
      let cases: [Case]
    }

    struct Case: Decodable {
      let text: String
      let ids: [Int]

      init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        text = try parts.decode(String.self)
        ids = try parts.decode([Int].self)
      }
    }

    let gpt2: Model
    let bert: Model

    static func read() throws -> Published {
      let data = try Data(contentsOf: Golden.url("tokenizers/published.json"))
      return try JSONDecoder().decode(Published.self, from: data)
    }
  }

  /// The vocabularies as they were published, beside the package on some machines.
  private static let folder = Golden.shared.appendingPathComponent("data/tokenizer_models")
  private static let isPresent = FileManager.default.fileExists(atPath: folder.path)

  /// Returns the bytes of a file that is compressed.
  private static func unpacked(_ name: String) throws -> [UInt8] {
    let program = Process()
    let output = Pipe()
    program.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    program.arguments = ["gzip", "-dc", folder.appendingPathComponent(name).path]
    program.standardOutput = output
    try program.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    program.waitUntilExit()
    try #require(program.terminationStatus == 0)
    return [UInt8](data)
  }

  private static func check(_ tokenizer: Tokenizer, _ cases: [Published.Case]) {
    #expect(cases.count == 6)
    for item in cases {
      #expect(tokenizer.encoding(of: item.text).ids == item.ids, "\(item.text)")
      // Nothing stands around the text, and what is unknown stands in it.
      let ids = item.ids.filter { !tokenizer.isSpecial($0) || $0 == tokenizer.unknownID }
      #expect(tokenizer.encode(item.text) == ids)
    }
  }

  private static func checkGPT2(_ tokenizer: Tokenizer) throws {
    check(tokenizer, try Published.read().gpt2.cases)
    #expect(tokenizer.encode("Hello, world!") == [15496, 11, 995, 0])
    #expect(tokenizer.decode([15496, 11, 995, 0]) == "Hello, world!")
    // One token ends every text; none begins it, and none fills a batch.
    #expect(tokenizer.startID == nil && tokenizer.paddingID == nil)
    #expect(tokenizer.id(forToken: "<bos>") == nil)
    #expect(tokenizer.endID == 50256 && tokenizer.token(for: 50256) == "<|endoftext|>")
    #expect(tokenizer.encode("🤖") == [8582, 97, 244])
    #expect(tokenizer.encode("a  ") == [64, 220, 220])
    var numbers = SeededNumbers(state: 23)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      #expect(tokenizer.decodeBytes(tokenizer.encode(bytes: bytes)) == bytes)
    }
    #expect(tokenizer.encode("<|endoftext|>", allowing: .all) == [50256])
    #expect(!tokenizer.encode("<|endoftext|>").contains(50256))
  }

  private static func checkBERT(_ tokenizer: Tokenizer) throws {
    check(tokenizer, try Published.read().bert.cases)
    #expect(tokenizer.encoding(of: "I love AI").ids == [101, 1045, 2293, 9932, 102])
    #expect(tokenizer.decode([101, 1045, 2293, 9932, 102]) == "i love ai")
  }

  @Test("GPT-2's own tokens, as many as a few texts need, give its identifiers, from either form")
  func gpt2() throws {
    let folder = try TextFolder()
    let golden = try Published.read().gpt2
    let merges = try #require(golden.merges).map { $0.joined(separator: " ") + "\n" }.joined()
    let tokenizer = try Tokenizer(
      gpt2Vocabulary: try folder.write(
        [UInt8](try JSONEncoder().encode(golden.vocabulary)), to: "vocab.json"),
      merges: try folder.write(Array(merges.utf8), to: "merges.txt"))
    try Self.checkGPT2(tokenizer)
    try Self.checkGPT2(try Tokenizer(json: try tokenizer.json(), file: "tokenizer.json"))
  }

  @Test("BERT's own tokens, as many as a few texts need, give its identifiers, from either form")
  func bert() throws {
    let folder = try TextFolder()
    let golden = try Published.read().bert
    var lines = [String](repeating: "", count: (golden.vocabulary.values.max() ?? 0) + 1)
    for (token, id) in golden.vocabulary { lines[id] = token }
    let path = try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "vocab.txt")
    let tokenizer = try Tokenizer(bertVocabulary: path, isLowercased: true)
    try Self.checkBERT(tokenizer)
    try Self.checkBERT(try Tokenizer(json: try tokenizer.json(), file: "tokenizer.json"))
  }

  @Test("GPT-2 as it was published gives its identifiers", .enabled(if: isPresent))
  func wholeGPT2() throws {
    let folder = try TextFolder()
    _ = try folder.write(try Self.unpacked("gpt2/encoder.json.gz"), to: "encoder.json")
    _ = try folder.write(try Self.unpacked("gpt2/vocab.bpe.gz"), to: "vocab.bpe")
    let tokenizer = try Tokenizer(at: folder.path)
    #expect(tokenizer.vocabularySize == 50257)
    try Self.checkGPT2(tokenizer)
    try Self.checkGPT2(try Tokenizer(json: try tokenizer.json(), file: "tokenizer.json"))
    guard SharedVectors.isPresent else { return }
    try SharedVectors.check("gpt2.jsonl", with: tokenizer, allowing: .none)
  }

  @Test("BERT as it was published gives its identifiers", .enabled(if: isPresent))
  func wholeBERT() throws {
    let folder = try TextFolder()
    _ = try folder.write(try Self.unpacked("bert-base-uncased/vocab.txt.gz"), to: "vocab.txt")
    let tokenizer = try Tokenizer(at: folder.path)
    #expect(tokenizer.vocabularySize == 30522)
    try Self.checkBERT(tokenizer)
  }

  // SentencePiece 0.2.3 returns these identifiers and texts.
  @Test("SentencePiece models as they were published give its identifiers", .enabled(if: isPresent))
  func sentencePiece() throws {
    let question = "I love AI, don't you? ½"
    for (name, text, ids, decoded) in [
      (
        "t5_spiece", question, [27, 333, 7833, 6, 278, 31, 17, 25, 58, 209, 2, 357],
        "I love AI, don't you? 1 ⁇ 2"
      ),
      (
        "albert_spiece", question, [13, 1, 339, 13, 1, 15, 221, 22, 38, 42, 60, 137, 1, 135],
        " ⁇  love  ⁇ , don't you? 1 ⁇ 2"
      ),
      (
        "sentencepiece_test_unigram", question,
        [9, 169, 21, 125, 104, 100, 5, 274, 32, 15, 49, 152, 4, 357, 0, 596],
        "I love AI, don't you? 1 ⁇ 2"
      ),
      (
        "sentencepiece_test_ja", "吾輩は猫である。名前はまだ無い。",
        [6, 3973, 6019, 9, 6022, 24, 5, 1606, 9, 2206, 2441, 5], "吾輩は猫である。名前はまだ無い。"
      ),
    ] {
      let path = Self.folder.appendingPathComponent("sentencepiece/\(name).model").path
      let tokenizer = try Tokenizer(sentencePiece: path)
      #expect(tokenizer.encode(text) == ids, "\(name)")
      #expect(tokenizer.decode(ids) == decoded, "\(name)")
    }
  }

  // Hugging Face tokenizers 0.23.3 returns these identifiers.
  @Test(
    "tokenizer.json files as they were published give their identifiers", .enabled(if: isPresent))
  func json() throws {
    let neoX = try Tokenizer(
      json: try Self.unpacked("hf_tokenizer_json/gpt-neox-20b.tokenizer.json.gz"), file: "neox")
    #expect(
      neoX.encode("Hello, world!  def f(x):\n    return 1") == [
        12092, 13, 1533, 2, 50276, 1545, 269, 9, 89, 2262, 187, 50274, 2309, 337,
      ])
    let path = Self.folder.appendingPathComponent("hf_tokenizer_json/tiny_bpe.tokenizer.json").path
    let tiny = try Tokenizer(contentsOf: path)
    #expect(tiny.encode("Hello, world!") == [39, 385, 78, 11, 675, 0])
    #expect(tiny.encode("the lower") == [83, 100, 155, 649])
  }
}
