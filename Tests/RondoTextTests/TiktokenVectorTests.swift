import Foundation
import Testing

@testable import RondoText

@Suite("tiktoken and GPT-2's files", .enabled(if: SharedVectors.isPresent))
struct TiktokenVectorTests {
  static func ranked() throws -> Tokenizer {
    let data = try Data(
      contentsOf: URL(fileURLWithPath: SharedVectors.path("tokenizers/cl100kish.special.json")))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let special = try #require(json["special_tokens"] as? [String: Int])
    return try Tokenizer(
      tiktokenRanks: SharedVectors.path("tokenizers/cl100kish.tiktoken"), pattern: .cl100k,
      specialTokens: Dictionary(uniqueKeysWithValues: special.map { (SpecialToken($0), $1) }))
  }

  static func gpt2() throws -> Tokenizer {
    try Tokenizer(
      gpt2Vocabulary: SharedVectors.path("tokenizers/gpt2-vocab.json"),
      merges: SharedVectors.path("tokenizers/gpt2-merges.txt"))
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8)
    return stride(from: 0, to: digits.count, by: 2).compactMap { index in
      UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
    }
  }

  @Test("Ranks give tiktoken's identifiers, and survive tokenizer.json")
  func ranks() throws {
    let tokenizer = try Self.ranked()
    try SharedVectors.check("cl100kish-tiktoken.jsonl", with: tokenizer, allowing: .none)
    let copy = try Tokenizer(json: try tokenizer.json(), file: "copy")
    try SharedVectors.check("cl100kish-tiktoken.jsonl", with: copy, allowing: .none)
  }

  @Test("GPT-2's files give its identifiers, offsets and text")
  func gpt2Cases() throws {
    let tokenizer = try Self.gpt2()
    try SharedVectors.check("gpt2.jsonl", with: tokenizer, allowing: .none)
    try SharedVectors.check("gpt2-offsets.jsonl", with: tokenizer, allowing: .none)
    #expect(tokenizer.encode("Hello, world!") == [15496, 11, 995, 0])
    #expect(tokenizer.id(of: .end) == 50256)
  }

  @Test("Special tokens are read only where allowed, and refused where told to")
  func specialTokens() throws {
    let tokenizer = try Self.ranked()
    for item in try SharedVectors.cases("cl100kish-special.jsonl") {
      let text = try #require(item["t"] as? String)
      let allowed = try #require(item["allowed"] as? [String])
      let refused: AllowedSpecialTokens =
        item["disallowed"] as? String == "all"
        ? .all : .only(Set((item["disallowed"] as? [String] ?? []).map { SpecialToken($0) }))
      let found = Result { () throws(RondoTextError) in
        try tokenizer.encode(
          text, allowing: .only(Set(allowed.map { SpecialToken($0) })), refusing: refused)
      }
      if item["error"] as? Bool == true {
        #expect(throws: RondoTextError.self, "\(text)") { try found.get() }
      } else if item["error"] == nil {
        #expect(try found.get() == item["ids"] as? [Int], "\(text) \(allowed)")
      } else {
        #expect(throws: Never.self, "\(text)") { try found.get() }
      }
    }
  }

  @Test("Bytes that are no text become tokens and come back")
  func invalidBytes() throws {
    let tokenizer = try Self.ranked()
    for item in try SharedVectors.cases("cl100kish-bytes.jsonl") {
      let bytes = Self.bytes(try #require(item["hex"] as? String))
      let ids = tokenizer.encode(bytes: bytes)
      #expect(ids == item["ids"] as? [Int])
      #expect(tokenizer.decodeBytes(ids) == bytes)
    }
  }

  @Test("Each token knows where its characters begin in the decoded text")
  func decodedStarts() throws {
    let tokenizer = try Self.ranked()
    for item in try SharedVectors.cases("cl100kish-decode-offsets.jsonl") {
      let ids = try #require(item["ids"] as? [Int])
      #expect(tokenizer.scalarStarts(of: ids) == item["start"] as? [Int])
      let bytes = try #require(item["tokhex"] as? [String]).map(Self.bytes)
      #expect(ids.map { tokenizer.bytes(of: $0) } == bytes)
      let text = try #require(item["t"] as? String)
      #expect(tokenizer.decode(ids).utf8.elementsEqual(text.utf8))
    }
  }

  @Test("Written files read back as the same tokenizer")
  func writing() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    let gpt2 = try Self.gpt2()
    try gpt2.writeGPT2(vocabulary: path("vocab.json"), merges: path("merges.txt"))
    let copy = try Tokenizer(gpt2Vocabulary: path("vocab.json"), merges: path("merges.txt"))
    #expect(try copy.json() == gpt2.json())
    let ranked = try Self.ranked()
    try ranked.writeTiktokenRanks(to: path("ranks"))
    let ranks = try Data(contentsOf: folder.appendingPathComponent("ranks"))
    let original = try Data(
      contentsOf: URL(fileURLWithPath: SharedVectors.path("tokenizers/cl100kish.tiktoken")))
    #expect(ranks == original)
  }
}
