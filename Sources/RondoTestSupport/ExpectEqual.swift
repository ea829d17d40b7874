import RondoTensor
import Testing

/// Expects two tensors to be equal element by element, and names the worst element.
///
/// - Parameters:
///   - actual: The tensor.
///   - expected: What it should be.
///   - tolerance: The largest difference; zero asks for equal numbers.
///   - name: What is compared.
///   - sourceLocation: Where the expectation stands.
public func expectEqual(
  _ actual: Tensor, _ expected: Tensor, within tolerance: Double = 1e-5, _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.shape == expected.shape else {
    Issue.record(
      "\(name) has the shape \(actual.shape) in place of \(expected.shape)",
      sourceLocation: sourceLocation)
    return
  }
  let (found, wanted) = (actual.doubles, expected.doubles)
  let differences = zip(found, wanted).map { abs($0 - $1) }
  // `allSatisfy` fails on a difference that is not a number; a maximum would skip it.
  guard !differences.allSatisfy({ $0 <= tolerance }) else { return }
  let worst =
    differences.firstIndex { $0.isNaN }
    ?? differences.indices.max { differences[$0] < differences[$1] } ?? 0
  Issue.record(
    """
    \(name) is \(found[worst]) in place of \(wanted[worst]) at \
    \(position(of: worst, in: actual.shape)), a difference of \(differences[worst]); \
    \(tolerance) is allowed
    """, sourceLocation: sourceLocation)
}

/// Expects two tensors to differ somewhere by more than a tolerance.
///
/// - Parameters:
///   - actual: The tensor.
///   - other: What it should not be.
///   - tolerance: The difference that at least one element exceeds.
///   - name: What is compared.
///   - sourceLocation: Where the expectation stands.
public func expectDifferent(
  _ actual: Tensor, _ other: Tensor, by tolerance: Double = 1e-4, _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let isDifferent = zip(actual.doubles, other.doubles).contains { abs($0 - $1) > tolerance }
  #expect(isDifferent, "\(name) should have changed", sourceLocation: sourceLocation)
}

/// Returns the indices of an element from its place in row-major order.
private func position(of index: Int, in shape: [Int]) -> [Int] {
  var rest = index
  return shape.reversed().map { size in
    defer { rest /= size }
    return rest % size
  }.reversed()
}
