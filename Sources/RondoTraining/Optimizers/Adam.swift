import RondoLayers
import RondoTensor

/// Adam, with the decay, if any, added to the gradient.
///
/// ```text
/// g ← g + λ θ
/// m ← β₁ m + (1 - β₁) g
/// v ← β₂ v + (1 - β₂) g²
/// θ ← θ - η m̂ / (√v̂ + ε)              m̂ = m / (1 - β₁ⁱ),  v̂ = v / (1 - β₂ⁱ)
/// ```
///
/// - Source: Kingma and Ba, [Adam: A Method for Stochastic
///   Optimization](https://arxiv.org/abs/1412.6980), 2015, algorithm 1.
public final class Adam: Optimizer {
  /// The parameters that are moved.
  public let parameters: [NamedParameter]
  /// η, the step size.
  public var learningRate: Double
  /// i, how many steps have been taken.
  public var stepCount = 0

  private let adam: AdamStep
  private static let operation = Operation("aten::_fused_adam_")

  /// Creates an optimizer.
  ///
  /// - Parameters:
  ///   - parameters: The parameters to move.
  ///   - learningRate: η, the step size.
  ///   - betas: β₁ and β₂, how long the two means remember.
  ///   - epsilon: ε, which keeps the quotient finite.
  ///   - weightDecay: λ, the pull towards zero, added to the gradient.
  public init(
    _ parameters: [NamedParameter], learningRate: Double,
    betas: (first: Double, second: Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    adam = AdamStep(
      parameters, betas: betas, epsilon: epsilon, weightDecay: weightDecay,
      operation: Adam.operation)
  }

  /// m and v of every parameter.
  public var memory: [String: Tensor] { adam.memory }

  /// Moves every parameter that has a gradient.
  public func update() { adam.update(learningRate: learningRate, stepCount: stepCount) }
}
