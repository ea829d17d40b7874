extension PieceStrip {
  /// Draws the picture as text; without colours, vertical bars separate the pieces.
  ///
  /// - Parameters:
  ///   - width: The number of columns, which no line exceeds.
  ///   - style: The colours of the terminal.
  /// - Returns: Lines, each ending with a line feed.
  public func terminal(width: Int, style: TerminalStyle) -> String {
    var canvas = TerminalCanvas(width: width)
    var row = 0
    if !title.isEmpty {
      canvas.write(Label(title), row: 0, columns: 0..<width, isBold: true)
      row = 1
    }
    let longest = rows.map { Label($0.name).text.columnCount }.max() ?? 0
    let nameWidth = min(longest, width / 3)
    let left = nameWidth > 0 ? nameWidth + 2 : 0
    let isPlain = style.palette == .none
    for strip in rows {
      canvas.write(Label(strip.name), row: row, columns: 0..<nameWidth, ink: style.theme.muted)
      let placed = Self.layout(
        strip.pieces, room: Double(max(1, width - left)), gap: isPlain ? 1 : 0, margin: 0
      ) { Double($0.columnCount) }
      for (place, piece) in placed.enumerated() {
        let (column, line) = (left + Int(piece.x), row + piece.line)
        let paper = style.theme.series(piece.color).mixed(with: style.theme.paper, by: 0.45)
        // A left-to-right mark keeps Arabic or Hebrew from reordering its neighbours.
        let text = piece.text.isRightToLeft ? piece.text + "\u{200E}" : piece.text
        canvas.write(
          text, row: line, column: column, ink: isPlain ? nil : style.theme.ink,
          paper: isPlain ? nil : paper)
        let hasNext = place + 1 < placed.count && placed[place + 1].line == piece.line
        if isPlain, hasNext {
          canvas.write("|", row: line, column: column + Int(piece.width))
        }
      }
      row += (placed.last?.line ?? 0) + 1
    }
    return canvas.rendered(in: style)
  }
}
