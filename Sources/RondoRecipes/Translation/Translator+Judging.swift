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
  /// - Parameters:
  ///   - pairs: Sources and target references.
  ///   - options: The decoding options.
  ///   - measure: The deciding metric.
  /// - Returns: The metrics, and the deciding one by source length.
  func judge(_ pairs: [[String]], options: PredictionOptions, by measure: Measure) -> Judgement {
    let predictions = translate(pairs.map { $0[0] }, options: options)
    let score = Score(predictions, pairs, measure)
    let perplexity = perplexity(on: pairs)
    var figures = score.figures
    figures["perplexity"] = perplexity.value
    figures["loss"] = perplexity.natsPerToken
    if case .spelling = measure {
      figures["tokenAccuracy"] = positionAccuracy(of: predictions, pairs).share
    }
    let looking = predictions.filter { $0.attention != nil }
    if !looking.isEmpty { figures["entropy"] = AttentionStatistics(of: looking).entropy }
    return Judgement(
      figures: figures, signatures: score.signatures,
      byLength: byLength(pairs, predictions, measure), predictions: predictions)
  }

  /// The perplexity of the model on the target references.
  func perplexity(on pairs: [[String]]) -> Perplexity {
    let batches = Batches(
      pairs.map(example), size: .tokens(4096), order: .byLength, frame: frame, on: device)
    return model.perplexity(on: batches, padding: frame.padding)
  }

  private func positionAccuracy(
    of predictions: [Prediction], _ pairs: [[String]]
  ) -> PositionAccuracy {
    zip(predictions, pairs).reduce(into: PositionAccuracy()) { accuracy, judged in
      let right = target.encode(judged.1[1]).map { target.token(for: $0) ?? "" }
      accuracy.add(judged.0.outputTokens, reference: right)
    }
  }

  private func byLength(
    _ pairs: [[String]], _ predictions: [Prediction], _ measure: Measure
  ) -> ScoreByLength {
    let lengths = pairs.map { source.encode($0[0]).count }
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

  init(_ predictions: [Prediction], _ pairs: [[String]], _ measure: Translator.Measure) {
    let isLowercased = measure.isLowercased
    var bleu = BLEU(isLowercased: isLowercased)
    var chrF = ChrF(isLowercased: isLowercased)
    var exact = ExactMatch()
    for (prediction, pair) in zip(predictions, pairs) {
      bleu.add(prediction.output, reference: pair[1])
      chrF.add(prediction.output, reference: pair[1])
      let (output, right) = (prediction.output, pair[1])
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
