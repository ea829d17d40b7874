import RondoLayers
import RondoModels
import RondoTensor
import RondoTestSupport
import Testing

/// What the decoder is fed: the right tokens, its own, or some of each.
@Suite struct TeacherForcingTests {
  typealias Case = Seq2SeqTests.Case

  private let source = Seq2SeqTests.source
  private let lengths = Seq2SeqTests.lengths
  private let target = Seq2SeqTests.target

  private func coins(_ isForced: (_ row: Int, _ step: Int) -> Bool) -> Tensor {
    Tensor((0..<15).map { isForced($0 / 5, $0 % 5) }, shape: [3, 5])
  }

  @Test("Without coins the decoder reads the target", arguments: Case.all)
  func targetIsFed(options: Case) {
    let model = options.model()
    let output = model(source, lengths: lengths, target: target)
    #expect(output.fed.ids == target.ids)
  }

  @Test("Coins that all say so feed the target, as no coins do", arguments: Case.all)
  func allCoins(options: Case) {
    seedRandomness(61)
    let model = options.model()
    let forced = model(source, lengths: lengths, target: target, coins: coins { _, _ in true })
    let plain = model(source, lengths: lengths, target: target)
    expectEqual(forced.logits, plain.logits, within: 0)
  }

  @Test("Without the target the decoder reads its own most probable tokens", arguments: Case.all)
  func freeRunning(options: Case) {
    seedRandomness(62)
    let model = options.model()
    let output = model(source, lengths: lengths, target: target, coins: coins { _, _ in false })
    let predictions = output.logits.argmax(axis: -1)
    #expect(output.fed[0..., 0].ids == target[0..., 0].ids)
    #expect(output.fed[0..., 1...].ids == predictions[0..., 0..<4].ids)
    #expect(output.fed.ids != target.ids)
    let again = model(source, lengths: lengths, target: output.fed)
    expectEqual(again.logits, output.logits)
  }

  @Test("Each coin decides for its row and its step", arguments: Case.all)
  func mixed(options: Case) {
    seedRandomness(63)
    let model = options.model()
    let coins = coins { row, step in row == 1 || (row == 2 && step == 3) }
    let output = model(source, lengths: lengths, target: target, coins: coins)
    let predictions = output.logits.argmax(axis: -1).ids
    let (fed, right, truths) = (output.fed.ids, target.ids, coins.truths)
    for index in fed.indices where index % 5 > 0 {
      #expect(fed[index] == (truths[index] ? right[index] : predictions[index - 1]))
    }
  }

  @Test("Scores of position t are about the token at t + 1, so nothing is about the start")
  func firstPosition() {
    seedRandomness(64)
    let model = Case().model()
    let short = model(source, lengths: lengths, target: target.narrowed(axis: 1, from: 0, count: 4))
    let scores = short.logits.reshaped(12, 11)
    let right = target.narrowed(axis: 1, from: 1, count: 4).reshaped(-1)
    // A position of zeros would cost log V whatever the model says.
    #expect(scores.absolute().maximum(axis: 1).scalars.allSatisfy { $0 > 0 })
    #expect(scores.crossEntropy(right, ignoring: 0).item.isFinite)
    #expect(!right.ids.contains(2))
  }

  @Test("Coins of another shape stop with both shapes")
  func wrongCoins() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Case().model()(
        Seq2SeqTests.source, lengths: Seq2SeqTests.lengths, target: Seq2SeqTests.target,
        coins: Tensor(repeating: 1, shape: [3], type: .bool))
    }
    #expect(message(of: result).contains("one per target token, [3, 5], and not [3]"))
  }
}
