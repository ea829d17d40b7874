/// Rows of different lengths, padded to one width.
///
/// Padding has the type of the data: real numbers stay real. It is never read back, because the
/// lengths are kept.
public struct PaddedRows<Element> {
  /// The elements, row after row, each row `width` steps wide.
  public let values: [Element]
  /// The number of steps in each row without padding; 0 is allowed.
  public let lengths: [Int]
  /// T, the number of steps in each row with padding.
  public let width: Int
  /// E, the number of features of a step, or `nil` where a step is one element.
  public let featureCount: Int?

  /// Pads rows to the length of the longest.
  ///
  /// - Parameters:
  ///   - rows: The rows, each with the elements of one step after another.
  ///   - padding: The padding value.
  ///   - featureCount: E, the number of features of a step, or `nil` where a step is one element.
  ///   - minimumWidth: The minimum width, used when all rows are shorter.
  public init(
    _ rows: [[Element]], with padding: Element, featureCount: Int? = nil, minimumWidth: Int = 0
  ) {
    let stepSize = featureCount ?? 1
    lengths = rows.enumerated().map { number, row in
      guard stepSize > 0, row.count.isMultiple(of: stepSize) else {
        fatalError(
          "row \(number) has \(row.count) elements, not a multiple of \(stepSize) features")
      }
      return row.count / stepSize
    }
    let width = max(minimumWidth, lengths.max() ?? 0)
    var values: [Element] = []
    values.reserveCapacity(rows.count * width * stepSize)
    for row in rows {
      values += row
      values += repeatElement(padding, count: width * stepSize - row.count)
    }
    (self.values, self.width, self.featureCount) = (values, width, featureCount)
  }

  /// The shape of the values, `[B, T]` or `[B, T, E]`.
  public var shape: [Int] { [lengths.count, width] + (featureCount.map { [$0] } ?? []) }

  /// The rows without their padding.
  public var rows: [[Element]] {
    let stepSize = featureCount ?? 1
    return lengths.enumerated().map { row, length in
      let start = row * width * stepSize
      return Array(values[start..<start + length * stepSize])
    }
  }

  /// The number of steps without padding.
  public var stepCount: Int { lengths.reduce(0, +) }

  /// The share of padding among all steps.
  public var paddingShare: Double {
    let count = lengths.count * width
    return count == 0 ? 0 : 1 - Double(stepCount) / Double(count)
  }
}

extension PaddedRows: Sendable where Element: Sendable {}
extension PaddedRows: Equatable where Element: Equatable {}
extension PaddedRows: Hashable where Element: Hashable {}
