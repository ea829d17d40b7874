import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@testable import RondoTraining

@Suite(.tags(.golden)) struct GradientClippingTests {
  private struct Places: Module {
    let first: Parameter
    let second: Parameter
  }

  private func places(_ golden: Golden) throws -> Places {
    let gradients = [try golden.tensor("gradient.0"), try golden.tensor("gradient.1")]
    let places = Places(
      first: Parameter(repeating: 0, shape: gradients[0].shape),
      second: Parameter(repeating: 0, shape: gradients[1].shape))
    ((places.first.value * gradients[0]).sum() + (places.second.value * gradients[1]).sum())
      .backward()
    return places
  }

  @Test("Clipping by norm is PyTorch's", arguments: [1.0, 100]) func byNorm(limit: Double) throws {
    let golden = try Golden("clipping")
    let places = try places(golden)
    let outcome = GradientClipping.norm(limit).apply(to: places.parameters)
    let name = "norm-\(Int(limit))"
    #expect(abs(outcome.norm - (try golden.tensor(name)).item) < 1e-5)
    #expect(outcome.isClipped == (limit == 1))
    for (index, named) in places.parameters.enumerated() {
      let gradient = try #require(named.parameter.gradient)
      try golden.expect(gradient, equals: "\(name).\(index)", within: 1e-6)
    }
  }

  @Test("Clipping by value is PyTorch's") func byValue() throws {
    let golden = try Golden("clipping")
    let places = try places(golden)
    #expect(GradientClipping.value(0.5).apply(to: places.parameters).isClipped)
    for (index, named) in places.parameters.enumerated() {
      let gradient = try #require(named.parameter.gradient)
      try golden.expect(gradient, equals: "value.\(index)", within: 0)
    }
    #expect(!GradientClipping.value(0.5).apply(to: places.parameters).isClipped)
  }
}
