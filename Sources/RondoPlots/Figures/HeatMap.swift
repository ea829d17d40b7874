/// A heat map: a matrix of numbers as colours, such as attention weights, hidden states or masks.
///
/// The first row is drawn at the top, so that a translation reads from top to bottom.
///
/// ```swift
/// let map = HeatMap(
///   "Attention", values: weights, rows: target, columns: source, rowName: "Target (German)",
///   columnName: "Source (English)")
/// ```
///
/// Where zero is neutral, as among weights, an exact zero is left blank, so that padding can be
/// told from small weights. Values that are not finite are crossed out.
public struct HeatMap: Figure {
  /// A cell, by row and column from 0.
  public struct Cell: Hashable, Sendable {
    /// The row, from the top.
    public let row: Int
    /// The column, from the left.
    public let column: Int

    /// Creates a cell.
    ///
    /// - Parameters:
    ///   - row: The row, from the top.
    ///   - column: The column, from the left.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// The title.
  public let title: String
  /// The numbers, row by row.
  public let values: [[Double]]
  /// A label for each row.
  public let rows: [String]
  /// A label for each column.
  public let columns: [String]
  /// The name of the row axis.
  public let rowName: String
  /// The name of the column axis.
  public let columnName: String
  /// The colour map.
  public let colors: ColorMap
  /// The numbers at both ends of the colour map.
  public let range: ClosedRange<Double>
  /// Cells drawn with a frame, such as the right alignment of each word.
  public let marked: Set<Cell>

  /// Creates a heat map.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - values: The numbers, row by row, in rows of equal length.
  ///   - rows: A label for each row, or `nil` for 0, 1, 2, …
  ///   - columns: A label for each column, or `nil` for 0, 1, 2, …
  ///   - rowName: The name of the row axis.
  ///   - columnName: The name of the column axis.
  ///   - colors: The colour map.
  ///   - range: The numbers at both ends of the colour map. The default is 0 to 1 for numbers in
  ///     that range, symmetric around zero for diverging colours, and otherwise the range of the
  ///     data.
  ///   - marked: Cells drawn with a frame.
  public init<Value: BinaryFloatingPoint & Sendable>(
    _ title: String, values: [[Value]], rows: [String]? = nil, columns: [String]? = nil,
    rowName: String = "", columnName: String = "", colors: ColorMap = .blues,
    range: ClosedRange<Double>? = nil, marked: Set<Cell> = []
  ) {
    let values = values.map { $0.map(Double.init) }
    let columnCount = values.first?.count ?? 0
    for (place, row) in values.enumerated() where row.count != columnCount {
      fatalError("HeatMap expects rows of \(columnCount) numbers and row \(place) has \(row.count)")
    }
    let rows = rows ?? values.indices.map(String.init)
    let columns = columns ?? (0..<columnCount).map(String.init)
    guard rows.count == values.count, columns.count == columnCount else {
      fatalError(
        "HeatMap expects \(values.count) row and \(columnCount) column labels "
          + "and got \(rows.count) and \(columns.count)")
    }
    self.title = title
    self.values = values
    self.rows = rows
    self.columns = columns
    self.rowName = rowName
    self.columnName = columnName
    self.colors = colors
    self.range = range ?? Self.range(of: values.joined(), isDiverging: colors.isDiverging)
    self.marked = marked
  }

  private static func range(
    of values: some Sequence<Double>, isDiverging: Bool
  ) -> ClosedRange<Double> {
    let finite = values.filter { $0.isFinite && $0.magnitude < 1e150 }
    guard let low = finite.min(), let high = finite.max() else { return 0...1 }
    if isDiverging {
      let end = max(-low, high)
      return end > 0 ? -end...end : -1...1
    }
    if low >= 0, high <= 1 { return 0...1 }
    return low < high ? low...high : low...(low + 1)
  }

  /// A text description of the picture.
  public var summary: String {
    let strongest = values.enumerated().compactMap { place, row -> String? in
      guard let best = row.indices.filter({ row[$0].isFinite }).max(by: { row[$0] < row[$1] })
      else { return nil }
      return "\(rows[place]) at \(columns[best]) (\(row[best].short))"
    }
    let all = strongest.prefix(12).joined(separator: "; ")
    return "Heat map of \(rows.count) rows (\(rowName)) by \(columns.count) columns "
      + "(\(columnName)). Greatest in each row: \(all)\(strongest.count > 12 ? "; …" : "")."
  }

  /// The numbers behind the picture.
  public var table: DataTable {
    DataTable(
      columns: ["\(rowName) / \(columnName)"] + columns,
      rows: zip(rows, values).map { [$0] + $1.map(\.short) })
  }

  /// How a value is drawn.
  enum Shade: Equatable {
    /// Like the background.
    case blank
    /// Crossed out.
    case missing
    /// In a colour, at a position from 0 to 1.
    case share(Double)
  }

  func shade(of value: Double) -> Shade {
    guard value.isFinite else { return .missing }
    if value == 0, isZeroBlank { return .blank }
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return .share(min(max(share, 0), 1))
  }

  /// Whether zero is neutral: at the low end of weights, in the middle of diverging colours.
  private var isZeroBlank: Bool { range.lowerBound == 0 || colors.isDiverging }

  /// Formats a number for a cell.
  func written(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    return value.magnitude < 10 ? value.fixed(2) : value.short
  }
}
