import Foundation
import RondoData
import RondoModels
import RondoTensor
import RondoTestSupport
import Testing

@testable import RondoTraining

@Suite struct Seq2SeqLossTests {
  /// Targets of different lengths, so that rows are padded.
  private let examples = [
    ParallelExample(source: [4, 5, 6], target: [7, 4, 8, 5]),
    ParallelExample(source: [8], target: [6]),
    ParallelExample(source: [5, 4], target: []),
  ]

  private let frame = FrameIDs(padding: 0, start: 2, end: 3)

  private func model(attention: AttentionKind? = .bahdanau) -> Seq2Seq {
    seedRandomness(23)
    return Seq2Seq(
      sourceVocabularySize: 9, targetVocabularySize: 10, embeddingSize: 5, hiddenSize: 6,
      attention: attention)
  }

  @Test("A batch costs the mean of -log p of each token after the start, padding left out")
  func byHand() throws {
    let model = model()
    let batch = Batch(padding: examples, frame: frame)
    let fed = batch.target[0..., ..<(batch.target.shape[1] - 1)]
    let logits = model(batch.source, lengths: batch.sourceLengths, target: fed).logits
    var sum = 0.0
    for (row, example) in examples.enumerated() {
      for (position, token) in (example.target + [3]).enumerated() {
        let scores = logits[row, position].doubles
        sum += log(scores.reduce(0) { $0 + exp($1) }) - scores[token]
      }
    }
    let loss = model.loss(on: batch, padding: 0)
    #expect(loss.targetTokenCount == 5 + 2 + 1)
    #expect(loss.tokenCount == (3 + 1 + 2) + (6 + 3 + 2))
    #expect(loss.slotCount == 3 * (3 + 6))
    #expect(loss.forcedCount == 8, "without coins every token is fed")
    #expect(abs(loss.value.item - sum / 8) < 1e-6)

    let perplexity = model.perplexity(on: [batch, batch], padding: 0)
    #expect(abs(perplexity.value - exp(sum / 8)) < 1e-4)
  }

  @Test("How far a batch is padded changes no loss, no count and no gradient")
  func width() throws {
    let model = model()
    let longest = ParallelExample(source: [4, 5, 6, 7, 8, 4], target: [4, 5, 6, 7, 8, 4, 5])
    let alone = model.loss(on: Batch(padding: [examples[1]], frame: frame), padding: 0)
    let other = model.loss(on: Batch(padding: [longest], frame: frame), padding: 0)
    let together = model.loss(on: Batch(padding: [examples[1], longest], frame: frame), padding: 0)
    #expect(alone.targetTokenCount == 2 && other.targetTokenCount == 8)
    #expect(together.targetTokenCount == 10 && together.tokenCount == 4 + 15)
    #expect(together.slotCount == alone.slotCount + other.slotCount + 5 + 6)
    let mean = (alone.value * 2 + other.value * 8) / 10
    #expect(abs(mean.item - together.value.item) < 1e-6)

    func gradients(_ loss: Tensor) throws -> [Tensor] {
      for named in model.parameters { named.parameter.clearGradient() }
      loss.backward()
      return try model.parameters.map { try #require($0.parameter.gradient) }
    }
    for (separate, joint) in zip(try gradients(mean), try gradients(together.value)) {
      expectEqual(separate, joint, within: 1e-6)
    }
  }

  @Test(
    "The share that is reported as fed is the share that the decoder read",
    arguments: TeacherForcing.Granularity.allCases, [0.0, 0.3, 0.7, 1])
  func forcedCount(granularity: TeacherForcing.Granularity, rate: Double) throws {
    let model = model()
    // A model that always guesses a token which no target holds: what is right was fed.
    let bias = try #require(model.decoder.output.bias)
    bias.assign(Tensor((0..<10).map { Float($0 == 9 ? 100 : 0) }, shape: [10]))
    let batch = Batch(padding: examples, frame: frame)
    let forcing = TeacherForcing(rate: .constant(rate), granularity: granularity, seed: 4)
    for step in 0..<8 {
      let fed = batch.target[0..., ..<(batch.target.shape[1] - 1)]
      let coins = forcing.coins(shape: fed.shape, step: step, epoch: 0)
      let output = model(
        batch.source, lengths: batch.sourceLengths, target: fed, coins: coins)
      let isRight = output.fed.isEqual(to: fed).and(batch.target[0..., 1...].isNot(0))
      let loss = model.loss(on: batch, padding: 0, forcing: forcing, step: step)
      #expect(loss.forcedCount == isRight.truths.count { $0 })
      #expect(loss.targetTokenCount == 8)
      if rate == 0 { #expect(loss.forcedCount == 3, "the start of each row") }
      if rate == 1 { #expect(loss.forcedCount == 8) }
    }
  }

  @Test(
    "Coins live where the batch lives", .tags(.gpu), .enabled(if: Device.cuda(0).isAvailable))
  func device() throws {
    let model = model()
    model.move(to: .cuda(0))
    let forcing = TeacherForcing(rate: .constant(0.5), seed: 4)
    let batch = Batch(padding: examples, frame: frame, on: .cuda(0))
    let loss = model.loss(on: batch, padding: 0, forcing: forcing)
    #expect(loss.value.device == .cuda(0) && loss.value.item.isFinite)
  }
}
