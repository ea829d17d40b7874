/// Rows of text under column names.
public struct DataTable: Hashable, Sendable {
  /// The names of the columns.
  public let columns: [String]
  /// The rows, each as long as the columns.
  public let rows: [[String]]

  /// Creates a table; each row must be as long as the columns.
  public init(columns: [String], rows: [[String]]) {
    for (place, row) in rows.enumerated() where row.count != columns.count {
      fatalError("DataTable expects \(columns.count) columns and row \(place) has \(row.count)")
    }
    self.columns = columns
    self.rows = rows
  }
}
