import Foundation
import Testing

@testable import RondoMetrics

/// The generator of random numbers of the golden script.
private struct SplitMix64 {
  var state: UInt64

  mutating func below(_ bound: UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (z ^ (z >> 31)) % bound
  }
}

struct DamagedCorpusTests {
  static let data = GoldenScores.folder.appending(path: "../../../../shared/data/translation")
  static let isPresent = FileManager.default.fileExists(atPath: data.path)

  @Test(
    "A damaged corpus of a thousand sentences scores as in sacreBLEU",
    .enabled(if: isPresent, "shared/data/translation is not beside the package"),
    arguments: ["en", "de", "fr"])
  func golden(language: String) throws {
    let expected: [String: [String: [String: GoldenScores.Corpus]]] =
      GoldenScores.read("damaged.json")
    let text = try String(
      contentsOf: Self.data.appending(path: "val.\(language)"), encoding: .utf8)
    let lines = text.utf8.split(separator: 10).compactMap { String($0) }
    var random = SplitMix64(state: 20_240_229)
    let damaged = lines.map { damage($0, with: &random) }
    #expect(lines.count == 1014)

    try compare(zip(damaged, lines), with: #require(expected[language]?["longer"]))
    try compare(zip(lines, damaged), with: #require(expected[language]?["shorter"]))
  }

  private func compare(
    _ pairs: Zip2Sequence<[String], [String]>, with golden: [String: GoldenScores.Corpus]
  ) {
    for (name, expected) in golden {
      let (score, signature) = score(name, of: pairs)
      #expect(abs(score - expected.score) < tolerance, "\(name)")
      #expect(signature == expected.signature)
    }
  }

  private func score(
    _ name: String, of pairs: Zip2Sequence<[String], [String]>
  ) -> (Double, signature: String) {
    if var bleu = bleus[name] {
      for (hypothesis, reference) in pairs { bleu.add(hypothesis, reference: reference) }
      return (bleu.score, bleu.signature)
    }
    var chrF = chrFs[name] ?? ChrF()
    for (hypothesis, reference) in pairs { chrF.add(hypothesis, reference: reference) }
    return (chrF.score, chrF.signature)
  }

  /// Damages a line by the rule of the golden script.
  private func damage(_ line: String, with random: inout SplitMix64) -> String {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    var result: [String] = []
    var place = 0
    while place < words.count {
      let word = words[place]
      switch random.below(100) {
      case 0..<8: break
      case 8..<14: result += [word, word]
      case 14..<22 where place + 1 < words.count:
        result += [words[place + 1], word]
        place += 1
      case 14..<26: result.append("&quot;\(word)&quot;")
      case 26..<30: result += ["\(word),", "3.5-"]
      default: result.append(word)
      }
      place += 1
    }
    return result.joined(separator: " ")
  }
}
