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
    #expect(byToken.visible.shape == byLength.visible.shape)
    #expect(byToken.visible.truths == byLength.visible.truths)
    #expect(byToken.visible.truths == [true, true, true, true, false, false])
  }

  @Test("PyTorch's masks mark what is hidden")
  func convention() {
    let hidden = Tensor([false, false, true], shape: [1, 1, 1, 3])
    let mask = AttentionMask(hidden: hidden)
    #expect(mask.visible.truths == [true, true, false])
    #expect(mask.hidden.truths == hidden.truths)
  }

  @Test(
    "Weights sum to one over what is visible, in every floating type",
    arguments: [ScalarType.float32, .float64, .float16, .bfloat16])
  func halfPrecision(type: ScalarType) {
    let scores = Tensor([60_000, -60_000, 1, 0, 0, 0] as [Double], shape: [2, 1, 1, 3])
      .converted(to: type)
    let mask = AttentionMask.hidingPadding(lengths: [2, 0], count: 3)
    #expect(mask.weights(from: scores).doubles == [1, 0, 0, 0, 0, 0])
  }

  @Test("A mask follows its rows")
  func rows() {
    let mask = AttentionMask.hidingPadding(lengths: [1, 2, 3], count: 3)
    let chosen = mask.selecting(Tensor(ids: [2, 0, 0], shape: [3]))
    #expect(chosen.visible.truths.count(where: \.self) == 3 + 1 + 1)
    #expect(
      AttentionMask.hidingFuture(length: 3).selecting(Tensor(ids: [1], shape: [1])).visible.shape
        == [3, 3])
  }

  @Test("Numbers are refused as a mask")
  func type() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AttentionMask(visible: Tensor(repeating: 1, shape: [2, 3]))
    }
    #expect(message(of: result).contains("a mask holds truth values"))
  }
}
