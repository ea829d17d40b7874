import RondoLayers
import RondoTensor

/// A gradient and the path of its parameter.
struct NamedGradient {
  let path: String
  let value: Tensor
}

extension Module {
  /// Forgets the gradients of all parameters.
  func clearGradients() {
    for named in parameters { named.parameter.clearGradient() }
  }

  /// Copies the gradients of all parameters that have one.
  func gradients() -> [NamedGradient] {
    parameters.compactMap { named in
      named.parameter.gradient.map { NamedGradient(path: named.path, value: $0.copied()) }
    }
  }
}

/// Coefficients that make a scalar of an output, different for every element.
///
/// - Parameters:
///   - shape: Their shape.
///   - other: A tensor of the same type and on the same device.
///   - phase: Moves the wave.
/// - Returns: Numbers between -1 and 1.
func wave(shape: [Int], like other: Tensor, phase: Double = 0) -> Tensor {
  let count = shape.reduce(1, *)
  return (Tensor(rangeTo: count, on: other.device).converted(to: other.type) * 0.7 + phase)
    .sine().reshaped(shape)
}
