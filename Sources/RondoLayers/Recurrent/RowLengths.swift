import RondoTensor

/// The number of real steps in each row of a batch; the rest is padding.
public struct RowLengths {
  /// The number of real steps in each row, on the CPU, `[B]`.
  public let counts: Tensor
  /// The device of the batch.
  private let device: Device

  /// Checks lengths against a batch; `nil` when no row is padded.
  ///
  /// - Parameters:
  ///   - lengths: The number of real steps of each row.
  ///   - x: The batch, `[B, T, …]`.
  public init?(_ lengths: [Int]?, of x: Tensor) {
    guard let lengths else { return nil }
    let (rowCount, stepCount) = (x.shape[0], x.shape[1])
    guard lengths.count == rowCount else {
      fatalError("a batch of \(rowCount) rows got \(lengths.count) lengths")
    }
    for (row, length) in lengths.enumerated() where !(0...stepCount).contains(length) {
      fatalError("row \(row) of a batch with \(stepCount) steps got the length \(length)")
    }
    if lengths.allSatisfy({ $0 == stepCount }) { return nil }
    counts = Tensor(ids: lengths, shape: [rowCount])
    device = x.device
  }

  /// Returns the rows that have ended before a step, `[B, 1]`.
  ///
  /// - Parameter step: The step, counted from 0.
  /// - Returns: True for each row for which the step is padding.
  public func hasEnded(before step: Int) -> Tensor {
    counts.isGreater(than: Double(step)).not().expandedDimensions(axis: 1).moved(to: device)
  }

  /// Returns features with zeros after the end of each row.
  ///
  /// - Parameter x: Features, `[B, T, …]`.
  /// - Returns: Features, `[B, T, …]`.
  public func clearingPadding(of x: Tensor) -> Tensor {
    let ends = counts.expandedDimensions(axis: 1)
    let isPadding = Tensor(rangeTo: x.shape[1]).isLess(than: ends).not()
      .reshaped(Array(x.shape.prefix(2)) + x.shape.dropFirst(2).map { _ in 1 })
    return x.replacing(with: 0, where: isPadding.moved(to: device))
  }
}
