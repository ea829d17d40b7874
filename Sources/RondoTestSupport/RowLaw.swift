import RondoTensor
import Testing

/// Expects the rows of a batch to know nothing of one another.
///
/// Two things are required: rows in another order give their outputs in that order, and a row
/// alone gives what it gives among others.
///
/// - Parameters:
///   - rowCount: The number of rows of the batch.
///   - tolerance: The largest difference.
///   - sourceLocation: Where the expectation stands.
///   - layer: Computes one output per chosen row, `[B′, …]`, for rows given as `[B′]`.
public func checkRowIndependence(
  rowCount: Int, within tolerance: Double = 1e-6,
  sourceLocation: SourceLocation = #_sourceLocation, _ layer: (_ rows: Tensor) -> Tensor
) {
  func rows(_ indices: [Int]) -> Tensor { Tensor(ids: indices, shape: [indices.count]) }
  let all = Array(0..<rowCount)
  let expected = layer(rows(all))
  let rotated = Array(all.dropFirst() + all.prefix(1))
  expectEqual(
    layer(rows(rotated)), expected.selecting(rows(rotated), axis: 0), within: tolerance,
    "the rows in another order", sourceLocation: sourceLocation)
  for row in all {
    expectEqual(
      layer(rows([row])), expected.narrowed(axis: 0, from: row, count: 1), within: tolerance,
      "row \(row) alone", sourceLocation: sourceLocation)
  }
}
