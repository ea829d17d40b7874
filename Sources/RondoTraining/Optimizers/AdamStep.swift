import RondoLayers
import RondoTensor

/// What Adam and AdamW share: two moments and a step count for each parameter, and a fused step.
///
/// Steps are counted for each parameter, as PyTorch does: one that gets its first gradient late has
/// its moments corrected as if training began there.
struct AdamStep {
  private let parameters: [NamedParameter]
  private let first: Moments
  private let second: Moments
  private let counts: Moments
  private let betas: (first: Double, second: Double)
  private let epsilon: Double
  private let weightDecay: Double
  private let operation: Operation

  private static let increment = Operation("aten::_foreach_add_", "Scalar")

  init(
    _ parameters: [NamedParameter], betas: (first: Double, second: Double), epsilon: Double,
    weightDecay: Double, operation: Operation
  ) {
    self.parameters = parameters
    first = Moments(like: parameters)
    second = Moments(like: parameters)
    counts = Moments(ofOneNumberFor: parameters)
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.operation = operation
  }

  var memory: [String: Tensor] {
    first.named("first", parameters).merging(second.named("second", parameters)) { $1 }
      .merging(counts.named("step", parameters)) { $1 }
  }

  /// Updates the parameters that have a gradient.
  func update(learningRate: Double) {
    var values: [Tensor] = []
    var gradients: [Tensor] = []
    var moments: [Tensor] = []
    var squares: [Tensor] = []
    var steps: [Tensor] = []
    for (index, named) in parameters.enumerated() {
      guard let gradient = named.parameter.gradient else { continue }
      values.append(named.parameter.value)
      gradients.append(gradient)
      moments.append(first.tensors[index])
      squares.append(second.tensors[index])
      steps.append(counts.tensors[index])
    }
    guard !values.isEmpty else { return }
    // LibTorch's fused step reads the counts and does not increment them.
    AdamStep.increment.perform(steps, 1)
    operation.perform(
      values, gradients, moments, squares, [Tensor](), steps, learningRate, betas.first,
      betas.second, weightDecay, epsilon, false, false)
  }
}
