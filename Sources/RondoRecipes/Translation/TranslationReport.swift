import RondoPlots
import RondoTraining

/// Builds the report of a translation run.
struct TranslationReport {
  let title: String
  let subtitle: String
  let settings: [Report.Fact]
  let history: TrainingHistory
  let stepsPerEpoch: Int
  let judgement: Translator.Judgement
  /// Further metrics to highlight, such as the alignment accuracy.
  let highlights: [Report.Fact]
  /// The examples whose attention is drawn.
  let examples: [Prediction]
  /// The names of input and output.
  let sides: SideNames
  let commands: [String]
  /// The share of teacher forcing by step, when it changes.
  let forcing: Schedule?

  /// The page.
  var report: Report {
    var parts: [Report.Part] = [.highlights(highlights), .heading("Training")]
    parts.append(
      .figure(
        history.lossChart,
        caption: "Nats per target token; the validation loss is fed the right tokens."))
    if let scoreChart {
      parts.append(.figure(scoreChart, caption: "Free-running figures on the validation data."))
    }
    if let forcingChart {
      parts.append(
        .figure(forcingChart, caption: "How probable it was that the decoder read the right token.")
      )
    }
    let maps = examples.compactMap { HeatMap(attentionOf: $0, sides: sides) }
    if !maps.isEmpty {
      parts.append(.heading("Where the model looks"))
      parts.append(
        .figures(
          maps,
          caption: "Each row is a token of the output, the first on top; each column one of the "
            + "input."))
    }
    if judgement.byLength.groups.count > 1 {
      parts += [
        .heading("By length"),
        .figure(judgement.byLength.chart, caption: judgement.byLength.table.title + "."),
      ]
    }
    parts.append(.heading("Examples"))
    parts.append(
      .table(
        DataTable(
          columns: ["source", "output"],
          rows: judgement.predictions.prefix(20).map { [$0.input, $0.output] }),
        caption: "The first validation examples."))
    parts += [
      .heading("Settings"), .facts(settings), .heading("Next"), .commands(commands),
      .paragraph("Scores: \(judgement.signatures.joined(separator: "; "))."),
    ]
    return Report(title, subtitle: subtitle, parts: parts)
  }

  /// The number of epochs completed after some steps.
  private func epochs(_ step: Int) -> Double { Double(step) / Double(stepsPerEpoch) }

  private var scoreChart: LineChart? {
    let names = ["bleu", "chrf", "exact"].filter { name in
      history.validations.contains { $0.figures[name] != nil }
    }
    guard !names.isEmpty, history.validations.count > 1 else { return nil }
    return LineChart(
      "Quality", xName: "Epoch", yName: "percent",
      series: names.map { name in
        LineChart.Series(
          name == "exact" ? "exact match" : name == "bleu" ? "BLEU" : "chrF",
          x: history.validations.map { epochs($0.step) },
          y: history.validations.map {
            ($0.figures[name] ?? .nan) * (name == "exact" ? 100 : 1)
          })
      })
  }

  private var forcingChart: LineChart? {
    guard let forcing, let last = history.reports.last?.step, forcing != .constant(1) else {
      return nil
    }
    let steps = stride(from: 0, through: last, by: max(1, last / 200))
    let rate = forcing.byStep(stepsPerEpoch: stepsPerEpoch)
    return LineChart(
      "Teacher forcing", xName: "Epoch", yName: "probability",
      series: [
        .init(
          "schedule", x: steps.map(epochs), y: steps.map { TeacherForcing.probability(rate($0)) }),
        .init(
          "realised", x: history.reports.map { epochs($0.step) },
          y: history.reports.map { $0.forcedShare ?? .nan }, isDashed: true),
      ])
  }
}

extension HeatMap {
  /// Creates an attention map, with the first output token at the top; `nil` without attention.
  ///
  /// - Parameters:
  ///   - prediction: The input and output of the model.
  ///   - sides: The names of input and output.
  public init?(attentionOf prediction: Prediction, sides: SideNames = SideNames()) {
    guard let attention = prediction.attention, !prediction.outputTokens.isEmpty else { return nil }
    self.init(
      prediction.input,
      values: zip(attention, prediction.outputTokens).map { row, _ in row },
      rows: prediction.outputTokens, columns: prediction.inputTokens, rowName: sides.output,
      columnName: sides.input)
  }
}
