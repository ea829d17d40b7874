/// Rows of text under column names, for a terminal or a file.
struct TextTable {
  let columns: [String]
  let rows: [[String]]
  /// The left-aligned columns; numbers are right-aligned.
  var leftAligned: Set<Int> = []

  /// The table, a line for each row; columns are as wide as their longest text.
  var text: String {
    let all = [columns] + rows
    let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = row.enumerated().map { column, text in
        let room = String(repeating: " ", count: max(0, widths[column] - text.count))
        return leftAligned.contains(column) ? text + room : room + text
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
