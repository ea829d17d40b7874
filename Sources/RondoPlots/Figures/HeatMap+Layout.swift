extension HeatMap {
  /// The layout of a heat map.
  struct Layout: Sendable {
    static let fontSize = 12.0
    static let barWidth = 12.0

    let sheet: Sheet
    /// The size of a cell.
    let width: Double
    let height: Double
    /// The corner of the first cell.
    let left: Double
    let top: Double
    /// Whether column labels are slanted because they are wider than the cells.
    let isSlanted: Bool
    /// The distance between labelled rows, and between labelled columns.
    let rowStride: Int
    let columnStride: Int
    let hasNumbers: Bool
    let rowName: String
    let columnName: String
    let rowLabels: [String]
    let columnLabels: [String]

    private let rowCount: Int
    private let columnCount: Int

    init(_ map: HeatMap) {
      let size = Self.fontSize
      rowCount = max(1, map.rows.count)
      columnCount = max(1, map.columns.count)
      rowLabels = map.rows.map { Label($0).cut(to: 13, measuredBy: \.emWidth) }
      columnLabels = map.columns.map { Label($0).cut(to: 9, measuredBy: \.emWidth) }
      let widestRow = rowLabels.map { $0.width(atSize: size) }.max() ?? 0
      let widestColumn = columnLabels.map { $0.width(atSize: size) }.max() ?? 0

      // Cells as wide as their labels where all of them fit, otherwise small squares under slanted
      // labels; labels that only count are never slanted, but thinned out.
      let level = max(38, widestColumn + 10)
      let isLevel = level * Double(columnCount) <= Self.room
      let side = min(max(Self.room / Double(columnCount), 3), 26)
      width = isLevel ? level : side
      height = min(max(520 / Double(rowCount), 3), min(30, max(width, 3)))
      isSlanted = !isLevel && widestColumn + 4 > side && !Self.isCount(map.columns)
      rowStride = Self.stride(of: map.rows, room: 13 / height)
      columnStride = Self.stride(
        of: map.columns, room: (isSlanted ? 15 : widestColumn + 6) / width)
      hasNumbers =
        width >= 34 && height >= 18
        && map.values.joined().allSatisfy { map.written($0).utf8.count <= 5 }

      (columnName, rowName) = (Self.name(map.columnName, "→"), Self.name(map.rowName, "↓"))
      let widestName = max(columnName.width(atSize: size), rowName.width(atSize: size))
      left = Sheet.margin + max(widestRow, widestName, 20) + 10
      let rise = isSlanted ? 0.71 * widestColumn + 16 : 26
      top = Sheet.top(of: map.title) + max(rise, map.rowName.isEmpty ? 0 : 44)

      // The colour bar and its numbers need more room than a slanted label over the last column.
      let right = left + width * Double(columnCount) + 20 + Self.barWidth + 52
      let titleWidth = Label(map.title).text.width(atSize: 16.7) + 2 * Sheet.margin
      sheet = Sheet(
        width: max(right + Sheet.margin, min(titleWidth, 560)),
        height: max(top + height * Double(rowCount), top + 72) + Sheet.margin + 4)
    }

    private static func name(_ name: String, _ arrow: String) -> String {
      name.isEmpty ? "" : Label(name).cut(to: 14, measuredBy: \.emWidth) + " " + arrow
    }

    /// The width available for all cells together.
    private static let room = 560.0

    /// Whether labels only count from 0.
    private static func isCount(_ labels: [String]) -> Bool {
      labels.enumerated().allSatisfy { $1 == String($0) }
    }

    /// Returns the distance between shown labels, given the room of one label in cells.
    private static func stride(of labels: [String], room: Double) -> Int {
      let least = Int((room - 1e-9).rounded(.up))
      guard isCount(labels) else { return max(1, least) }
      return [1, 2, 5, 10, 20, 50, 100, 200, 500].first { $0 >= least } ?? least
    }

    func x(_ column: Int) -> Double { left + Double(column) * width }
    func y(_ row: Int) -> Double { top + Double(row) * height }
    var right: Double { x(columnCount) }
    var bottom: Double { y(rowCount) }

    /// The gap between cells, where they are large enough for one.
    var gap: Double { width >= 12 && height >= 12 ? 1 : 0 }
  }
}
