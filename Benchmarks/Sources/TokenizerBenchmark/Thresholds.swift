import Foundation
import Turns

/// The least ratios that are accepted, from the part `tokenizers` of `thresholds.json`.
struct Thresholds: Codable {
  /// The least ratios by the name of the entry; others are only printed.
  let tokenizers: [String: Double]

  /// Reads the file.
  static func read() throws -> Thresholds {
    try JSONDecoder().decode(Thresholds.self, from: Data(contentsOf: Package.thresholds))
  }

  /// Makes sure that every result is good enough, or at least within the spread of its turns.
  ///
  /// - Parameter results: The results.
  /// - Throws: `TokenizerBenchmarkError.tooSlow` with all that are not.
  func check(_ results: [Measurement]) throws {
    let lines = results.compactMap { result -> String? in
      guard let least = tokenizers[result.entry], let ratio = result.ratio,
        let favourable = result.favourableRatio, favourable < least
      else { return nil }
      return String(format: "%@ has the ratio %.2f in place of %.2f", result.entry, ratio, least)
    }
    if !lines.isEmpty { throw TokenizerBenchmarkError.tooSlow(lines) }
  }
}
