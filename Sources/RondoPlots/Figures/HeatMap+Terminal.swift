extension HeatMap {
  /// Draws the picture as text.
  ///
  /// - Parameters:
  ///   - width: The number of columns, which no line exceeds.
  ///   - style: The colours of the terminal.
  /// - Returns: Lines, each ending with a line feed.
  public func terminal(width: Int, style: TerminalStyle) -> String {
    var canvas = TerminalCanvas(width: width)
    canvas.write(Label(title), row: 0, columns: 0..<width, isBold: true)
    let names = [
      columnName.isEmpty ? "" : "→ \(columnName)", rowName.isEmpty ? "" : "↓ \(rowName)",
    ]
    canvas.write(
      Label(names.filter { !$0.isEmpty }.joined(separator: "   ")), row: 1, columns: 0..<width,
      ink: style.theme.muted)

    let longest = rows.map { Label($0).text.columnCount }.max() ?? 0
    let rowWidth = min(longest, max(2, width / 3))
    let room = max(1, width - rowWidth - 1)
    let cell = cellWidth(room: room)
    let perBlock = max(1, room / cell)
    for start in Swift.stride(from: 0, to: max(1, columns.count), by: perBlock) {
      let block = Block(
        columns: start..<min(start + perBlock, columns.count), rowWidth: rowWidth, cellWidth: cell)
      writeHeader(of: block, on: &canvas)
      for row in rows.indices { write(row: row, of: block, on: &canvas, style: style) }
    }
    writeKey(on: &canvas, style: style)
    return canvas.rendered(in: style)
  }

  /// A block of columns that fits the width of the terminal.
  private struct Block {
    let columns: Range<Int>
    let rowWidth: Int
    let cellWidth: Int

    func place(of column: Int) -> Int { rowWidth + 1 + (column - columns.lowerBound) * cellWidth }
  }

  /// Cells are as wide as their labels where all of them fit, otherwise one to three columns.
  private func cellWidth(room: Int) -> Int {
    let longest = columns.map { Label($0).text.columnCount }.max() ?? 0
    for level in [max(longest, 6) + 1, max(longest, 3) + 1] where level * columns.count <= room {
      return level
    }
    let narrow = marked.isEmpty ? 2 : 3  // a third column points at marked cells
    return narrow * columns.count <= room ? narrow : 2 * columns.count <= room ? 2 : 1
  }

  /// Writes column labels side by side, or vertically where cells are narrow.
  private func writeHeader(of block: Block, on canvas: inout TerminalCanvas) {
    let top = canvas.height
    if block.cellWidth > 3 {
      for column in block.columns {
        let place = block.place(of: column)
        canvas.write(
          Label(columns[column]), row: top, columns: place..<place + block.cellWidth - 1)
      }
      return
    }
    let labels = block.columns.map { Array(Label(columns[$0]).cut(to: 12) { _ in 1 }) }
    let height = labels.map(\.count).max() ?? 0
    for (column, letters) in zip(block.columns, labels) {
      for (line, letter) in letters.enumerated() where letter.columnCount <= block.cellWidth {
        let row = top + height - letters.count + line
        canvas.write(String(letter), row: row, column: block.place(of: column))
      }
    }
  }

  private func write(
    row: Int, of block: Block, on canvas: inout TerminalCanvas, style: TerminalStyle
  ) {
    let line = canvas.height
    canvas.write(
      Label(rows[row]), row: line, columns: 0..<block.rowWidth, isRightAligned: true)
    for column in block.columns {
      let value = values[row][column]
      let isMarked = marked.contains(Cell(row: row, column: column))
      write(
        value, row: line, column: block.place(of: column), width: block.cellWidth,
        isMarked: isMarked, on: &canvas, style: style)
    }
  }

  private func write(
    _ value: Double, row: Int, column: Int, width: Int, isMarked: Bool,
    on canvas: inout TerminalCanvas, style: TerminalStyle
  ) {
    let size = width > 2 ? width - 1 : width
    let number = written(value)
    switch shade(of: value) {
    case .blank: break
    case .missing: canvas.write("×", row: row, column: column, ink: style.theme.axis)
    case .share(let share) where style.palette == .none:
      let shade = Self.shades[min(4, Int(share * 5))]
      let room = number.columnCount < size ? size - number.columnCount : size
      let shades = String(repeating: shade, count: room) + (room < size ? number : "")
      canvas.write(shades, row: row, column: column)
    case .share(let share):
      let paper = colors.color(at: share, isDark: style.isDark)
      let text = number.columnCount <= size ? number : ""
      let left = String(repeating: " ", count: (size - text.columnCount) / 2)
      let right = String(repeating: " ", count: size - left.count - text.columnCount)
      let ink = paper.isDark ? Theme.dark.ink : Theme.light.ink
      canvas.write(left + text + right, row: row, column: column, ink: ink, paper: paper)
    }
    if isMarked, width > 2 {
      canvas.write("◂", row: row, column: column + size, ink: style.theme.mark)
    }
  }

  /// Shades for fifths of the range, which need no colour.
  private static let shades = ["·", "░", "▒", "▓", "█"]

  private func writeKey(on canvas: inout TerminalCanvas, style: TerminalStyle) {
    let row = canvas.height
    canvas.write(range.lowerBound.brief + " ", row: row, column: 0, ink: style.theme.muted)
    var column = range.lowerBound.brief.columnCount + 1
    for step in 0..<10 {
      let color = colors.color(at: Double(step) / 9, isDark: style.isDark)
      if style.palette == .none {
        canvas.write(Self.shades[step / 2], row: row, column: column)
      } else {
        canvas.write(" ", row: row, column: column, paper: color)
      }
      column += 1
    }
    canvas.write(
      " " + range.upperBound.brief, row: row, column: column, ink: style.theme.muted)
  }
}
