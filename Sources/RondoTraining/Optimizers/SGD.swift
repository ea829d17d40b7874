import RondoLayers
import RondoTensor

/// Stochastic gradient descent, with optional momentum.
///
/// ```text
/// v ← μ v + g + λ θ
/// θ ← θ - η v
/// ```
///
/// - Source: Sutskever et al., [On the importance of initialization and momentum in deep
///   learning](https://proceedings.mlr.press/v28/sutskever13.html), 2013, in PyTorch's form, where
///   the learning rate multiplies the velocity.
public final class SGD: Optimizer {
  /// The parameters to update.
  public let parameters: [NamedParameter]
  /// η, the learning rate.
  public var learningRate: Double
  /// The number of steps taken.
  public var stepCount = 0

  private let velocities: Moments?
  private let momentum: Double
  private let weightDecay: Double

  /// Creates an optimizer.
  ///
  /// - Parameters:
  ///   - parameters: The parameters to update.
  ///   - learningRate: η, the learning rate.
  ///   - momentum: μ, the share of the velocity that is kept.
  ///   - weightDecay: λ, the weight decay, added to the gradient.
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

  /// Updates every parameter that has a gradient.
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
