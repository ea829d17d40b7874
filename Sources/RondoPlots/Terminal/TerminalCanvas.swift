/// A grid of character cells on which a figure is drawn, at most as wide as the terminal.
struct TerminalCanvas {
  private struct Cell: Equatable {
    /// The character; empty after a character that is two columns wide.
    var text = " "
    var ink: Color?
    var paper: Color?
    var isBold = false

    var isBlank: Bool { text == " " && paper == nil }
  }

  let width: Int
  private var rows: [[Cell]] = []

  init(width: Int) { self.width = max(1, width) }

  /// The number of lines so far.
  var height: Int { rows.count }

  /// Writes text at a position, cut at the right edge; combining marks join the character before.
  mutating func write(
    _ text: String, row: Int, column: Int, ink: Color? = nil, paper: Color? = nil,
    isBold: Bool = false
  ) {
    guard row >= 0 else { return }
    while rows.count <= row { rows.append(Array(repeating: Cell(), count: width)) }
    var column = column
    for character in text {
      let size = character.columnCount
      guard column + size <= width else { return }
      if size == 0 {
        if column > 0, column <= width { rows[row][column - 1].text.append(character) }
        continue
      }
      if column >= 0 {
        rows[row][column] = Cell(
          text: String(character), ink: ink, paper: paper, isBold: isBold)
        if size == 2 { rows[row][column + 1] = Cell(text: "", ink: ink, paper: paper) }
      }
      column += size
    }
  }

  /// Writes a label cut to a number of columns, left- or right-aligned.
  mutating func write(
    _ label: Label, row: Int, columns: Range<Int>, isRightAligned: Bool = false,
    ink: Color? = nil, isBold: Bool = false
  ) {
    let text = label.cut(to: Double(columns.count)) { Double($0.columnCount) }
    let start = isRightAligned ? columns.upperBound - text.columnCount : columns.lowerBound
    // A left-to-right mark keeps Arabic or Hebrew from reordering its neighbours.
    write(
      text.isRightToLeft ? text + "\u{200E}" : text, row: row, column: start, ink: ink,
      isBold: isBold)
  }

  /// The lines with the colours of a style, without trailing blanks.
  func rendered(in style: TerminalStyle) -> String {
    rows.map { row in
      let end = row.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0
      var (line, last) = ("", "")
      for cell in row[..<end] where !cell.text.isEmpty {
        let code = code(of: cell, in: style)
        if code != last { line += (last.isEmpty ? "" : "\u{1B}[0m") + code }
        last = code
        line += cell.text
      }
      return line + (last.isEmpty ? "" : "\u{1B}[0m") + "\n"
    }.joined()
  }

  private func code(of cell: Cell, in style: TerminalStyle) -> String {
    guard style.palette != .none else { return "" }
    let parts =
      (cell.isBold ? ["1"] : [])
      + [cell.ink.map { "38;\($0.code(in: style.palette))" }].compactMap(\.self)
      + [cell.paper.map { "48;\($0.code(in: style.palette))" }].compactMap(\.self)
    return parts.isEmpty ? "" : "\u{1B}[\(parts.joined(separator: ";"))m"
  }
}

extension Color {
  /// The colour as an escape sequence: three numbers, or the nearest of the 256 colours.
  fileprivate func code(in palette: TerminalStyle.Palette) -> String {
    let parts = [red, green, blue]
    if palette == .full {
      return "2;" + parts.map { "\(Int($0.rounded()))" }.joined(separator: ";")
    }
    let levels: [Double] = [0, 95, 135, 175, 215, 255]
    let cube = parts.map { part in
      levels.indices.min { abs(levels[$0] - part) < abs(levels[$1] - part) } ?? 0
    }
    let gray = min(23, max(0, Int(((red + green + blue) / 3 - 8) / 10 + 0.5)))
    let grayLevel = Double(8 + 10 * gray)
    let cubeError = zip(parts, cube).reduce(0) { $0 + abs($1.0 - levels[$1.1]) }
    let grayError = parts.reduce(0) { $0 + abs($1 - grayLevel) }
    return grayError < cubeError
      ? "5;\(232 + gray)" : "5;\(16 + 36 * cube[0] + 6 * cube[1] + cube[2])"
  }
}
