import RondoLayers
import RondoTensor
import Testing

/// Expects dropout to act while training, and nowhere else.
///
/// - Parameters:
///   - sourceLocation: Where the expectation stands.
///   - run: Computes an output of a layer that has dropout.
public func checkDropoutIsForTraining(
  sourceLocation: SourceLocation = #_sourceLocation, _ run: () -> Tensor
) {
  let first = run()
  expectEqual(run(), first, within: 0, "a second evaluation", sourceLocation: sourceLocation)
  expectDifferent(
    withMode(.training, run), first, "the output in training", sourceLocation: sourceLocation)
  expectDifferent(
    withMode(.training, run), withMode(.training, run), "the output of a second training step",
    sourceLocation: sourceLocation)
  expectEqual(
    withMode(.training) { withMode(.evaluation, run) }, first, within: 0,
    "an evaluation inside training", sourceLocation: sourceLocation)
}
