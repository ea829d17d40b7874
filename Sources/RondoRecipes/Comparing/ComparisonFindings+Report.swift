import RondoPlots
import RondoTraining

extension ComparisonFindings {
  /// The report of the findings.
  public var report: Report {
    let table = table
    var parts: [Report.Part] = [
      .table(DataTable(columns: table.columns, rows: table.rows), caption: table.title + "."),
      .paragraph(
        "Every model began with fresh weights and a fresh optimizer, and those of one seed with the "
          + "same data in the same order. Figures are free-running: a model reads what it wrote; "
          + "only loss and perplexity are fed the right tokens."),
    ]
    let divergences = trials.compactMap { trial in
      trial.outcome.divergence.map {
        Report.Fact(trial.variant.title(seed: trial.seed), $0)
      }
    }
    if !divergences.isEmpty { parts += [.heading("Runs that diverged"), .facts(divergences)] }
    parts += numericCharts.map { .figure($0, caption: "Each model was trained for its own value.") }
    if numericCharts.isEmpty, let bars { parts.append(.figure(bars, caption: "")) }
    parts += [
      .heading("Training"),
      .figure(
        lossChart,
        caption: "Seed \(plan.seeds[0]). The losses of models that are fed differently cannot be "
          + "compared with each other; the free-running figures can."),
    ]
    if let scoreChart {
      parts.append(
        .figure(scoreChart, caption: "Seed \(plan.seeds[0]), on the validation data, free-running.")
      )
    }
    let fixed = plan.settings.map { Report.Fact($0, "") }
    if !fixed.isEmpty { parts += [.heading("Settings that all share"), .facts(fixed)] }
    return Report(
      "\(plan.recipe) compared", subtitle: plan.variations.map(\.name).joined(separator: ", "),
      parts: parts)
  }

  /// The deciding metric.
  var decidingFigure: String? { figureNames.first }

  /// The deciding figures against each setting that is a number, a line for each other choice.
  var numericCharts: [LineChart] {
    guard let place = plan.variations.firstIndex(where: isNumeric) else { return [] }
    let variation = plan.variations[place]
    return figureNames.prefix(2).map { figure in
      var groups: [[String]] = []
      for variant in plan.variants where !groups.contains(others(variant, place)) {
        groups.append(others(variant, place))
      }
      let series = groups.map { group in
        let points = plan.variants.filter { others($0, place) == group }.compactMap { variant in
          summary(of: figure, variant).map { (Double(variant.values[place]) ?? .nan, $0.mean) }
        }
        return LineChart.Series(
          group.isEmpty ? figure : group.joined(separator: ", "), x: points.map(\.0),
          y: points.map(\.1))
      }
      return LineChart(
        "\(figure) by \(variation.name)", xName: variation.name, yName: figure, series: series)
    }
  }

  private func isNumeric(_ variation: Variation) -> Bool {
    variation.values.count > 2 && variation.values.allSatisfy { Double($0) != nil }
  }

  /// The settings of a variant but the one at a place.
  private func others(_ variant: Variant, _ place: Int) -> [String] {
    var settings = variant.settings
    settings.remove(at: place)
    return settings
  }

  private var bars: BarChart? {
    guard let figure = decidingFigure, plan.variants.count > 1 else { return nil }
    return BarChart(
      figure, categories: plan.variants.map(\.name), yName: figure,
      series: [
        .init(figure, plan.variants.map { summary(of: figure, $0)?.mean ?? .nan })
      ])
  }

  /// The training loss of the first seed, a line for each variant.
  private var lossChart: LineChart {
    LineChart(
      "Training loss", xName: "Epoch", yName: "Loss (nats per token)",
      series: firstTrials.map { trial in
        let epochs = Dictionary(grouping: trial.history.reports, by: \.epoch)
          .sorted { $0.key < $1.key }
        return LineChart.Series(
          trial.variant.name, x: epochs.map { Double($0.key + 1) },
          y: epochs.map { $0.value.map(\.loss).reduce(0, +) / Double($0.value.count) })
      })
  }

  /// The deciding figure on the validation data while the first seed was trained.
  private var scoreChart: LineChart? {
    guard let figure = decidingFigure else { return nil }
    let series = firstTrials.compactMap { trial -> LineChart.Series? in
      let points = trial.history.validations.compactMap { validation in
        validation.figures[figure].map { (Double(validation.step), $0) }
      }
      return points.count < 2
        ? nil : LineChart.Series(trial.variant.name, x: points.map(\.0), y: points.map(\.1))
    }
    return series.isEmpty
      ? nil
      : LineChart("\(figure) while training", xName: "Step", yName: figure, series: series)
  }

  private var firstTrials: [Trial] { trials.filter { $0.seed == plan.seeds[0] } }
}
