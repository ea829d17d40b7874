import Foundation
import Testing

@testable import RondoText

@Suite("Tokenizer files", .enabled(if: SharedVectors.isPresent))
struct TokenizerFileTests {
  @Test("A SentencePiece model survives tokenizer.json", arguments: ["t5ish", "llamaish"])
  func sentencePiece(name: String) throws {
    var tokenizer = try Tokenizer(sentencePiece: SharedVectors.path("tokenizers/\(name).model"))
    tokenizer.truncation = Truncation(length: 12)
    let copy = try Tokenizer(json: try tokenizer.json(), file: "copy")
    #expect(copy.truncation == tokenizer.truncation)
    #expect(copy.sentencePieceFile == tokenizer.sentencePieceFile)
    for item in try SharedVectors.cases("\(name).jsonl").prefix(200) {
      let text = try #require(item["t"] as? String)
      #expect(copy.encode(text) == item["ids"] as? [Int], "\(text.debugDescription)")
    }
    let damaged = #"{"model":{"type":"SentencePiece","file":"x"}}"#
    #expect(throws: RondoTextError.self) { try Tokenizer(json: Array(damaged.utf8), file: "x") }
  }

  @Test("A file is written as a whole or not at all")
  func writing() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let tokenizer = Tokenizer.words(from: ["a b"])
    #expect(throws: RondoTextError.self) { try tokenizer.write(to: folder.path + "/none/x.json") }
    try tokenizer.write(to: folder.path)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try Tokenizer(contentsOf: folder.path).encode("b a") == tokenizer.encode("b a"))
  }
}
