import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct LinearTests {
  @Test("PyTorch computes the same output and gradients", .tags(.golden))
  func parity() throws {
    let golden = try Golden("linear")
    let linear = Linear(from: 5, to: 3)
    try golden.load(into: linear)
    let x = try golden.tensor("x").recordingGradient()
    let y = linear(x)
    try golden.expect(y, equals: "y")
    (y * (try golden.tensor("coefficients.0"))).sum().backward()
    try golden.expectGradients(of: linear)
    try golden.expect(#require(x.gradient), equals: "gradient.x", within: 1e-4)
  }

  @Test("A layer without a bias maps zero to zero")
  func withoutBias() {
    let linear = Linear(from: 4, to: 2, hasBias: false)
    #expect(linear.parameters.map(\.path) == ["weight"])
    #expect(linear(Tensor(repeating: 0, shape: [3, 4])).scalars.allSatisfy { $0 == 0 })
  }

  @Test("A tied layer scores with the embedding and learns with it")
  func tied() {
    struct Model: Module {
      let embedding: Embedding
      let output: Linear
    }
    let embedding = Embedding(vocabularySize: 5, size: 3)
    let model = Model(embedding: embedding, output: Linear(tiedTo: embedding, hasBias: true))
    #expect(model.parameters.map(\.path) == ["embedding.weight", "output.bias"])
    #expect(model.parameterCount == 5 * 3 + 5)
    let scores = model.output(embedding(Tensor(ids: [2], shape: [1])))
    let table = embedding.weight.value
    expectEqual(scores, matmul(table.narrowed(axis: 0, from: 2, count: 1), table.transposed(0, 1)))
  }

  @Test("Initial weights stay within 1/√inputSize and use the range")
  func initialWeights() {
    seedRandomness(1)
    let weights = Linear(from: 25, to: 400).weight.value.scalars
    #expect(weights.allSatisfy { abs($0) <= 0.2 })
    #expect(weights.contains { $0 > 0.19 } && weights.contains { $0 < -0.19 })
  }

  @Test("Input of the wrong size stops with both sizes")
  func wrongSize() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(from: 4, to: 2)(Tensor(repeating: 0, shape: [3, 5]))
    }
    #expect(
      message(of: result).contains("Linear expects 4 features on the last axis and got [3, 5]"))
  }
}
