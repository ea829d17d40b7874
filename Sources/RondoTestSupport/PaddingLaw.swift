import RondoLayers
import RondoTensor
import Testing

/// What the output of a layer is about.
public enum OutputKind: Sendable {
  /// One output per position, `[B, T, …]`; those of padding do not matter.
  case positions
  /// One output per row, `[B, …]`.
  case rows
}

/// Expects padding to leave no trace.
///
/// Three things are required: other values in the padding change no valid output, a row alone
/// gives what it gives in the padded batch, and neither changes a gradient.
///
/// - Parameters:
///   - x: A batch, `[B, T, …]`, of features or of token identifiers.
///   - noise: Values of the same shape that may stand in the padding.
///   - lengths: The number of real positions of each row.
///   - kind: What the output is about.
///   - module: Whose gradients are compared, if there is one.
///   - tolerance: The largest difference of outputs.
///   - sourceLocation: Where the expectation stands.
///   - layer: Computes the output from a batch and its lengths.
public func checkPaddingInvariance(
  of x: Tensor, noise: Tensor, lengths: [Int], output kind: OutputKind = .positions,
  gradientsOf module: (any Module)? = nil, within tolerance: Double = 1e-6,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ layer: (_ x: Tensor, _ lengths: [Int]) -> Tensor
) {
  /// Computes the valid outputs of each row, and the gradients of a fixed function of them.
  func run(_ x: Tensor, _ lengths: [Int], firstRow: Int) -> [Tensor] {
    let output = layer(x, lengths)
    let valid = lengths.indices.map { row in
      let ofRow = output.selecting(row, axis: 0)
      return kind == .rows ? ofRow : ofRow.narrowed(axis: 0, from: 0, count: lengths[row])
    }
    if let module {
      let terms = valid.enumerated().map { index, output in
        (output * wave(shape: output.shape, like: output, phase: Double(firstRow + index))).sum()
      }
      module.clearGradients()
      stacked(terms, axis: 0).sum().backward()
    }
    return valid
  }

  let expected = run(x, lengths, firstRow: 0)
  let gradients = module?.gradients() ?? []

  let isPadding = Tensor(rangeTo: x.shape[1], on: x.device).expandedDimensions(axis: 0)
    .isLess(than: Tensor(ids: lengths, shape: [lengths.count, 1], on: x.device)).not()
    .reshaped([x.shape[0], x.shape[1]] + x.shape.dropFirst(2).map { _ in 1 })
  let changed = run(x.replacing(with: noise, where: isPadding), lengths, firstRow: 0)
  for (row, pair) in zip(changed, expected).enumerated() {
    expectEqual(
      pair.0, pair.1, within: tolerance, "row \(row) with other padding",
      sourceLocation: sourceLocation)
  }
  for (found, wanted) in zip(module?.gradients() ?? [], gradients) {
    expectEqual(
      found.value, wanted.value, within: 10 * tolerance,
      "the gradient of \(found.path) with other padding", sourceLocation: sourceLocation)
  }

  var sums: [Tensor] = []
  for (row, length) in lengths.enumerated() where length > 0 {
    let row1 = x.narrowed(axis: 0, from: row, count: 1).narrowed(axis: 1, from: 0, count: length)
    let alone = run(row1, [length], firstRow: row)
    expectEqual(
      alone[0], expected[row], within: tolerance, "row \(row) alone",
      sourceLocation: sourceLocation)
    let added = module?.gradients().map(\.value) ?? []
    sums = sums.isEmpty ? added : zip(sums, added).map { $0 + $1 }
  }
  // A row of length zero may still reach a parameter that does not read the padded input.
  guard lengths.allSatisfy({ $0 > 0 }) else { return }
  for (sum, wanted) in zip(sums, gradients) {
    expectEqual(
      sum, wanted.value, within: 100 * tolerance,
      "the gradient of \(wanted.path), summed over rows alone", sourceLocation: sourceLocation)
  }
}
