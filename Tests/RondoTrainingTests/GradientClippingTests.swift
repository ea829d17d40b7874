import Foundation
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

  @Test(
    "A way to clip reads as it prints, and a number limits the norm",
    arguments: [
      ("norm(1)", GradientClipping.norm(1)), ("value(0.5)", .value(0.5)), ("0.25", .norm(0.25)),
      ("5", .norm(5)),
    ])
  func text(text: String, clipping: GradientClipping) throws {
    #expect(try GradientClipping(text) == clipping)
    #expect(try GradientClipping("\(clipping)") == clipping)
    let json = try JSONEncoder().encode([clipping])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(clipping)\"]")
    #expect(try JSONDecoder().decode([GradientClipping].self, from: json) == [clipping])
    #expect(
      try JSONDecoder().decode([GradientClipping].self, from: Data("[2, 0.5]".utf8))
        == [.norm(2), .norm(0.5)])
  }

  @Test(
    "What says no way to clip is refused with the possibilities",
    arguments: [
      "", "norm", "norm(0)", "value(-1)", "norm(limit: 1)", "0", "-2", "nan", "inf",
      "norm(1).value(1)", "max(1)", "norm(1", "norm(inf)",
    ])
  func refused(text: String) {
    let error = #expect(throws: ClippingSyntaxError.self) { try GradientClipping(text) }
    #expect(
      error?.description == "'\(text)' says no way to clip; write norm(1), value(0.5), or none")
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
