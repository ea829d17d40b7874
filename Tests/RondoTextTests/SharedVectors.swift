import Foundation
import Testing

@testable import RondoText

/// Cases of `shared/vectors`, which lies beside the package on some machines.
enum SharedVectors {
  static let folder = Golden.shared.appendingPathComponent("vectors")

  /// Whether the cases are there; tests that need them are skipped where they are not.
  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("README.md").path)
  }

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The cases of a file, one JSON object a line.
  static func cases(_ name: String) throws -> [[String: Any]] {
    try Golden.objects(URL(fileURLWithPath: path(name)))
  }

  /// Expects the identifiers, offsets and decoded text of every case, also when it is decoded as a
  /// stream, and reports how many cases differ and the first of them.
  static func check(
    _ name: String, with tokenizer: Tokenizer, allowing allowed: AllowedSpecialTokens = .all
  ) throws {
    let options = EncodingOptions(allowedSpecialTokens: allowed)
    let all = try cases(name)
    #expect(!all.isEmpty)
    var failures: [String] = []
    for item in all {
      let text = try #require(item["t"] as? String)
      let ids = try #require(item["ids"] as? [Int])
      let encoding = tokenizer.encoding(of: text, options: options)
      let offsets = encoding.scalarOffsets.flatMap { [$0.lowerBound, $0.upperBound] }
      if encoding.ids != ids {
        failures.append("\(text.debugDescription): ids \(encoding.ids) instead of \(ids)")
      } else if let expected = item["off"] as? [Int], offsets != expected {
        failures.append("\(text.debugDescription): offsets \(offsets) instead of \(expected)")
      } else if let expected = item["dec"] as? String,
        !tokenizer.decode(ids, keepsSpecialTokens: true).unicodeScalars.elementsEqual(
          expected.unicodeScalars)
      {
        let found = tokenizer.decode(ids, keepsSpecialTokens: true)
        failures.append("\(found.debugDescription) instead of \(expected.debugDescription)")
      }
      if tokenizer.postProcessor == nil {
        #expect(
          tokenizer.encode(text, allowing: allowed) == encoding.ids, "\(text.debugDescription)")
      }
      var stream = StreamingDecoder(tokenizer, keepsSpecialTokens: true)
      let streamed = ids.map { stream.decode($0) }.joined() + stream.finish()
      let whole = tokenizer.decode(ids, keepsSpecialTokens: true)
      #expect(streamed.utf8.elementsEqual(whole.utf8))
    }
    let examples = failures.prefix(5).joined(separator: "\n")
    #expect(
      failures.isEmpty, "\(name): \(failures.count) of \(all.count) differ\n\(examples)")
  }
}
