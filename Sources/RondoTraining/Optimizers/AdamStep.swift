import RondoLayers
import RondoTensor

/// What Adam and AdamW share: two moments for each parameter, and a fused step.
struct AdamStep {
  private let parameters: [NamedParameter]
  private let first: Moments
  private let second: Moments
  private let betas: (first: Double, second: Double)
  private let epsilon: Double
  private let weightDecay: Double
  private let operation: Operation

  init(
    _ parameters: [NamedParameter], betas: (first: Double, second: Double), epsilon: Double,
    weightDecay: Double, operation: Operation
  ) {
    self.parameters = parameters
    first = Moments(like: parameters)
    second = Moments(like: parameters)
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.operation = operation
  }

  var memory: [String: Tensor] {
    first.named("first", parameters).merging(second.named("second", parameters)) { $1 }
  }

  /// Updates the parameters that have a gradient; `stepCount` includes this step.
  func update(learningRate: Double, stepCount: Int) {
    var values: [Tensor] = []
    var gradients: [Tensor] = []
    var moments: [Tensor] = []
    var squares: [Tensor] = []
    var counts: [Tensor] = []
    for (index, named) in parameters.enumerated() {
      guard let gradient = named.parameter.gradient else { continue }
      values.append(named.parameter.value)
      gradients.append(gradient)
      moments.append(first.tensors[index])
      squares.append(second.tensors[index])
      // LibTorch's fused step does not increment the counts: each is the number of this step.
      counts.append(Tensor(repeating: Double(stepCount), shape: [], on: gradient.device))
    }
    guard !values.isEmpty else { return }
    operation.perform(
      values, gradients, moments, squares, [Tensor](), counts, learningRate, betas.first,
      betas.second, weightDecay, epsilon, false, false)
  }
}
