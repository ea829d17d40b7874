import RondoPlots
import RondoText

extension ComparisonView {
  /// The comparison as a page with pictures.
  var report: Report {
    var parts: [Report.Part] = []
    if !names.isEmpty { parts += measured + challenges }
    if let curve { parts += self.parts(of: curve) }
    return Report(
      "Tokenizers compared", subtitle: "on " + fileNames.joined(separator: ", "), parts: parts)
  }

  private var measured: [Report.Part] {
    var parts: [Report.Part] = [
      .table(
        dataTable(tokenizerTable),
        caption: "The last column but one is the size of an embedding of \(embeddingSize) features "
          + "in single precision."),
      .heading("How many tokens"),
      .figure(
        bars("Fertility", yName: "tokens per word", \.fertility),
        caption: "One token a word is the least that tokenizers of words and subwords need. Words "
          + "lie between white space; punctuation marks and Chinese characters are words."),
    ]
    if isParallel {
      parts.append(
        .table(
          dataTable(costTable),
          caption: "The tokens of each file as a multiple of \(fileNames[0]): what the same "
            + "sentences cost in other languages."))
    }
    for file in comparison.files {
      parts.append(
        .table(
          dataTable(table(of: file)),
          caption: "\(Self.name(of: file.path)). Unknown tokens are a share of the tokens, and "
            + "stand for a share of the text; exact lines are given back byte for byte."))
    }
    let unknown = comparison.files.flatMap(\.measurements).contains { $0.unknownCount > 0 }
    if unknown {
      parts.append(
        .figure(
          bars("Unknown text", yName: "% of the text") { 100 * $0.unknownTextRate },
          caption: "A model over bytes never meets anything unknown; others do, and say nothing "
            + "more about it than one token."))
    }
    return parts
  }

  private var challenges: [Report.Part] {
    var parts: [Report.Part] = []
    for (stem, overlaps) in overlaps {
      parts += [
        .heading("Words that begin with “\(stem)”"),
        .paragraph(
          "What a model knows of “\(stem)” helps it with these words only where they hold the same "
            + "tokens."),
        .table(dataTable(table(of: overlaps)), caption: ""),
        .figure(strip(ofStem: stem), caption: ""),
      ]
    }
    parts.append(.heading("What is hard to cut"))
    for (kind, strips) in probes {
      parts.append(.figures(strips, caption: Self.lessons[kind] ?? kind))
    }
    if !unlikeStrips.isEmpty {
      parts.append(.heading("Lines that are cut differently"))
      parts += unlikeStrips.map { .figure($0, caption: "") }
    }
    return parts
  }

  /// What the probes of each kind show.
  private static let lessons = [
    "numbers": "Numbers: digits that are cut unevenly are hard to calculate with.",
    "indentation":
      "Indentation: the spaces before a line of code cost a token each, share tokens, or vanish.",
    "spaces at the end":
      "Spaces at the end: a space after a prompt is a token of its own, while the spaces that a "
      + "model has seen mostly begin the next word.",
    "emoji": "Emoji: what a vocabulary lacks becomes several bytes, or one unknown token.",
    "languages":
      "Languages: a sentence costs more tokens in a language that was rare in the training text.",
  ]

  private func parts(of curve: VocabularyCurve) -> [Report.Part] {
    [
      .heading("How large a vocabulary"),
      .figures(
        [tokenChart(of: curve), memoryChart(of: curve)],
        caption:
          "\(curve.name). A larger vocabulary makes texts shorter, ever more slowly, while the table "
          + "of embeddings grows with it."),
    ]
  }

  private func dataTable(_ table: TextTable) -> DataTable {
    DataTable(columns: table.columns, rows: table.rows)
  }
}
