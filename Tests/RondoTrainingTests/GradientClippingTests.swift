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

  @Test("Padding and smoothing in the loss are PyTorch's", arguments: [0, 0.1])
  func crossEntropyLoss(smoothing: Double) throws {
    let golden = try Golden("cross-entropy")
    let logits = try golden.tensor("logits").recordingGradient()
    let loss = crossEntropy(
      logits, try golden.tensor("targets"), ignoring: 0, smoothing: smoothing)
    loss.backward()
    let name = smoothing == 0 ? "0" : "0.1"
    try golden.expect(loss, equals: "loss-\(name)", within: 1e-6)
    try golden.expect(try #require(logits.gradient), equals: "gradient-\(name)", within: 1e-7)
  }

  @Test("Padding adds nothing to the loss") func paddingInLoss() throws {
    let golden = try Golden("cross-entropy")
    let (logits, targets) = (try golden.tensor("logits"), try golden.tensor("targets"))
    let wider = concatenated([targets, Tensor(ids: [0, 0, 0], shape: [3, 1])], axis: 1)
    let more = concatenated([logits, Tensor(repeating: 9, shape: [3, 1, 6])], axis: 1)
    let difference =
      crossEntropy(more, wider, ignoring: 0, smoothing: 0.1).item
      - crossEntropy(logits, targets, ignoring: 0, smoothing: 0.1).item
    #expect(abs(difference) < 1e-7)
  }
}
