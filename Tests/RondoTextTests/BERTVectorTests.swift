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
      let (text, second) = (try #require(item["a"] as? String), item["b"] as? String)
      var fitted = tokenizer
      fitted.truncation = (item["trunc"] as? [String: Any]).map(Self.truncation)
      fitted.padding = (item["pad"] as? [String: Any]).map(Self.padding)
      let options = EncodingOptions(allowedSpecialTokens: .all)
      if item["error"] != nil {
        #expect(throws: RondoTextError.self) {
          try fitted.fittedEncoding(of: text, and: second, options: options)
        }
        continue
      }
      let encoding = try fitted.fittedEncoding(of: text, and: second, options: options)
      #expect(encoding.ids == item["ids"] as? [Int])
      #expect(encoding.typeIDs == item["types"] as? [Int])
      #expect(encoding.attentionMask == item["mask"] as? [Int])
      #expect(encoding.specialTokensMask == item["special"] as? [Int])
      let offsets = encoding.scalarOffsets.flatMap { [$0.lowerBound, $0.upperBound] }
      #expect(offsets == item["off"] as? [Int])
      let words = (item["words"] as? [Any])?.map { $0 as? Int }
      #expect(encoding.wordIndices == words)
      #expect(encoding.overflowing.map(\.ids) == item["overflow"] as? [[Int]])
    }
  }

  private static func truncation(_ json: [String: Any]) -> Truncation {
    let strategies: [String: Truncation.Strategy] = [
      "longest_first": .longestFirst, "only_first": .onlyFirst, "only_second": .onlySecond,
    ]
    return Truncation(
      length: json["max_length"] as? Int ?? 0, stride: json["stride"] as? Int ?? 0,
      strategy: strategies[json["strategy"] as? String ?? ""] ?? .longestFirst,
      direction: json["direction"] as? String == "left" ? .left : .right)
  }

  private static func padding(_ json: [String: Any]) -> Padding {
    Padding(
      direction: json["direction"] as? String == "left" ? .left : .right,
      length: json["length"] as? Int, multiple: json["multiple"] as? Int,
      id: json["id"] as? Int ?? 0, token: json["token"] as? String ?? "")
  }
}
