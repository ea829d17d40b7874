extension PieceStrip {
  private static let fontSize = 13.0
  private static let lineHeight = 25.0
  private static let boxHeight = 21.0
  private static let fonts =
    "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

  /// The picture as a self-contained SVG document.
  public var svg: String {
    let names = rows.map { Label($0.name).cut(to: 15, measuredBy: \.emWidth) }
    let nameWidth = names.map { $0.width(atSize: Self.fontSize) }.max() ?? 0
    let left = Sheet.margin + (nameWidth > 0 ? nameWidth + 12 : 0)
    let width = 720.0
    var top = Sheet.top(of: title) + (title.isEmpty ? 0 : 8)
    var elements: [Element] = []
    for (row, name) in zip(rows, names) {
      let placed = Self.layout(
        row.pieces, room: width - Sheet.margin - left, gap: 2, margin: 8
      ) { Self.fontSize * 0.62 * Double($0.columnCount) }
      elements.append(
        Element.label(
          name, fullText: Label(row.name).text,
          [
            "class": "muted", "x": Sheet.margin, "y": top + 15, "font-size": Self.fontSize,
            "fill": Theme.light.muted,
          ]))
      elements += placed.map { box($0, left: left, top: top) }
      top += Double((placed.last?.line ?? 0) + 1) * Self.lineHeight + 5
    }
    let sheet = Sheet(width: width, height: top + Sheet.margin - 9)
    return sheet.svg(of: self, rules: Sheet.rules(forSeries: Self.colorCount), elements)
  }

  private func box(_ piece: Placed, left: Double, top: Double) -> Element {
    let (x, y) = (left + piece.x, top + Double(piece.line) * Self.lineHeight)
    return Element(
      "g",
      [
        Element(
          "rect",
          [
            "class": "area\(piece.color)", "fill": Theme.light.series(piece.color),
            "fill-opacity": 0.24, "x": x, "y": y, "width": piece.width, "height": Self.boxHeight,
            "rx": 4,
          ]),
        Element(
          "text",
          [
            "class": "ink", "x": x + piece.width / 2, "y": y + 15, "text-anchor": "middle",
            "font-family": Self.fonts, "font-size": Self.fontSize, "fill": Theme.light.ink,
          ], text: piece.text),
      ])
  }
}
