import Foundation
import RondoPlots
import RondoText

/// A comparison as a person reads it: tables, pictures, JSON.
struct ComparisonView {
  /// The names of the tokenizers.
  let names: [String]
  let comparison: TokenizerComparison
  let curve: VocabularyCurve?
  /// The number of features of an embedding.
  let embeddingSize: Int

  /// The names of the files, without folders.
  var fileNames: [String] { comparison.files.map { Self.name(of: $0.path) } }

  static func name(of path: String) -> String { URL(filePath: path).lastPathComponent }

  /// The first file's number of lines and all others' are the same, as those of translations are.
  var isParallel: Bool {
    let counts = comparison.files.compactMap { $0.measurements.first?.lineCount }
    return counts.count > 1 && Set(counts).count == 1
  }

  /// What the tokenizers are.
  var tokenizerTable: TextTable {
    TextTable(
      columns: ["tokenizer", "vocabulary", "embedding, MB", "model"],
      rows: zip(names, comparison.tokenizers).map { name, tokenizer in
        [
          name, "\(tokenizer.vocabularySize)",
          fixed(Double(tokenizer.embeddingByteCount(size: embeddingSize)) / 1e6, 1),
          tokenizer.summary.model,
        ]
      }, leftAligned: [0, 3])
  }

  /// What each tokenizer makes of a file.
  func table(of file: TokenizerComparison.File) -> TextTable {
    TextTable(
      columns: [
        "tokenizer", "tokens/line", "tokens/word", "bytes/token", "split words", "unknown",
        "of the text", "exact lines",
      ],
      rows: zip(names, file.measurements).map { name, measured in
        [
          name, fixed(measured.tokensPerLine, 2), fixed(measured.fertility, 3),
          fixed(measured.bytesPerToken, 2), percent(measured.splitWordRate),
          percent(measured.unknownRate), percent(measured.unknownTextRate),
          percent(measured.exactLineRate),
        ]
      }, leftAligned: [0])
  }

  /// A number for each tokenizer and file.
  func table(_ figure: (TokenizerMeasurement) -> Double, digits: Int) -> TextTable {
    TextTable(
      columns: ["tokenizer"] + fileNames,
      rows: names.enumerated().map { place, name in
        [name] + comparison.files.map { fixed(figure($0.measurements[place]), digits) }
      }, leftAligned: [0])
  }

  /// How many times the tokens of the first file each other file takes.
  var costTable: TextTable {
    TextTable(
      columns: ["tokenizer"] + fileNames,
      rows: names.enumerated().map { place, name in
        let counts = comparison.files.map { Double($0.measurements[place].tokenCount) }
        return [name] + counts.map { fixed($0 / max(1, counts[0]), 2) }
      }, leftAligned: [0])
  }

  /// Whether words that begin with each stem share its tokens.
  var overlaps: [(stem: String, overlaps: [StemOverlap])] {
    comparison.stems.compactMap { stem in
      let forms = comparison.formsOfStems[stem] ?? []
      guard !forms.isEmpty else { return nil }
      return (stem, comparison.tokenizers.map { StemOverlap(of: stem, among: forms, with: $0) })
    }
  }

  /// What each tokenizer makes of the words of a stem.
  func table(of overlaps: [StemOverlap]) -> TextTable {
    TextTable(
      columns: ["tokenizer", "words", "keep the stem's tokens", "are cut after the stem"],
      rows: zip(names, overlaps).map { name, overlap in
        [name, "\(overlap.forms.count)", percent(overlap.keptRate), percent(overlap.cutRate)]
      }, leftAligned: [0])
  }

  /// The curve as numbers.
  func table(of curve: VocabularyCurve) -> TextTable {
    TextTable(
      columns: ["vocabulary", "embedding, MB"]
        + curve.files.map { "tokens/line, \(Self.name(of: $0))" },
      rows: curve.points.map { point in
        [
          "\(point.tokenizer.vocabularySize)",
          fixed(Double(point.tokenizer.embeddingByteCount(size: embeddingSize)) / 1e6, 1),
        ] + point.measurements.map { fixed($0.tokensPerLine, 2) }
      })
  }

  func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

  /// A share with one digit after the point, where none and all mean exactly that.
  func percent(_ share: Double) -> String {
    switch 100 * share {
    case 0: "0 %"
    case 100: "100 %"
    case ..<0.05: "< 0.1 %"
    case 99.95...: "> 99.9 %"
    case let value: fixed(value, 1) + " %"
    }
  }
}

extension VocabularyCurve {
  /// What was learned at several sizes, and from what.
  var name: String {
    let sources = sources.map { ComparisonView.name(of: $0) }.joined(separator: ", ")
    return "\(kind.rawValue) from \(sources)"
  }
}
