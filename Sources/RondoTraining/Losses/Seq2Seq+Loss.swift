import RondoData
import RondoMetrics
import RondoModels
import RondoTensor

extension Seq2Seq {
  /// Returns the loss of a batch: the cross-entropy of each position's logits and the next token.
  ///
  /// The start token is fed and never predicted; padding is left out of the loss.
  ///
  /// - Parameters:
  ///   - batch: Sources and targets.
  ///   - padding: The padding token.
  ///   - forcing: Where the target token is fed, or `nil` for everywhere.
  ///   - step: The training step, which decides the coins.
  ///   - smoothing: Label smoothing: the share of probability spread evenly over all tokens.
  /// - Returns: The mean loss per predicted token, with its history.
  public func loss(
    on batch: Batch, padding: Int, forcing: TeacherForcing? = nil, step: Int = 0,
    smoothing: Double = 0
  ) -> BatchLoss {
    let fed = batch.target[0..., ..<(batch.target.shape[1] - 1)]  // [B, T - 1]
    let predicted = batch.target[0..., 1...]  // [B, T - 1]
    let coins = forcing?.coins(
      shape: fed.shape, step: step, epoch: batch.position.epoch, on: fed.device)
    let output = self(batch.source, lengths: batch.sourceLengths, target: fed, coins: coins)
    return BatchLoss(
      crossEntropy(
        of: output.output, on: output.readout, predicted, ignoring: padding, smoothing: smoothing),
      targetTokenCount: batch.predictedCount, tokenCount: batch.tokenCount,
      slotCount: batch.count * (batch.source.shape[1] + batch.target.shape[1]),
      forcedCount: coins.map { forcedCount($0, predicted, padding) } ?? batch.predictedCount)
  }

  /// The number of predicted tokens after a true previous token, as the start token always is.
  private func forcedCount(_ coins: Tensor, _ predicted: Tensor, _ padding: Int) -> Int {
    let counted = predicted.isNot(padding)
    let first = counted.narrowed(axis: 1, from: 0, count: 1)
    let later = counted.and(coins)[0..., 1...]
    return (first.truths + later.truths).count { $0 }
  }

  /// Returns the perplexity of the model on target sequences, with teacher forcing.
  ///
  /// - Parameters:
  ///   - batches: Sources and targets.
  ///   - padding: The padding token.
  /// - Returns: The perplexity over all predicted tokens.
  public func perplexity(on batches: some Sequence<Batch>, padding: Int) -> Perplexity {
    withoutGradients {
      batches.reduce(into: Perplexity()) { perplexity, batch in
        let loss = loss(on: batch, padding: padding)
        perplexity.add(
          nats: loss.value.item * Double(loss.targetTokenCount), tokenCount: loss.targetTokenCount)
      }
    }
  }
}
