import Rondo

/// A training step of a translator: bidirectional GRU encoder, GRU decoder, Bahdanau attention.
///
/// The sizes are B, S, T, H, which is also the size of embeddings, and V.
final class Seq2SeqWorkload: Workload {
  private let model: Seq2Seq
  private let optimizer: AdamW
  private let source: Tensor  // [B, S]
  private let target: Tensor  // [B, T + 1]
  private let isStep: Bool
  private var loss = Tensor([0] as [Float], shape: [])

  /// Loads the model.
  ///
  /// - Parameters:
  ///   - entry: What is measured.
  ///   - exchange: Weights and batch.
  /// - Throws: An error when the exchange lacks something.
  init(_ entry: Entry, _ exchange: Exchange) throws {
    let (hiddenSize, vocabularySize) = (entry.sizes[3], entry.sizes[4])
    model = Seq2Seq(
      sourceVocabularySize: vocabularySize, targetVocabularySize: vocabularySize,
      embeddingSize: hiddenSize, hiddenSize: hiddenSize)
    try model.load(exchange.parameters)
    optimizer = AdamW(model.parameters, learningRate: 1e-3)
    source = try exchange.input("source")
    target = try exchange.input("target")
    isStep = entry.mode == .step
  }

  func call() {
    withMode(.training) {
      loss = lossOfBatch()
      if isStep {
        optimizer.step(minimizing: loss)
      } else {
        optimizer.parameters.clearGradients()
        loss.backward()
      }
    }
  }

  private func lossOfBatch() -> Tensor {
    let (rowCount, stepCount) = (target.shape[0], target.shape[1] - 1)
    let lengths = Array(repeating: source.shape[1], count: rowCount)
    let output = model(source, lengths: lengths, target: target[0..., ..<stepCount])
    return crossEntropy(of: output.output, on: output.readout, target[0..., 1...], ignoring: 0)
  }

  func results() -> [String: Tensor] {
    ["loss": loss.detached()].merging(isStep ? [:] : optimizer.parameters.gradients) { $1 }
  }
}
