import RondoLayers
import RondoTensor

/// Stochastic gradient descent, with momentum if wanted.
///
/// ```text
/// v ← μ v + g + λ θ
/// θ ← θ - η v
/// ```
///
/// - Source: Sutskever et al., [On the importance of initialization and momentum in deep
///   learning](https://proceedings.mlr.press/v28/sutskever13.html), 2013, in PyTorch's form, where
///   the step size multiplies the velocity.
public final class SGD: Optimizer {
  /// The parameters that are moved.
  public let parameters: [NamedParameter]
  /// η, the step size.
  public var learningRate: Double
  /// How many steps have been taken.
  public var stepCount = 0

  private let velocities: Moments?
  private let momentum: Double
  private let weightDecay: Double

  /// Creates an optimizer.
  ///
  /// - Parameters:
  ///   - parameters: The parameters to move.
  ///   - learningRate: η, the step size.
  ///   - momentum: μ, the share of the velocity that is kept.
  ///   - weightDecay: λ, the pull towards zero.
  public init(
    _ parameters: [NamedParameter], learningRate: Double, momentum: Double = 0,
    weightDecay: Double = 0
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    velocities = momentum == 0 ? nil : Moments(like: parameters)
  }

  /// v of every parameter.
  public var memory: [String: Tensor] { velocities?.named("velocity", parameters) ?? [:] }

  /// Moves every parameter that has a gradient.
  public func update() {
    for (index, named) in parameters.enumerated() {
      guard var change = named.parameter.gradient else { continue }
      if weightDecay != 0 { change = change + named.parameter.value * weightDecay }
      if let velocity = velocities?.tensors[index] {
        velocity.overwrite(with: velocity * momentum + change)
        change = velocity
      }
      named.parameter.assign(named.parameter.value - change * learningRate)
    }
  }
}
