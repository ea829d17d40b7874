import RondoData
import RondoMetrics
import RondoTraining

extension Translator {
  /// What judging found, with the answers that were judged.
  struct Judgement {
    let figures: [String: Double]
    let signatures: [String]
    let lengthTable: Evaluation.Table
    let predictions: [Prediction]
  }

  /// Judges the model on pairs of texts.
  ///
  /// - Parameters:
  ///   - pairs: Sources and the right targets.
  ///   - options: How to decode.
  ///   - isLowercased: Whether BLEU and chrF ignore case.
  /// - Returns: BLEU through the 13a tokenizer, chrF, the share of exact matches, perplexity, and
  ///   BLEU by source length.
  func judge(
    _ pairs: [[String]], options: PredictionOptions, isLowercased: Bool
  ) -> Judgement {
    let predictions = translate(pairs.map { $0[0] }, options: options)
    var bleu = BLEU(isLowercased: isLowercased)
    var chrF = ChrF(isLowercased: isLowercased)
    var exact = ExactMatch()
    for (prediction, pair) in zip(predictions, pairs) {
      let reference = isLowercased ? pair[1].lowercased() : pair[1]
      bleu.add(prediction.output, reference: pair[1])
      chrF.add(prediction.output, reference: pair[1])
      exact.add(prediction.output, reference: reference)
    }
    let perplexity = perplexity(on: pairs)
    let answered = predictions.filter { $0.attention != nil }
    var figures = [
      "bleu": bleu.score, "chrf": chrF.score, "exact": exact.share,
      "perplexity": perplexity.value, "loss": perplexity.natsPerToken,
    ]
    if !answered.isEmpty { figures["entropy"] = AttentionStatistics(of: answered).entropy }
    return Judgement(
      figures: figures, signatures: ["BLEU|\(bleu.signature)", "\(chrF.name)|\(chrF.signature)"],
      lengthTable: lengthTable(pairs, predictions, isLowercased), predictions: predictions)
  }

  /// How surprised the model is by the right targets.
  func perplexity(on pairs: [[String]]) -> Perplexity {
    let batches = Batches(
      pairs.map(example), size: .tokens(4096), order: .byLength, frame: frame, on: device)
    return model.perplexity(on: batches, padding: frame.padding)
  }

  private func lengthTable(
    _ pairs: [[String]], _ predictions: [Prediction], _ isLowercased: Bool
  ) -> Evaluation.Table {
    let bounds = [1...5, 6...10, 11...15, 16...20, 21...30, 31...Int.max]
    let lengths = pairs.map { source.encode($0[0]).count }
    let rows = bounds.compactMap { bound -> [String]? in
      var bleu = BLEU(isLowercased: isLowercased)
      var count = 0
      for (index, length) in lengths.enumerated() where bound.contains(length) {
        bleu.add(predictions[index].output, reference: pairs[index][1])
        count += 1
      }
      guard count > 0 else { return nil }
      let name =
        bound.upperBound == .max
        ? "over \(bound.lowerBound - 1)" : "\(bound.lowerBound)–\(bound.upperBound)"
      return [name, "\(count)", bleu.score.rounded(places: 2)]
    }
    return Evaluation.Table(
      title: "BLEU by source length", columns: ["source tokens", "sentences", "BLEU"], rows: rows)
  }
}

/// How sharply a model looks.
struct AttentionStatistics {
  /// The mean entropy of the weights of one written token, in nats.
  let entropy: Double
  /// The mean of the largest weight.
  let largest: Double

  init(of predictions: [Prediction]) {
    var (entropy, largest, count) = (0.0, 0.0, 0)
    for row in predictions.compactMap(\.attention).joined() {
      entropy -= row.reduce(0) { $1 > 0 ? $0 + Double($1) * Double($1).logarithm : $0 }
      largest += Double(row.max() ?? 0)
      count += 1
    }
    self.entropy = entropy / Double(max(1, count))
    self.largest = largest / Double(max(1, count))
  }
}
