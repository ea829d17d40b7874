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

  // MARK: - A model of pairs

  /// A model whose scores are the row of a table, `[11, 11]`, that the token it reads names.
  private func pairModel(_ table: Tensor) -> Seq2Seq {
    let model = Seq2Seq(
      sourceVocabularySize: 9, targetVocabularySize: 11, embeddingSize: 11, hiddenSize: 11,
      cell: .rnn, isBidirectional: false, attention: nil)
    let identity = Tensor((0..<121).map { $0 % 12 == 0 ? 1 : 0 } as [Float], shape: [11, 11])
    for named in model.parameters {
      let value =
        switch named.path {
        case "decoder.embedding.weight": identity
        // The hyperbolic tangent of 20 is 1 in single precision.
        case "decoder.network.cells.0.inputWeight", "decoder.readout.weight": identity * 20
        case "decoder.output.weight": table.transposed(0, 1)
        default: Tensor(repeating: 0, shape: named.parameter.shape)
        }
      named.parameter.assign(value)
    }
    return model
  }

  @Test(
    "A loss counts each token after the start once, as what follows the token before it",
    arguments: LayerForm.allCases)
  func countedPairs(form: LayerForm) {
    seedRandomness(64)
    let table = Tensor(uniform: -2..<2, shape: [11, 11])
    let fed = target.narrowed(axis: 1, from: 0, count: 4)
    let right = target.narrowed(axis: 1, from: 1, count: 4)
    let logits = pairModel(table)(source, lengths: lengths, target: fed, form: form).logits
    let loss = logits.reshaped(12, 11).crossEntropy(right.reshaped(-1), ignoring: 0)

    let pairs = [
      (2, 5), (5, 6), (6, 7), (7, 8), (2, 9), (9, 10), (10, 3), (2, 4), (4, 3),
    ]
    let costs = pairs.map { token, next in
      table[token].logSumExp(axis: 0).item - table[token, next].item
    }
    #expect(abs(loss.item - costs.reduce(0, +) / 9) < 1e-6)
  }

  @Test(
    "What the decoder says that it read is what its scores come from, and the target where it is fed",
    arguments: [nil, "all", "none", "some"] as [String?], LayerForm.allCases)
  func fedTokens(choice: String?, form: LayerForm) {
    seedRandomness(65)
    let table = Tensor(uniform: -2..<2, shape: [11, 11])
    let coins = choice.map { choice in
      self.coins { row, step in choice == "all" || (choice == "some" && (row + step) % 2 == 0) }
    }
    let output = pairModel(table)(
      source, lengths: lengths, target: target, coins: coins, form: form)
    expectEqual(
      output.logits.reshaped(15, 11), table.selecting(output.fed.reshaped(-1), axis: 0),
      within: 1e-6)
    let isForced = coins?.truths ?? Array(repeating: true, count: 15)
    let best = table.argmax(axis: 1).ids
    let (fed, right) = (output.fed.ids, target.ids)
    for index in fed.indices {
      let isRight = isForced[index] || index % 5 == 0
      #expect(fed[index] == (isRight ? right[index] : best[fed[index - 1]]), "position \(index)")
    }
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
