import RondoTensor

/// Gradient clipping, which keeps gradients from exploding.
///
/// ```text
/// norm   g ← g · min(1, c / (‖g‖ + 10⁻⁶))    over all parameters together
/// value  g ← min(c, max(-c, g))              for every element
/// ```
///
/// - Source: Pascanu, Mikolov and Bengio, [On the difficulty of training recurrent neural
///   networks](https://arxiv.org/abs/1211.5063), 2013, section 3.2.
public enum GradientClipping: Sendable, Equatable {
  /// Scales all gradients so that their global norm is at most this.
  case norm(Double)
  /// Clamps every element to this distance from zero.
  case value(Double)

  /// Clips gradients in place.
  ///
  /// - Parameters:
  ///   - gradients: The gradients of all parameters.
  ///   - norm: Their global norm.
  /// - Returns: Whether any gradient was changed.
  func apply(to gradients: [Tensor], ofNorm norm: Double) -> Bool {
    switch self {
    case .norm(let limit):
      let scale = limit / (norm + 1e-6)
      guard scale < 1 else { return false }
      withoutGradients { Operation.scale.perform(gradients, scale) }
    case .value(let limit):
      let largest = gradients.map { $0.absolute().reshaped(-1).maximum(axis: 0).item }.max() ?? 0
      guard largest > limit else { return false }
      withoutGradients {
        Operation.atLeast.perform(gradients, -limit)
        Operation.atMost.perform(gradients, limit)
      }
    }
    return true
  }

  /// The global norm: that of all gradients taken as one vector.
  static func norm(of gradients: [Tensor]) -> Double {
    guard !gradients.isEmpty else { return 0 }
    return stacked(Operation.norms.results(gradients), axis: 0).norm().item
  }
}

extension Operation {
  fileprivate static let norms = Operation("aten::_foreach_norm", "Scalar")
  fileprivate static let scale = Operation("aten::_foreach_mul_", "Scalar")
  fileprivate static let atLeast = Operation("aten::_foreach_clamp_min_", "Scalar")
  fileprivate static let atMost = Operation("aten::_foreach_clamp_max_", "Scalar")
}
