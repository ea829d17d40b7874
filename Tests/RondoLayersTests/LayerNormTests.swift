import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct LayerNormTests {
  @Test("PyTorch computes the same output and gradients", .tags(.golden))
  func parity() throws {
    let golden = try Golden("layer-norm")
    let norm = LayerNorm(6)
    try golden.load(into: norm)
    let x = try golden.tensor("x").recordingGradient()
    let y = norm(x)
    try golden.expect(y, equals: "y")
    (y * (try golden.tensor("coefficients.0"))).sum().backward()
    try golden.expectGradients(of: norm)
    try golden.expect(#require(x.gradient), equals: "gradient.x", within: 1e-4)
  }

  @Test("A new layer gives mean 0 and variance 1")
  func moments() {
    seedRandomness(3)
    let y = LayerNorm(64)(Tensor(normalWithMean: 5, deviation: 3, shape: [4, 64]))
    expectEqual(y.mean(axis: 1), Tensor(repeating: 0, shape: [4]))
    expectEqual(y.squared().mean(axis: 1), Tensor(repeating: 1, shape: [4]), within: 1e-4)
  }
}
