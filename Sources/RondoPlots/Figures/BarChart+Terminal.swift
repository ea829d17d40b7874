extension BarChart {
  /// Draws the picture as text.
  ///
  /// - Parameters:
  ///   - width: The number of columns, which no line exceeds.
  ///   - style: The colours of the terminal.
  /// - Returns: Lines, each ending with a line feed.
  public func terminal(width: Int, style: TerminalStyle) -> String {
    var canvas = TerminalCanvas(width: width)
    canvas.write(Label(title), row: 0, columns: 0..<width, isBold: true)
    let measured = Label(xName.isEmpty ? "→ \(yName)" : "→ \(yName) by \(xName)")
    canvas.write(measured, row: 1, columns: 0..<width, ink: style.theme.muted)

    let isGrouped = series.count > 1
    let names = isGrouped ? series.map { "  " + $0.name } + categories : categories
    let longest = names.map { Label($0).text.columnCount }.max() ?? 0
    let nameWidth = min(longest, width / 3)
    let numberWidth = series.flatMap(\.values).map(\.short.columnCount).max() ?? 0
    let area = nameWidth + 1..<max(nameWidth + 2, width - numberWidth - 1)

    var row = 2
    for (category, name) in categories.enumerated() {
      canvas.write(
        Label(name), row: row, columns: 0..<(isGrouped ? width : nameWidth), isBold: isGrouped)
      if isGrouped { row += 1 }
      for (place, bars) in series.enumerated() {
        if isGrouped, nameWidth > 2 {
          canvas.write(Label(bars.name), row: row, columns: 2..<nameWidth)
        }
        draw(bars.values[category], of: place, row: row, in: area, on: &canvas, style: style)
        row += 1
      }
    }
    return canvas.rendered(in: style)
  }

  /// Draws a bar from zero, in eighths of a column, followed by its number.
  private func draw(
    _ value: Double, of place: Int, row: Int, in area: Range<Int>,
    on canvas: inout TerminalCanvas, style: TerminalStyle
  ) {
    let axis = self.axis(tickCount: 4)
    guard let low = axis.position(of: min(value, 0)), let high = axis.position(of: max(value, 0))
    else {
      canvas.write("no number", row: row, column: area.lowerBound, ink: style.theme.muted)
      return
    }
    let eighths = Double(area.count * 8)
    var (start, end) = (Int((low * eighths).rounded()), Int((high * eighths).rounded()))
    // A bar begins at the edge of a column, since block characters grow from the left only.
    start = (start + 4) / 8 * 8
    end = value < 0 ? max(start, (end + 4) / 8 * 8) : max(end, value > 0 ? start + 1 : start)

    let full = (end - start) / 8
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][(end - start) % 8]
    let column = area.lowerBound + start / 8
    canvas.write(
      String(repeating: "█", count: full) + rest, row: row, column: column,
      ink: style.theme.series(place))
    let behind = column + full + (rest.isEmpty ? 0 : 1) + 1
    canvas.write(value.short, row: row, column: behind, ink: style.theme.muted)
  }
}
