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

  /// Clips, and returns the norm from before and whether anything was changed.
  private func clip(
    _ places: Places, by clipping: GradientClipping
  ) throws -> (norm: Double, isClipped: Bool) {
    let gradients = try places.parameters.map { try #require($0.parameter.gradient) }
    let norm = GradientClipping.norm(of: gradients)
    return (norm, clipping.apply(to: gradients, ofNorm: norm))
  }

  @Test("Clipping by norm is PyTorch's", arguments: [1.0, 100]) func byNorm(limit: Double) throws {
    let golden = try Golden("clipping")
    let places = try places(golden)
    let outcome = try clip(places, by: .norm(limit))
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
    #expect(try clip(places, by: .value(0.5)).isClipped)
    for (index, named) in places.parameters.enumerated() {
      let gradient = try #require(named.parameter.gradient)
      try golden.expect(gradient, equals: "value.\(index)", within: 0)
    }
    #expect(try !clip(places, by: .value(0.5)).isClipped)
  }
}
