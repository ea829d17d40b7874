import Foundation
import Turns

/// The least ratios that are accepted, from `thresholds.json`.
struct Thresholds: Codable {
  /// The least ratio of an entry that is not named.
  let otherwise: Double
  /// The least ratios by the name of the entry, for every number of threads.
  let entries: [String: Double]

  /// Reads the file.
  static func read() throws -> Thresholds {
    try JSONDecoder().decode(Thresholds.self, from: Data(contentsOf: Package.thresholds))
  }

  /// Makes sure that every result is good enough, or at least within the spread of its turns.
  ///
  /// - Parameter results: The results.
  /// - Throws: `BenchmarkError.tooSlow` with all that are not.
  func check(_ results: [Measurement]) throws {
    let lines = results.compactMap { result -> String? in
      let least = entries[result.entry] ?? otherwise
      guard result.favourableRatio < least else { return nil }
      return String(
        format: "%@ (threads: %d) has the ratio %.2f in place of %.2f", result.entry,
        result.threadCount, result.ratio, least)
    }
    if !lines.isEmpty { throw BenchmarkError.tooSlow(lines) }
  }
}
