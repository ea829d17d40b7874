import RondoLayers
import RondoTensor

/// Moves parameters against their gradients.
///
/// An optimizer walks the model once, when it is made, and keeps the list. Its memory is named
/// tensors, so that a checkpoint can hold it: `first.decoder.output.weight` belongs to the
/// parameter at `decoder.output.weight`.
public protocol Optimizer: AnyObject {
  /// The parameters that are moved.
  var parameters: [NamedParameter] { get }
  /// The step size, which a schedule may change between steps.
  var learningRate: Double { get set }
  /// How many steps have been taken.
  var stepCount: Int { get set }
  /// What is remembered for each parameter, by its role and path: views that the next step changes.
  var memory: [String: Tensor] { get }

  /// Moves every parameter that has a gradient.
  func update()
}

/// What one step came to.
public struct OptimizerStep: Sendable {
  /// The loss before the step.
  public let loss: Double
  /// The norm of all gradients together, before clipping, or `nil` when the loss has none.
  public let gradientNorm: Double?
  /// Whether clipping changed anything.
  public let isClipped: Bool

  /// What was not finite, so that no parameter has moved, or `nil` when all was well.
  public var divergence: DivergenceError.Quantity? {
    if !loss.isFinite { return .loss(loss) }
    return gradientNorm.flatMap { $0.isFinite ? nil : .gradientNorm($0) }
  }
}

extension Optimizer {
  /// Descends the gradient of `loss` once.
  ///
  /// - Parameters:
  ///   - loss: A scalar with a history.
  ///   - clipping: How to clip the gradients, or `nil` to leave them.
  /// - Returns: The loss and the norm of its gradients. When one of them is not finite, no
  ///   parameter has moved.
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

  /// Replaces the memory by tensors that were saved.
  ///
  /// - Parameters:
  ///   - saved: Tensors by the names that ``memory`` gives them.
  ///   - stepCount: How many steps had been taken.
  /// - Returns: The names of this optimizer's memory that `saved` lacks or has in another shape.
  public func restore(_ saved: [String: Tensor], stepCount: Int) -> [String] {
    self.stepCount = stepCount
    var wrong: [String] = []
    for (name, place) in memory {
      guard let tensor = saved[name], tensor.shape == place.shape else {
        wrong.append(name)
        continue
      }
      place.overwrite(with: tensor)
    }
    return wrong.sorted()
  }
}

/// Tensors of zeros in the form of each parameter.
struct Moments {
  let tensors: [Tensor]

  init(like parameters: [NamedParameter]) {
    tensors = parameters.map {
      let value = $0.parameter.value
      return Tensor(repeating: 0, shape: value.shape, like: value)
    }
  }

  /// The tensors under the paths of their parameters, behind a role.
  func named(_ role: String, _ parameters: [NamedParameter]) -> [String: Tensor] {
    Dictionary(
      uniqueKeysWithValues: zip(parameters, tensors).map { ("\(role).\($0.path)", $1) })
  }
}
