/// The maximum number of tokens for each row of a batch, including the end token.
struct LengthLimits {
  private let limits: [Int]

  /// Combines a maximum for all rows with one for each.
  ///
  /// - Parameters:
  ///   - maximum: The maximum for all rows.
  ///   - rows: A maximum for each row, or `nil`.
  ///   - rowCount: The number of rows.
  init(_ maximum: Int, rows: [Int]?, rowCount: Int) {
    guard let rows else {
      limits = Array(repeating: maximum, count: rowCount)
      return
    }
    guard rows.count == rowCount, rows.allSatisfy({ $0 > 0 }) else {
      fatalError("a search over \(rowCount) rows expects a maximum above 0 for each, found \(rows)")
    }
    limits = rows.map { min($0, maximum) }
  }

  /// The maximum of a row.
  subscript(row: Int) -> Int { limits[row] }
}
