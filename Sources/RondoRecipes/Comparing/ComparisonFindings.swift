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
    let outcome: Outcome
    let history: TrainingHistory
  }

  /// How the training of one run ended.
  enum Outcome: Codable {
    /// The model was judged.
    case judged(evaluation: Evaluation)
    /// Training ran away, and how.
    case diverged(reason: String)

    /// How good the model is, or `nil` where there is none.
    var evaluation: Evaluation? {
      if case .judged(let evaluation) = self { evaluation } else { nil }
    }

    /// How training ran away, or `nil` where it did not.
    var divergence: String? {
      if case .diverged(let reason) = self { reason } else { nil }
    }
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
    let values = trials(of: variant).compactMap { $0.outcome.evaluation?.figures[figure] }
    return values.isEmpty ? nil : Summary(values)
  }

  /// The names of all figures, those by which models are judged first.
  var figureNames: [String] {
    let first = ["bleu", "exact", "tokenAccuracy", "chrf", "pointing", "loss", "perplexity"]
    let names = Set(trials.compactMap(\.outcome.evaluation).flatMap(\.figures.keys))
    return first.filter(names.contains) + names.subtracting(first).sorted()
  }

  /// The result as plain data.
  public var plain: Plain {
    Plain(
      plan: plan,
      runs: trials.map {
        Plain.Run(
          settings: $0.variant.settings, seed: $0.seed, trainingSeconds: $0.seconds,
          figures: $0.outcome.evaluation?.figures ?? [:],
          signatures: $0.outcome.evaluation?.signatures ?? [],
          divergence: $0.outcome.divergence)
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
      /// Its figures by name; none where training diverged.
      public let figures: [String: Double]
      /// How they were computed.
      public let signatures: [String]
      /// How training ran away, or `nil` where it did not.
      public let divergence: String?
    }
  }

  /// The table of all variants: the settings that differ, the figures, the seconds, and how many
  /// runs diverged where one did.
  public var table: Evaluation.Table {
    let figures = figureNames
    let seeds = plan.seeds.count == 1 ? "one seed" : "\(plan.seeds.count) seeds, ± deviation"
    let hasDiverged = trials.contains { $0.outcome.divergence != nil }
    return Evaluation.Table(
      title: "\(plan.recipe), \(seeds)",
      columns: plan.variations.map(\.name) + figures + ["CPU s"]
        + (hasDiverged ? ["diverged"] : []),
      rows: plan.variants.map { variant in
        let trials = trials(of: variant)
        let diverged = trials.count { $0.outcome.divergence != nil }
        return variant.values
          + figures.map { figure in
            summary(of: figure, variant).map(text) ?? "–"
          } + [text(Summary(trials.map(\.seconds)), places: 0)]
          + (hasDiverged ? ["\(diverged) of \(trials.count)"] : [])
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
