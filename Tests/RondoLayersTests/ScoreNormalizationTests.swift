import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

/// From scores to weights, under the masks of padding and future together.
@Suite struct ScoreNormalizationTests {
  /// A normalization as an argument of tests.
  enum Form: String, CaseIterable, Sendable {
    case softmax, sink, cap, sigmoid

    func normalization(sinks: Tensor) -> ScoreNormalization {
      switch self {
      case .softmax: .softmax
      case .sink: .softmaxWithSink(sinks)
      case .cap: .softCapped(limit: 2)
      case .sigmoid: .sigmoid(bias: -1.25)
      }
    }
  }

  @Test("PyTorch computes the same weights and gradients", .tags(.golden), arguments: Form.allCases)
  func parity(form: Form) throws {
    let golden = try Golden("score-normalizations")
    let mask = AttentionMask.hidingPadding(in: try golden.tensor("ids"), id: 0)
      .and(.hidingFuture(length: 4))
    let scores = try golden.tensor("scores").recordingGradient()
    let sinks = try golden.tensor("sinks").recordingGradient()
    let weights = mask.weights(from: scores, by: form.normalization(sinks: sinks))
    try golden.expect(weights, equals: "weights.\(form)", within: 1e-6)
    (weights * (try golden.tensor("coefficients"))).sum().backward()
    try golden.expect(#require(scores.gradient), equals: "gradient.\(form)")
    if form == .sink { try golden.expect(#require(sinks.gradient), equals: "gradient.sinks") }
  }

  @Test("Three scores by hand, the last one hidden")
  func byHand() {
    let mask = AttentionMask(visibleKeys: Tensor([true, true, false], shape: [1, 3]))
    let scores = Tensor([0, 2, 9] as [Double], shape: [1, 1, 1, 3])
    func weights(_ normalization: ScoreNormalization) -> Tensor {
      mask.weights(from: scores, by: normalization).reshaped(3)
    }
    func expect(_ actual: Tensor, _ expected: [Double]) {
      expectEqual(actual, Tensor(expected, shape: [3]), within: 1e-12)
    }
    let squared = 7.389_056_098_930_650  // e²
    expect(weights(.softmax), [1 / (1 + squared), squared / (1 + squared), 0])
    let sink = Tensor([2] as [Double], shape: [1])
    expect(
      weights(.softmaxWithSink(sink)), [1 / (1 + 2 * squared), squared / (1 + 2 * squared), 0])
    let capped = 4.586_826_139_007_03  // exp(2 tanh 1)
    expect(weights(.softCapped(limit: 2)), [1 / (1 + capped), capped / (1 + capped), 0])
    expect(weights(.sigmoid(bias: -2)), [1 / (1 + squared), 0.5, 0])
  }

  @Test(
    "What is hidden has exactly no weight and no influence, in every floating type",
    arguments: Form.allCases, [ScalarType.float32, .float64, .float16, .bfloat16])
  func hidden(form: Form, type: ScalarType) {
    let mask = AttentionMask.hidingPadding(lengths: [3, 2, 0], count: 3)
      .and(.hidingFuture(length: 3))
    func weights(hiddenScore: Double) -> Tensor {
      let visible = Tensor(
        [3, -60_000, 60_000, 1, 1, -2, 0, 5, 4] as [Double], shape: [1, 1, 3, 3]
      )
      .broadcast(to: [3, 1, 3, 3])
      let scores = visible.replacing(with: hiddenScore, where: mask.hidden).converted(to: type)
      let sinks = Tensor([0.5] as [Double], shape: [1])
      return mask.weights(from: scores, by: form.normalization(sinks: sinks))
    }
    let found = weights(hiddenScore: 0)
    #expect(found.type == type)
    #expect(found.isFinite().all())
    #expect(
      zip(found.doubles, mask.hidden.broadcast(to: [3, 1, 3, 3]).truths).allSatisfy {
        $0 == 0 || !$1
      })
    #expect(found[2].doubles.allSatisfy { $0 == 0 }, "a row without visible positions")
    #expect(found[0].doubles.contains { $0 > 0 })
    for score in [60_000, -60_000, .infinity] {
      #expect(weights(hiddenScore: score).doubles == found.doubles, "\(score) hidden")
    }
  }

  @Test("Queries that see nothing give no gradient, and spoil none", arguments: Form.allCases)
  func gradientOfNothing(form: Form) throws {
    let scores = Tensor([1, 2, 3, 4] as [Float], shape: [2, 1, 1, 2]).recordingGradient()
    let mask = AttentionMask.hidingPadding(lengths: [2, 0], count: 2)
    let sinks = Tensor([0.5] as [Float], shape: [1])
    let weights = mask.weights(from: scores, by: form.normalization(sinks: sinks))
    weights.squared().sum().backward()
    let gradient = try #require(scores.gradient)
    #expect(gradient[1].scalars == [0, 0])
    #expect(gradient[0].scalars.allSatisfy { $0.isFinite && $0 != 0 })
  }

  // MARK: - Padding and future together

  /// Self-attention of as many rows as positions, so that an axis taken for another would fit.
  private func selfAttention(_ x: Tensor, _ lengths: [Int], _ form: Form) -> Tensor {
    let mask = AttentionMask.hidingPadding(lengths: lengths, count: x.shape[1])
      .and(.hidingFuture(length: x.shape[1]))
    let scores = matmul(x, x.transposed(1, 2)).expandedDimensions(axis: 1)
    let sinks = Tensor([0.5] as [Float], shape: [1])
    let weights = mask.weights(from: scores, by: form.normalization(sinks: sinks))
    return matmul(weights.squeezed(axis: 1), x)
  }

  @Test("Under both masks padding leaves no trace", arguments: Form.allCases)
  func padding(form: Form) {
    seedRandomness(44)
    checkPaddingInvariance(
      of: Tensor(uniform: -1..<1, shape: [4, 4, 3]),
      noise: Tensor(uniform: -9..<9, shape: [4, 4, 3]),
      lengths: [4, 1, 3, 2]
    ) { selfAttention($0, $1, form) }
  }

  @Test("Under both masks no position sees the future", arguments: Form.allCases)
  func causality(form: Form) {
    seedRandomness(45)
    checkCausality(
      of: Tensor(uniform: -1..<1, shape: [4, 4, 3]),
      other: Tensor(uniform: -1..<1, shape: [4, 4, 3])
    ) { selfAttention($0, [4, 1, 3, 2], form) }
  }

  @Test("Sinks of another number than heads are refused")
  func sinkCount() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = AttentionMask.hidingFuture(length: 2).weights(
        from: Tensor(repeating: 0, shape: [1, 4, 2, 2]),
        by: .softmaxWithSink(Tensor(repeating: 0, shape: [2])))
    }
    #expect(message(of: result).contains("attention of 4 heads has sinks of shape [4] or [1]"))
  }
}
