import RondoLayers
import RondoTensor
import Testing

/// Expects the gradients of a module to be those of finite differences.
///
/// The module is converted to double precision and stays so.
///
/// - Parameters:
///   - module: The module.
///   - step: The distance of the two points of a difference.
///   - tolerance: The largest difference of a derivative.
///   - elementLimit: How many elements of each parameter are tried, spread evenly.
///   - sourceLocation: Where the expectation stands.
///   - loss: Computes a scalar in double precision.
public func checkGradient(
  of module: some Module, step: Double = 1e-5, within tolerance: Double = 1e-7,
  elementLimit: Int = 24, sourceLocation: SourceLocation = #_sourceLocation,
  loss: () -> Tensor
) {
  module.convert(to: .float64)
  module.clearGradients()
  loss().backward()
  let gradients = module.gradients()
  #expect(
    gradients.count == module.parameters.count, "a parameter got no gradient",
    sourceLocation: sourceLocation)
  for (named, gradient) in zip(module.parameters, gradients) {
    let (values, derivatives) = (named.parameter.value.doubles, gradient.value.doubles)
    for index in stride(from: 0, to: values.count, by: max(1, values.count / elementLimit)) {
      let ends = [step, -step].map { change in
        var moved = values
        moved[index] += change
        named.parameter.assign(Tensor(moved, shape: named.parameter.shape))
        return withoutGradients { loss().item }
      }
      let difference = (ends[0] - ends[1]) / (2 * step)
      #expect(
        abs(difference - derivatives[index]) <= tolerance,
        "\(named.path), element \(index)", sourceLocation: sourceLocation)
    }
    named.parameter.assign(Tensor(values, shape: named.parameter.shape))
  }
}
