import RondoLayers
import RondoTensor
import Testing

/// Expects the fused form of a layer to agree with the stepwise one, outputs and gradients.
///
/// - Parameters:
///   - module: The layer.
///   - tolerance: The largest difference of outputs; gradients may differ by ten times as much.
///   - sourceLocation: Where the expectation stands.
///   - run: Computes the outputs in a form.
public func checkFusedEqualsStepwise(
  of module: some Module, within tolerance: Double = 1e-5,
  sourceLocation: SourceLocation = #_sourceLocation, _ run: (LayerForm) -> [Tensor]
) {
  func outputsAndGradients(_ form: LayerForm) -> ([Tensor], [NamedGradient]) {
    module.clearGradients()
    let outputs = run(form)
    let terms = outputs.map { ($0 * wave(shape: $0.shape, like: $0)).sum() }
    stacked(terms, axis: 0).sum().backward()
    return (outputs, module.gradients())
  }
  let (expected, expectedGradients) = outputsAndGradients(.stepwise)
  let (outputs, gradients) = outputsAndGradients(.fused)
  for (index, pair) in zip(outputs, expected).enumerated() {
    expectEqual(
      pair.0, pair.1, within: tolerance, "output \(index) of the fused form",
      sourceLocation: sourceLocation)
  }
  #expect(gradients.map(\.path) == expectedGradients.map(\.path), sourceLocation: sourceLocation)
  for (gradient, wanted) in zip(gradients, expectedGradients) {
    expectEqual(
      gradient.value, wanted.value, within: 10 * tolerance,
      "the gradient of \(gradient.path) in the fused form", sourceLocation: sourceLocation)
  }
}
