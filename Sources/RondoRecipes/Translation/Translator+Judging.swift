import RondoData
import RondoMetrics
import RondoTraining

extension Translator {
  /// The results of an evaluation, with the predictions that were scored.
  struct Judgement {
    let figures: [String: Double]
    let signatures: [String]
    let byLength: ScoreByLength
    let predictions: [Prediction]
  }

  /// The metric that decides which model is best.
  enum Measure {
    /// BLEU through the 13a tokenizer and chrF, for sentences.
    case sentences(isLowercased: Bool)
    /// Exact match, for outputs of one word.
    case spelling

    /// The name of the deciding metric.
    var name: String {
      switch self {
      case .sentences: "BLEU"
      case .spelling: "exact match, percent"
      }
    }

    var isLowercased: Bool {
      if case .sentences(let isLowercased) = self { isLowercased } else { false }
    }
  }

  /// Evaluates the model on pairs of texts.
  ///
  /// A source that is too long to be translated counts as an empty answer, and pairs with a side
  /// that long are left out of loss and perplexity.
  ///
  /// - Parameters:
  ///   - pairs: Sources and target references.
  ///   - options: The decoding options.
  ///   - measure: The deciding metric.
  ///   - say: Called with a message about pairs that are too long.
  /// - Returns: The metrics, and the deciding one by source length.
  func judge(
    _ pairs: [TextPair], options: PredictionOptions, by measure: Measure, say: (String) -> Void
  ) -> Judgement {
    // One message on all of them is enough, as validation comes again and again.
    let predictions = translate(pairs.map(\.source), options: options) { _ in }
    let score = Score(predictions, pairs, measure)
    var figures = score.figures
    if let perplexity = perplexity(on: pairs, say: say) {
      figures["perplexity"] = perplexity.value
      figures["loss"] = perplexity.natsPerToken
    }
    if case .spelling = measure {
      figures["tokenAccuracy"] = positionAccuracy(of: predictions, pairs).share
    }
    let looking = predictions.filter { $0.attention != nil }
    if !looking.isEmpty { figures["entropy"] = AttentionStatistics(of: looking).entropy }
    return Judgement(
      figures: figures, signatures: score.signatures,
      byLength: byLength(pairs, predictions, measure), predictions: predictions)
  }

  /// The perplexity of the model on the target references, or `nil` when every pair is too long.
  private func perplexity(on pairs: [TextPair], say: (String) -> Void) -> Perplexity? {
    let examples = pairs.map(example)
    let readable = examples.filter {
      max($0.source.count, $0.target.count) <= Self.longestLine
    }
    if readable.count < examples.count {
      say(
        "\(examples.count - readable.count) of \(examples.count) pairs have a side of more than "
          + "\(Self.longestLine) tokens: loss and perplexity leave them out, and a source that long "
          + "counts as an empty answer")
    }
    guard !readable.isEmpty else { return nil }
    let batches = Batches(
      readable, size: .tokens(4096), order: .byLength, frame: frame, on: device)
    return model.perplexity(on: batches, padding: frame.padding)
  }

  private func positionAccuracy(
    of predictions: [Prediction], _ pairs: [TextPair]
  ) -> PositionAccuracy {
    zip(predictions, pairs).reduce(into: PositionAccuracy()) { accuracy, judged in
      let right = target.encode(judged.1.target).map { target.token(for: $0) ?? "" }
      accuracy.add(judged.0.outputTokens, reference: right)
    }
  }

  private func byLength(
    _ pairs: [TextPair], _ predictions: [Prediction], _ measure: Measure
  ) -> ScoreByLength {
    let lengths = pairs.map { source.encode($0.source).count }
    let groups = ScoreByLength.bounds.compactMap { bound -> ScoreByLength.Group? in
      let chosen = lengths.indices.filter { bound.contains(lengths[$0]) }
      guard !chosen.isEmpty else { return nil }
      let score = Score(chosen.map { predictions[$0] }, chosen.map { pairs[$0] }, measure)
      return ScoreByLength.Group(lengths: bound, count: chosen.count, score: score.main)
    }
    return ScoreByLength(measure: measure.name, groups: groups)
  }
}

/// The metrics of predictions against references.
private struct Score {
  /// Every metric by its name.
  var figures: [String: Double]
  /// The deciding metric.
  let main: Double
  /// How the metrics were computed.
  let signatures: [String]

  init(_ predictions: [Prediction], _ pairs: [TextPair], _ measure: Translator.Measure) {
    let isLowercased = measure.isLowercased
    var bleu = BLEU(isLowercased: isLowercased)
    var chrF = ChrF(isLowercased: isLowercased)
    var exact = ExactMatch()
    for (prediction, pair) in zip(predictions, pairs) {
      bleu.add(prediction.output, reference: pair.target)
      chrF.add(prediction.output, reference: pair.target)
      let (output, right) = (prediction.output, pair.target)
      exact.add(
        isLowercased ? output.lowercased() : output,
        reference: isLowercased ? right.lowercased() : right)
    }
    figures = ["chrf": chrF.score, "exact": exact.share]
    switch measure {
    case .sentences:
      figures["bleu"] = bleu.score
      main = bleu.score
      signatures = ["BLEU|\(bleu.signature)", "\(chrF.name)|\(chrF.signature)"]
    case .spelling:
      main = 100 * exact.share
      signatures = ["\(chrF.name)|\(chrF.signature)"]
    }
  }
}

/// How concentrated the attention of a model is.
struct AttentionStatistics {
  /// The mean entropy of the attention weights of one output token, in nats.
  let entropy: Double

  init(of predictions: [Prediction]) {
    var (entropy, count) = (0.0, 0)
    for row in predictions.compactMap(\.attention).joined() {
      entropy -= row.reduce(0) { $1 > 0 ? $0 + Double($1) * Double($1).logarithm : $0 }
      count += 1
    }
    self.entropy = entropy / Double(max(1, count))
  }
}
