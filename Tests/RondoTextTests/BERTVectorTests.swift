import Foundation
import Testing

@testable import RondoText

@Suite("BERT's files, pairs, truncation and padding", .enabled(if: SharedVectors.isPresent))
struct BERTVectorTests {
  @Test("A vocabulary file gives the same cases as tokenizer.json", arguments: [true, false])
  func vocabularyFile(isLowercased: Bool) throws {
    let name = isLowercased ? "bert-uncased" : "bert-cased"
    let path = SharedVectors.path("tokenizers/\(name)-vocab.txt")
    let tokenizer = try Tokenizer(bertVocabulary: path, isLowercased: isLowercased)
    try SharedVectors.check("\(name).jsonl", with: tokenizer)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try tokenizer.writeBERTVocabulary(to: folder.path)
    #expect(
      try Data(contentsOf: folder) == Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test("Pairs are framed, shortened and padded as the reference does, or refused")
  func pairs() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedVectors.path("tokenizers/bert-uncased.json"))
    for item in try SharedVectors.cases("bert-pairs.jsonl") {
      try FittedCases.check(item, with: tokenizer)
    }
  }
}
