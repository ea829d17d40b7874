import RondoTraining

/// The results of a comparison.
public struct ComparisonFindings {
  /// What was compared.
  public let plan: ComparisonPlan
  /// The runs, in the order of the plan.
  let trials: [Trial]

  /// One run.
  struct Trial {
    let variant: Variant
    let seed: UInt64
    /// Processor seconds of training.
    let seconds: Double
    let evaluation: Evaluation
    let history: TrainingHistory
  }

  /// A figure over the seeds of one variant.
  struct Summary {
    let mean: Double
    /// The standard deviation over the seeds, or `nil` for a single one.
    let deviation: Double?

    init(_ values: [Double]) {
      let mean = values.reduce(0, +) / Double(values.count)
      self.mean = mean
      deviation =
        values.count < 2
        ? nil
        : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1))
          .squareRoot()
    }
  }

  /// The runs of one variant.
  func trials(of variant: Variant) -> [Trial] { trials.filter { $0.variant == variant } }

  /// A figure of one variant over its seeds, or `nil` where a model has no such figure.
  func summary(of figure: String, _ variant: Variant) -> Summary? {
    let values = trials(of: variant).compactMap { $0.evaluation.figures[figure] }
    return values.isEmpty ? nil : Summary(values)
  }

  /// The names of all figures, those by which models are judged first.
  var figureNames: [String] {
    let first = ["bleu", "exact", "tokenAccuracy", "chrf", "pointing", "loss", "perplexity"]
    let names = Set(trials.flatMap(\.evaluation.figures.keys))
    return first.filter(names.contains) + names.subtracting(first).sorted()
  }

  /// The result as plain data.
  public var plain: Plain {
    Plain(
      plan: plan,
      runs: trials.map {
        Plain.Run(
          settings: $0.variant.settings, seed: $0.seed, trainingSeconds: $0.seconds,
          figures: $0.evaluation.figures, signatures: $0.evaluation.signatures)
      })
  }

  /// The figures of every run.
  public struct Plain: Codable, Sendable {
    /// What was compared.
    public let plan: ComparisonPlan
    /// The runs.
    public let runs: [Run]

    /// The figures of one run.
    public struct Run: Codable, Sendable {
      /// The settings in which it differs.
      public let settings: [String]
      /// The seed of its random numbers.
      public let seed: UInt64
      /// Processor seconds of training.
      public let trainingSeconds: Double
      /// Its figures by name.
      public let figures: [String: Double]
      /// How they were computed.
      public let signatures: [String]
    }
  }

  /// The table of all variants: the settings that differ, the figures, the seconds.
  public var table: Evaluation.Table {
    let figures = figureNames
    let seeds = plan.seeds.count == 1 ? "one seed" : "\(plan.seeds.count) seeds, ± deviation"
    return Evaluation.Table(
      title: "\(plan.recipe), \(seeds)",
      columns: plan.variations.map(\.name) + figures + ["CPU s"],
      rows: plan.variants.map { variant in
        variant.values
          + figures.map { figure in
            summary(of: figure, variant).map(text) ?? "–"
          } + [text(Summary(trials(of: variant).map(\.seconds)), places: 0)]
      })
  }

  private func text(_ summary: Summary) -> String {
    text(summary, places: abs(summary.mean) >= 10 ? 2 : 3)
  }

  private func text(_ summary: Summary, places: Int) -> String {
    let mean = summary.mean.rounded(places: places)
    return summary.deviation.map { "\(mean) ± \($0.rounded(places: places))" } ?? mean
  }
}
