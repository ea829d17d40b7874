import RondoCheckpoints
import RondoLayers
import RondoTensor

/// An algorithm that updates parameters by their gradients.
///
/// An optimizer is given the model's parameters once, when it is created, and keeps the list. Its
/// state is named tensors, so that a checkpoint can hold it: `first.decoder.output.weight` belongs
/// to the parameter at `decoder.output.weight`.
public protocol Optimizer: AnyObject {
  /// The parameters to update.
  var parameters: [NamedParameter] { get }
  /// The learning rate, which a schedule may change between steps.
  var learningRate: Double { get set }
  /// The number of steps taken.
  var stepCount: Int { get set }
  /// The optimizer state, such as moments, by role and parameter path, updated in place.
  var memory: [String: Tensor] { get }

  /// Updates every parameter that has a gradient.
  func update()
}

/// The outcome of one optimizer step.
public struct OptimizerStep: Sendable {
  /// The loss before the step.
  public let loss: Double
  /// The global gradient norm before clipping, or `nil` when the loss is not finite, as no gradient
  /// is computed then.
  public let gradientNorm: Double?
  /// Whether clipping changed any gradient.
  public let isClipped: Bool

  /// The quantity that was not finite, so that no parameter was updated, or `nil`.
  public var divergence: DivergenceError.Quantity? {
    if !loss.isFinite { return .loss(loss) }
    return gradientNorm.flatMap { $0.isFinite ? nil : .gradientNorm($0) }
  }
}

extension Optimizer {
  /// Takes one step: computes the gradients of `loss`, clips them, and updates the parameters.
  ///
  /// - Parameters:
  ///   - loss: A scalar with a gradient history.
  ///   - clipping: How to clip the gradients, or `nil` to leave them unchanged.
  /// - Returns: The loss and the gradient norm. When one of them is not finite, no parameter was
  ///   updated.
  @discardableResult
  public func step(
    minimizing loss: Tensor, clipping: GradientClipping? = nil
  ) -> OptimizerStep {
    for named in parameters { named.parameter.value.clearGradient() }
    let value = loss.item
    guard value.isFinite else {
      return OptimizerStep(loss: value, gradientNorm: nil, isClipped: false)
    }
    loss.backward()
    let gradients = parameters.compactMap(\.parameter.gradient)
    let norm = GradientClipping.norm(of: gradients)
    guard norm.isFinite else {
      return OptimizerStep(loss: value, gradientNorm: norm, isClipped: false)
    }
    let isClipped = clipping?.apply(to: gradients, ofNorm: norm) ?? false
    stepCount += 1
    withoutGradients { update() }
    return OptimizerStep(loss: value, gradientNorm: norm, isClipped: isClipped)
  }

  /// Restores the optimizer state from saved tensors; nothing changes unless all of them fit.
  ///
  /// - Parameters:
  ///   - saved: Tensors by the names that ``memory`` gives them.
  ///   - stepCount: How many steps had been taken.
  /// - Throws: `CheckpointError` that names the first tensor that is missing or of another shape.
  public func restore(_ saved: Checkpoint, stepCount: Int) throws(CheckpointError) {
    try check(saved)
    for (name, place) in memory {
      if let tensor = saved.tensors[name] { place.overwrite(with: tensor) }
    }
    self.stepCount = stepCount
  }

  /// Makes sure that a checkpoint has a tensor of the right shape for each tensor of the memory.
  func check(_ saved: Checkpoint) throws(CheckpointError) {
    for (name, place) in memory.sorted(by: { $0.key < $1.key }) {
      guard let tensor = saved.tensors[name] else {
        throw .missingTensor(name, nearest: nil, source: saved.source)
      }
      guard tensor.shape == place.shape else {
        throw .wrongShape(
          name, expected: place.shape, found: tensor.shape, source: saved.source)
      }
    }
  }
}

/// A tensor of zeros for each parameter.
struct Moments {
  let tensors: [Tensor]

  /// Zeros with the shape of each parameter.
  init(like parameters: [NamedParameter]) {
    tensors = parameters.map {
      let value = $0.parameter.value
      return Tensor(repeating: 0, shape: value.shape, like: value)
    }
  }

  /// Zeros of single precision, whatever the type of the parameters: counts stay exact.
  init(ofOneNumberFor parameters: [NamedParameter]) {
    tensors = parameters.map { Tensor(repeating: 0, shape: [], on: $0.parameter.value.device) }
  }

  /// The tensors by the paths of their parameters, prefixed with a role.
  func named(_ role: String, _ parameters: [NamedParameter]) -> [String: Tensor] {
    Dictionary(
      uniqueKeysWithValues: zip(parameters, tensors).map { ("\(role).\($0.path)", $1) })
  }
}
