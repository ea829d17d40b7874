import Foundation
import Testing

@testable import RondoMetrics

/// The scores that sacreBLEU gave, as written by `Tests/Golden/make_metrics.py`.
struct GoldenScores: Decodable {
  struct Case: Decodable {
    let hypothesis: String
    let references: [String]
    let scores: [String: Double]
    let tokens: [String]
  }

  struct Corpus: Decodable {
    let score: Double
    let signature: String
    let line: String
  }

  let cases: [Case]
  let corpus: [String: Corpus]
  let corpusOfFirst: [String: Corpus]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/metrics")

  static let pairs: GoldenScores = read("pairs.json")

  static func read<Content: Decodable>(_ name: String) -> Content {
    do {
      let data = try Data(contentsOf: folder.appending(path: name))
      return try JSONDecoder().decode(Content.self, from: data)
    } catch {
      fatalError("cannot read \(name): \(error)")
    }
  }
}

/// The BLEU variants of the golden script, by its names.
let bleus: [String: BLEU] = [
  "bleu": BLEU(), "bleu lc": BLEU(isLowercased: true),
  "bleu effective": BLEU(hasEffectiveOrder: true), "bleu none": BLEU(smoothing: .none),
  "bleu floor": BLEU(smoothing: .floor(0.1)), "bleu add": BLEU(smoothing: .adding(1)),
  "bleu floor 0.02": BLEU(smoothing: .floor(0.02)), "bleu 2": BLEU(highestOrder: 2),
  "bleu 6": BLEU(highestOrder: 6),
]

/// The chrF variants of the golden script, by its names.
let chrFs: [String: ChrF] = [
  "chrF2": ChrF(), "chrF2++": .plusPlus(), "chrF2 lc": ChrF(isLowercased: true),
  "chrF2 space": ChrF(hasWhitespace: true), "chrF2 epsilon": ChrF(hasEpsilonSmoothing: true),
  "chrF2++ epsilon": ChrF(wordOrder: 2, hasEpsilonSmoothing: true),
  "chrF1+": ChrF(wordOrder: 1, beta: 1), "chrF3 4": ChrF(characterOrder: 4, beta: 3),
]

/// How far a score may be from sacreBLEU's; a hundredth is promised.
let tolerance = 1e-9
