import RondoLayers
import RondoModels
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct Seq2SeqAutoregressiveTests {
  typealias Case = Seq2SeqTests.Case

  private let source = Seq2SeqTests.source
  private let lengths = Seq2SeqTests.lengths
  private let target = Seq2SeqTests.target

  /// Scores the target one token at a time.
  private func steps(
    _ model: Seq2Seq, from start: Seq2Seq.State, target: Tensor
  ) -> (logits: Tensor, attention: [Tensor]) {
    var state = start
    var (logits, attention) = ([Tensor](), [Tensor]())
    for step in 0..<target.shape[1] {
      let next = model.next(after: target.selecting(step, axis: 1), from: state)
      state = next.state
      logits.append(next.logits)
      if let weights = next.attention { attention.append(weights) }
    }
    return (stacked(logits, axis: 1), attention)
  }

  @Test("One token at a time gives the scores of the whole target", arguments: Case.all)
  func stepwise(options: Case) {
    seedRandomness(71)
    let model = options.model()
    let output = model(source, lengths: lengths, target: target)
    let stepped = steps(model, from: model.encode(source, lengths: lengths), target: target)
    expectEqual(stepped.logits, output.logits)
    if let attention = output.attention {
      expectEqual(stacked(stepped.attention, axis: 1), attention)
    }
  }

  @Test("Chosen rows go on as they would have", arguments: Case.all)
  func selection(options: Case) {
    seedRandomness(72)
    let model = options.model()
    let rows = Tensor(ids: [2, 0, 0, 1], shape: [4])
    let first = model.next(
      after: target.selecting(0, axis: 1), from: model.encode(source, lengths: lengths))
    let rest = target.narrowed(axis: 1, from: 1, count: 4)
    let expected = steps(model, from: first.state, target: rest).logits.selecting(rows, axis: 0)
    let found = steps(
      model, from: model.selecting(rows, of: first.state), target: rest.selecting(rows, axis: 0))
    expectEqual(found.logits, expected, within: 2e-6)
  }
}
