extension LineChart {
  /// Draws the picture as text.
  ///
  /// - Parameters:
  ///   - width: The number of columns, which no line exceeds.
  ///   - style: The colours of the terminal.
  /// - Returns: Lines, each ending with a line feed.
  public func terminal(width: Int, style: TerminalStyle) -> String {
    var canvas = TerminalCanvas(width: width)
    let theme = style.theme
    canvas.write(Label(title), row: 0, columns: 0..<width, isBold: true)
    writeLegend(on: &canvas, style: style)

    let rowCount = min(18, max(8, width / 5))
    let (xAxis, yAxis) = (
      xAxis(tickCount: max(2, width / 12)), yAxis(tickCount: max(2, rowCount / 3))
    )
    let labelWidth = min(yAxis.ticks.map(\.label.columnCount).max() ?? 0, width / 3)
    let left = labelWidth + 2
    let columnCount = max(1, width - left)
    let top = canvas.height + 1
    canvas.write(
      Label("↑ \(yName)"), row: top - 1, columns: max(0, left - 2)..<width, ink: theme.muted)

    let area = (left: left, top: top, columns: columnCount, rows: rowCount)
    draw(in: area, axes: (xAxis, yAxis), on: &canvas, style: style)

    for row in 0..<rowCount {
      canvas.write("│", row: top + row, column: left - 1, ink: theme.axis)
    }
    for tick in yAxis.ticks {
      guard let share = yAxis.position(of: tick.value) else { continue }
      let row = top + Int(((1 - share) * Double(rowCount * 4 - 1) / 4).rounded(.down))
      canvas.write(
        Label(tick.label), row: row, columns: 0..<labelWidth, isRightAligned: true,
        ink: theme.muted)
      canvas.write("┤", row: row, column: left - 1, ink: theme.axis)
    }
    writeXAxis(xAxis, in: area, on: &canvas, theme: theme)
    return canvas.rendered(in: style)
  }

  private typealias Area = (left: Int, top: Int, columns: Int, rows: Int)

  /// The markers that distinguish lines without colour.
  private static let signs = ["•", "+", "×", "o", "*", "#", "@", "%"]

  private func hasSigns(in style: TerminalStyle) -> Bool {
    style.palette == .none && series.count > 1
  }

  private func writeLegend(on canvas: inout TerminalCanvas, style: TerminalStyle) {
    guard series.count > 1 || series.contains(where: { !$0.name.isEmpty }) else { return }
    var (row, column) = (1, 0)
    for (place, line) in series.enumerated() {
      let name = Label(line.name).cut(to: 28) { Double($0.columnCount) }
      let sign = hasSigns(in: style) ? Self.signs[place % Self.signs.count] : "━━"
      let size = sign.columnCount + 1 + name.columnCount
      if column > 0, column + size > canvas.width { (row, column) = (row + 1, 0) }
      canvas.write(sign, row: row, column: column, ink: style.theme.series(place))
      let nameColumns = min(canvas.width, column + sign.columnCount + 1)..<canvas.width
      canvas.write(Label(name), row: row, columns: nameColumns)
      column += size + 3
    }
  }

  private func draw(
    in area: Area, axes: (x: Axis, y: Axis), on canvas: inout TerminalCanvas, style: TerminalStyle
  ) {
    var shared = BrailleGrid(columns: area.columns, rows: area.rows)
    for (place, line) in series.enumerated() {
      var own = BrailleGrid(columns: area.columns, rows: area.rows)
      let shown = line.smoothing > 0 ? line.smoothed : line
      for stretch in shown.stretches(xScale, yScale) {
        let dots = stretch.compactMap { point -> (x: Int, y: Int)? in
          guard let x = axes.x.position(of: point.x), let y = axes.y.position(of: point.y) else {
            return nil
          }
          return (
            Int((x * Double(own.width - 1)).rounded()),
            Int(((1 - y) * Double(own.height - 1)).rounded())
          )
        }
        for (start, end) in zip(dots.prefix(1) + dots, dots) {
          own.line(from: start, to: end, owner: place)
          shared.line(from: start, to: end, owner: place)
        }
      }
      guard hasSigns(in: style) else { continue }
      write(own, in: area, on: &canvas, theme: style.theme, sign: Self.signs[place % 8])
    }
    if !hasSigns(in: style) { write(shared, in: area, on: &canvas, theme: style.theme, sign: nil) }
  }

  private func write(
    _ grid: BrailleGrid, in area: Area, on canvas: inout TerminalCanvas, theme: Theme, sign: String?
  ) {
    for row in 0..<area.rows {
      for column in 0..<area.columns {
        guard let (text, owner) = grid.character(column: column, row: row) else { continue }
        canvas.write(
          sign ?? text, row: area.top + row, column: area.left + column, ink: theme.series(owner))
      }
    }
  }

  private func writeXAxis(
    _ axis: Axis, in area: Area, on canvas: inout TerminalCanvas, theme: Theme
  ) {
    let row = area.top + area.rows
    canvas.write(
      "└" + String(repeating: "─", count: area.columns), row: row, column: area.left - 1,
      ink: theme.axis)
    let ticks =
      xLabels.map { labels in labels.enumerated().map { Tick(value: Double($0), label: $1) } }
      ?? axis.ticks
    var end = -1  // the last column that a label has taken
    for tick in ticks {
      guard let share = axis.position(of: tick.value) else { continue }
      let column = area.left + Int((share * Double(2 * area.columns - 1) / 2).rounded(.down))
      let text = Label(tick.label).cut(to: 12) { Double($0.columnCount) }
      let start = min(max(0, column - text.columnCount / 2), canvas.width - text.columnCount)
      guard start > end, start >= 0 else { continue }
      canvas.write("┴", row: row, column: column, ink: theme.axis)
      canvas.write(text, row: row + 1, column: start, ink: theme.muted)
      end = start + text.columnCount
    }
    let name = Label(xName).cut(to: Double(canvas.width)) { Double($0.columnCount) }
    let center = area.left + (area.columns - name.columnCount) / 2
    canvas.write(name, row: row + 2, column: max(0, center), ink: theme.muted)
  }
}
