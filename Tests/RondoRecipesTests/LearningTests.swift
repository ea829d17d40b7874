import RondoData
import RondoDecoding
import RondoModels
import RondoTensor
import RondoTraining
import Testing

@Suite(.serialized) struct LearningTests {
  /// What a translator is made of.
  struct Form: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let cell: RecurrentKind
    let encoderLayerCount: Int
    let attention: AttentionKind?
  }

  private static let forms = [
    Form(
      testDescription: "two layers of LSTM in two directions, with Bahdanau attention",
      cell: .lstm, encoderLayerCount: 2, attention: .bahdanau),
    Form(
      testDescription: "one GRU, without attention", cell: .gru, encoderLayerCount: 1,
      attention: nil),
  ]

  /// Twenty sources of one to five tokens, each to be written backward.
  private static let examples = (0..<20).map { index in
    let source = (0...(index % 5)).map { 4 + (index * 7 + $0 * (3 + index)) % 9 }
    return ParallelExample(source: source, target: source.reversed())
  }

  @Test(
    "Trainer, loss and decoder together learn twenty pairs by heart and stop where they end",
    arguments: forms)
  func twentyPairs(form: Form) throws {
    seedRandomness(5)
    let model = Seq2Seq(
      sourceVocabularySize: 13, targetVocabularySize: 13, embeddingSize: 16, hiddenSize: 24,
      encoderLayerCount: form.encoderLayerCount, cell: form.cell, attention: form.attention)
    let frame = FrameIDs(padding: 0, start: 2, end: 3)
    let batches = Batches(
      Self.examples, size: .rows(10), order: .shuffled(seed: 3), frame: frame)
    let trainer = Trainer(
      optimizer: Adam(model.parameters, learningRate: 1e-2), clipping: .norm(1),
      limits: TrainingLimits(stepCount: 200))
    var losses: [Double] = []
    var hooks = Trainer.Hooks()
    hooks.observe = { if case .progressed(let report) = $0 { losses.append(report.loss) } }
    try trainer.run(
      on: { batches.epoch($0, from: $1) },
      loss: { batch, step in model.loss(on: batch, padding: 0, step: step) }, hooks: hooks)
    let last = try #require(losses.last)
    #expect(last < 0.05)

    let batch = Batch(padding: Self.examples, frame: frame)
    let state = withoutGradients { model.encode(batch.source, lengths: batch.sourceLengths) }
    let written = GreedyDecoder(
      maximumLength: 12, endID: frame.end, bannedIDs: [frame.padding, frame.start])(
        model, after: Tensor(ids: Self.examples.map { _ in frame.start }, shape: [20]), from: state)
    #expect(written.map(\.tokens) == Self.examples.map(\.target))
    #expect(written.allSatisfy { $0.isFinished }, "each ends with an end token")
  }
}
