import Foundation
import Testing

@testable import RondoText

/// Encodings that a reference has framed, shortened and padded.
enum FittedCases {
  /// Compares one case; where the reference refuses, so must the tokenizer.
  ///
  /// Where the case says how the reference writes its settings, they are read from `file`, the
  /// `tokenizer.json`, with these inside.
  static func check(
    _ item: [String: Any], with tokenizer: Tokenizer, file: [String: Any] = [:]
  ) throws {
    let (text, second) = (try #require(item["a"] as? String), item["b"] as? String)
    var fitted = tokenizer
    fitted.truncation = (item["trunc"] as? [String: Any]).map(truncation)
    fitted.padding = (item["pad"] as? [String: Any]).map(padding)
    if let parts = item["file"] as? [String: Any] {
      let whole = file.merging(parts) { $1 }
      let json = [UInt8](try JSONSerialization.data(withJSONObject: whole))
      let read = try Tokenizer(json: json, file: "golden")
      #expect(read.truncation == fitted.truncation && read.padding == fitted.padding)
      fitted = read
    }
    let options = EncodingOptions(allowedSpecialTokens: .all)
    let note: Comment = "\(text) + \(second ?? "nothing") \(fitted.truncation as Any)"
    if item["error"] != nil {
      #expect(throws: RondoTextError.self, note) {
        try fitted.fittedEncoding(of: text, and: second, options: options)
      }
      return
    }
    let encoding = try fitted.fittedEncoding(of: text, and: second, options: options)
    #expect(encoding.ids == item["ids"] as? [Int], note)
    #expect(encoding.typeIDs == item["types"] as? [Int], note)
    #expect(encoding.attentionMask == item["mask"] as? [Int], note)
    #expect(encoding.specialTokensMask == item["special"] as? [Int], note)
    let offsets = encoding.scalarOffsets.flatMap { [$0.lowerBound, $0.upperBound] }
    #expect(offsets == item["off"] as? [Int], note)
    let words = (item["words"] as? [Any])?.map { $0 as? Int }
    #expect(encoding.wordIndices == words, note)
    #expect(encoding.overflowing.map(\.ids) == item["overflow"] as? [[Int]], note)
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
