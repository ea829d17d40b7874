import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct AttentionMaskTests {
  @Test(
    "PyTorch computes the same weights under both masks, zero where nothing is visible",
    .tags(.golden))
  func parity() throws {
    let golden = try Golden("masked-softmax")
    let mask = AttentionMask.hidingPadding(in: try golden.tensor("ids"), id: 0)
      .and(.hidingFuture(length: 4))
    #expect(mask.visible.shape == [2, 1, 4, 4])
    #expect(mask.visible.truths == (try golden.tensor("visible").truths))

    let scores = try golden.tensor("scores").recordingGradient()
    let weights = mask.weights(from: scores)
    try golden.expect(weights, equals: "weights")
    #expect(weights[1, 0, 0].scalars == [0, 0, 0, 0])
    (weights * (try golden.tensor("coefficients.0"))).sum().backward()
    try golden.expect(#require(scores.gradient), equals: "gradient.scores", within: 1e-4)
  }

  @Test("Padding is the same by token and by length")
  func lengths() {
    let tokens = Tensor(ids: [4, 5, 6, 4, 0, 0], shape: [2, 3])
    let byToken = AttentionMask.hidingPadding(in: tokens, id: 0)
    let byLength = AttentionMask.hidingPadding(lengths: [3, 1], count: 3)
    #expect(byToken.visible.shape == [2, 1, 1, 3])
    #expect(byLength.visible.shape == [2, 1, 1, 3])
    #expect(byToken.visible.truths == byLength.visible.truths)
    #expect(byToken.visible.truths == [true, true, true, true, false, false])
  }

  @Test("As many rows as queries are still rows: padding and future combine per row")
  func squareBatch() {
    let mask = AttentionMask(visibleKeys: Tensor([true, false, true, true], shape: [2, 2]))
      .and(.hidingFuture(length: 2))
    #expect(mask.visible.shape == [2, 1, 2, 2])
    #expect(
      mask.visible.truths == [
        true, false,  // row 0, whose second key is padding
        true, false,
        true, false,  // row 1, of two keys
        true, true,
      ])
  }

  @Test("The masks of PyTorch's MultiheadAttention mark what is hidden")
  func convention() {
    let hidden = Tensor([false, false, true], shape: [1, 1, 1, 3])
    let mask = AttentionMask(hidden: hidden)
    #expect(mask.visible.truths == [true, true, false])
    #expect(mask.hidden.truths == hidden.truths)

    let padding = AttentionMask(hiddenKeys: Tensor([false, true, false, false], shape: [2, 2]))
    #expect(padding.visible.shape == [2, 1, 1, 2])
    #expect(padding.visible.truths == [true, false, true, true])
  }

  @Test(
    "A mask that is added to scores converts both ways, in every floating type",
    arguments: [ScalarType.float32, .float64, .float16, .bfloat16])
  func additive(type: ScalarType) {
    let infinity = Double.infinity
    let added = Tensor([0, -infinity, 0, 0], shape: [1, 1, 2, 2]).converted(to: type)
    let mask = AttentionMask(additive: added)
    #expect(mask.visible.truths == [true, false, true, true])

    let scores = Tensor([1, 2, 3, 3.5] as [Double], shape: [1, 1, 2, 2]).converted(to: type)
    let back = mask.additive(like: scores)
    #expect(back.type == type)
    #expect(back.doubles == [0, -infinity, 0, 0])
    #expect(mask.weights(from: scores).doubles == (scores + back).softmax(axis: -1).doubles)
  }

  @Test("A mask follows its rows")
  func rows() {
    let mask = AttentionMask.hidingPadding(lengths: [1, 2, 3], count: 3)
    let chosen = mask.selecting(Tensor(ids: [2, 0, 0], shape: [3]))
    #expect(chosen.visible.truths.count(where: \.self) == 3 + 1 + 1)
    let future = AttentionMask.hidingFuture(length: 3)
    #expect(future.visible.shape == [1, 1, 3, 3])
    #expect(future.selecting(Tensor(ids: [1], shape: [1])).visible.shape == [1, 1, 3, 3])
  }

  // MARK: - Mistakes

  @Test("Numbers are refused as a mask of truth values")
  func type() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AttentionMask(visible: Tensor(repeating: 1, shape: [2, 3]))
    }
    #expect(message(of: result).contains("a mask holds truth values and not float32"))
  }

  @Test("A mask without the four axes of scores is refused, with what to do")
  func rank() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AttentionMask(hidden: Tensor([true, false, false, true], shape: [2, 2]))
    }
    #expect(
      message(of: result).contains(
        "a mask has the axes [B, N, T, S] and not the shape [2, 2]; [B, S] is for "
          + "AttentionMask(visibleKeys:), and [T, S] is reshaped to [1, 1, T, S]"))
  }

  @Test("A mask of keys without two axes is refused")
  func keysRank() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AttentionMask(hiddenKeys: Tensor([true, false], shape: [2]))
    }
    #expect(
      message(of: result).contains("a mask of keys has the axes [B, S] and not the shape [2]"))
  }

  @Test("A mask to be added that holds a one is refused: it would add and not hide")
  func additiveOnes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AttentionMask(additive: Tensor([1, -.infinity] as [Float], shape: [1, 1, 1, 2]))
    }
    #expect(message(of: result).contains("holds 0 and -infinity, and not 1.0"))
  }

  @Test("Masks that do not fit one another, or the scores, are refused with both shapes")
  func unfit() async {
    let pair = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AttentionMask.hidingFuture(length: 3).and(.hidingPadding(lengths: [2, 4], count: 4))
    }
    #expect(message(of: pair).contains("[1, 1, 3, 3] and [2, 1, 1, 4] differ on an axis"))
    let scores = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AttentionMask.hidingFuture(length: 3)
        .weights(from: Tensor(repeating: 0, shape: [1, 1, 1, 3]))
    }
    #expect(message(of: scores).contains("of shape [1, 1, 3, 3] does not fit scores"))
  }
}
