import RondoPlots
import RondoText

extension ComparisonView {
  /// A strip of pieces for each tokenizer.
  func strip(_ title: String, of text: String) -> PieceStrip {
    PieceStrip(
      title,
      rows: zip(names, comparison.tokenizers).map { name, tokenizer in
        .init(name, PieceText.pieces(of: text, with: tokenizer))
      })
  }

  /// The probes by what is hard about them, in order.
  var probes: [(kind: String, strips: [PieceStrip])] {
    var kinds: [(kind: String, strips: [PieceStrip])] = []
    for probe in SplitProbe.standard {
      let strip = strip(PieceText.escaped(Array(probe.text.utf8)), of: probe.text)
      if kinds.last?.kind == probe.kind {
        kinds[kinds.count - 1].strips.append(strip)
      } else {
        kinds.append((probe.kind, [strip]))
      }
    }
    return kinds
  }

  /// Lines of the files that the tokenizers cut differently.
  var unlikeStrips: [PieceStrip] {
    comparison.files.flatMap { file in
      file.unlikeLines.prefix(comparison.files.count > 1 ? 1 : 3).map { line in
        strip(line.count > 60 ? line.prefix(60) + "…" : line, of: line)
      }
    }
  }

  /// A few words of a stem, one below the other for each tokenizer.
  func strip(ofStem stem: String) -> PieceStrip {
    let words = [stem] + (comparison.formsOfStems[stem] ?? []).prefix(8)
    return strip("\(stem)-", of: " " + words.joined(separator: " "))
  }

  /// A group of bars for each file, a bar for each tokenizer.
  func bars(
    _ title: String, yName: String, _ figure: (TokenizerMeasurement) -> Double
  ) -> BarChart {
    BarChart(
      title, categories: fileNames, yName: yName,
      series: names.enumerated().map { place, name in
        .init(name, comparison.files.map { figure($0.measurements[place]) })
      })
  }

  /// Tokens per line against the size of the vocabulary, a line for each file.
  func tokenChart(of curve: VocabularyCurve) -> LineChart {
    let sizes = curve.points.map { Double($0.tokenizer.vocabularySize) }
    return LineChart(
      "Tokens per line", xName: "vocabulary", yName: "tokens",
      series: curve.files.enumerated().map { place, file in
        .init(
          Self.name(of: file), x: sizes,
          y: curve.points.map { $0.measurements[place].tokensPerLine })
      })
  }

  /// The size of the embedding against the size of the vocabulary.
  func memoryChart(of curve: VocabularyCurve) -> LineChart {
    let points = curve.points.map(\.tokenizer)
    return LineChart(
      "Embedding of \(embeddingSize) features", xName: "vocabulary", yName: "MB",
      series: [
        .init(
          "", x: points.map { Double($0.vocabularySize) },
          y: points.map { Double($0.embeddingByteCount(size: embeddingSize)) / 1e6 })
      ])
  }
}
