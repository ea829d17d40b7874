import RondoLayers
import RondoTensor

/// Adam with decoupled weight decay.
///
/// ```text
/// m ← β₁ m + (1 - β₁) g
/// v ← β₂ v + (1 - β₂) g²
/// θ ← θ - η λ θ - η m̂ / (√v̂ + ε)      m̂ = m / (1 - β₁ⁱ),  v̂ = v / (1 - β₂ⁱ)
/// ```
///
/// i counts the steps in which the parameter had a gradient. All parameters are updated in one call
/// of LibTorch's fused step.
///
/// - Source: Loshchilov and Hutter,
///   [Decoupled Weight Decay Regularization](https://arxiv.org/abs/1711.05101), 2019,
///   algorithm 2.
public final class AdamW: Optimizer {
  /// The parameters to update.
  public let parameters: [NamedParameter]
  /// η, the learning rate.
  public var learningRate: Double
  /// The number of steps taken.
  public var stepCount = 0

  private let adam: AdamStep
  private static let operation = Operation("aten::_fused_adamw_")

  /// Creates an optimizer.
  ///
  /// - Parameters:
  ///   - parameters: The parameters to update.
  ///   - learningRate: η, the learning rate.
  ///   - betas: β₁ and β₂, the decay rates of the two moments.
  ///   - epsilon: ε, which keeps the quotient finite.
  ///   - weightDecay: λ, the weight decay, which is multiplied by the learning rate.
  public init(
    _ parameters: [NamedParameter], learningRate: Double,
    betas: (first: Double, second: Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    weightDecay: Double = 0.01
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    adam = AdamStep(
      parameters, betas: betas, epsilon: epsilon, weightDecay: weightDecay,
      operation: AdamW.operation)
  }

  /// m, v and the step count of every parameter.
  public var memory: [String: Tensor] { adam.memory }

  /// Updates every parameter that has a gradient.
  public func update() { adam.update(learningRate: learningRate) }
}
