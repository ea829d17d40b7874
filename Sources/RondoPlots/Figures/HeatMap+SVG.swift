extension HeatMap {
  /// The picture as a self-contained SVG document.
  public var svg: String {
    let layout = Layout(self)
    var levels: Set<Int> = []
    let cells = layout.gap > 0 ? cells(layout, &levels) : runs(layout, &levels)
    let bar = colorBar(layout, &levels)
    return layout.sheet.svg(
      of: self, rules: rules(for: levels, hasNumbers: layout.hasNumbers),
      [background(layout), cells, frames(layout), labels(layout), bar])
  }

  /// The number of colour steps, each of which has a rule for the dark colour scheme.
  private static let levelCount = 64

  private func level(_ share: Double) -> Int {
    Int((share * Double(Self.levelCount - 1)).rounded())
  }

  private func color(_ level: Int, isDark: Bool = false) -> Color {
    colors.color(at: Double(level) / Double(Self.levelCount - 1), isDark: isDark)
  }

  private func rules(for levels: Set<Int>, hasNumbers: Bool) -> [String] {
    levels.sorted().map { level in
      let dark = color(level, isDark: true)
      let ink = dark.isDark ? Theme.dark.ink : Theme.light.ink
      let cell = ".rondo .\(colors.name)-\(level){fill:\(dark.hex)}"
      return hasNumbers ? cell + ".rondo .on-\(colors.name)-\(level){fill:\(ink.hex)}" : cell
    }
  }

  private func background(_ layout: Layout) -> Element {
    Element(
      "rect",
      [
        "class": "grid", "x": layout.left - 1, "y": layout.top - 1,
        "width": layout.right - layout.left + 2, "height": layout.bottom - layout.top + 2,
        "rx": layout.gap > 0 ? 3 : 0, "fill": "none", "stroke": Theme.light.grid,
      ])
  }

  /// One rectangle for each cell, which shows its number on hover.
  private func cells(_ layout: Layout, _ levels: inout Set<Int>) -> Element {
    var elements: [Element] = []
    for (row, numbers) in values.enumerated() {
      for (column, value) in numbers.enumerated() {
        let x = layout.x(column) + layout.gap / 2, y = layout.y(row) + layout.gap / 2
        let size: [(String, any AttributeValue)] = [
          ("x", x), ("y", y), ("width", layout.width - layout.gap),
          ("height", layout.height - layout.gap), ("rx", 2),
        ]
        let words = "\(Label(rows[row]).text) → \(Label(columns[column]).text): \(value.short)"
        let title = [Element("title", text: words)]
        switch shade(of: value) {
        case .blank:
          elements.append(Element("rect", size + [("class", "blank"), ("fill", "none")], title))
        case .missing:
          elements.append(
            Element("rect", size + [("class", "missing grid"), ("fill", "none")], title))
          elements.append(cross(x: x, y: y, layout))
        case .share(let share):
          let level = level(share)
          levels.insert(level)
          let fill: [(String, any AttributeValue)] = [
            ("class", "\(colors.name)-\(level)"), ("fill", color(level)),
          ]
          elements.append(Element("rect", size + fill, title))
          if layout.hasNumbers { elements.append(number(value, level: level, row, column, layout)) }
        }
      }
    }
    return Element("g", ["class": "cells"], elements)
  }

  private func number(
    _ value: Double, level: Int, _ row: Int, _ column: Int, _ layout: Layout
  ) -> Element {
    let ink = color(level).isDark ? Color(0xFFFFFF) : Theme.light.ink
    let isFaint = !colors.isDiverging && level < Self.levelCount / 16
    return Element(
      "text",
      [
        "class": "on-\(colors.name)-\(level)", "x": layout.x(column) + layout.width / 2,
        "y": layout.y(row) + layout.height / 2 + 4, "font-size": 11, "text-anchor": "middle",
        "fill": ink, "opacity": isFaint ? 0.55 : 1, "pointer-events": "none",
      ], text: written(value).typeset)
  }

  private func cross(x: Double, y: Double, _ layout: Layout) -> Element {
    let (right, bottom) = (x + layout.width - layout.gap, y + layout.height - layout.gap)
    let corners = [(x, y), (right, bottom), (x, bottom), (right, y)].map {
      "\($0.0.coordinate),\($0.1.coordinate)"
    }
    return Element(
      "path",
      [
        "class": "axis", "stroke": Theme.light.axis,
        "d": "M\(corners[0])L\(corners[1])M\(corners[2])L\(corners[3])",
      ])
  }

  /// One path for each colour of a large map, with horizontal runs of equal colour merged.
  private func runs(_ layout: Layout, _ levels: inout Set<Int>) -> Element {
    var paths: [Int: String] = [:]
    for (row, numbers) in values.enumerated() {
      let levelsOfRow = numbers.map { value -> Int? in
        if case .share(let share) = shade(of: value) { level(share) } else { nil }
      }
      var start = 0
      while start < numbers.count {
        let end = levelsOfRow[start...].firstIndex { $0 != levelsOfRow[start] } ?? numbers.count
        if let level = levelsOfRow[start] {
          let length = (Double(end - start) * layout.width).coordinate
          let height = layout.height.coordinate
          paths[level, default: ""] +=
            "M\(layout.x(start).coordinate),\(layout.y(row).coordinate)"
            + "h\(length)v\(height)h-\(length)z"
        }
        start = end
      }
    }
    levels.formUnion(paths.keys)
    return Element(
      "g", ["class": "cells", "shape-rendering": "crispEdges"],
      paths.sorted { $0.key < $1.key }.map { level, path in
        Element("path", ["class": "\(colors.name)-\(level)", "fill": color(level), "d": path])
      })
  }

  private func frames(_ layout: Layout) -> Element {
    Element(
      "g",
      [
        "class": "mark", "fill": "none", "stroke": Theme.light.mark, "stroke-width": 2,
        "pointer-events": "none",
      ],
      marked.filter { values.indices.contains($0.row) && columns.indices.contains($0.column) }
        .sorted { ($0.row, $0.column) < ($1.row, $1.column) }.map { cell in
          Element(
            "rect",
            [
              "x": layout.x(cell.column) + 1, "y": layout.y(cell.row) + 1,
              "width": layout.width - 2, "height": layout.height - 2, "rx": 2,
            ])
        })
  }

  private func labels(_ layout: Layout) -> Element {
    let rowLabels = Swift.stride(from: 0, to: rows.count, by: layout.rowStride).map { row in
      Element.label(
        layout.rowLabels[row], fullText: Label(rows[row]).text,
        ["x": layout.left - 8, "y": layout.y(row) + layout.height / 2 + 4, "text-anchor": "end"])
    }
    let columnLabels = Swift.stride(from: 0, to: columns.count, by: layout.columnStride).map {
      let (x, y) = (layout.x($0) + layout.width / 2, layout.top - 9)
      let full = Label(columns[$0]).text
      guard layout.isSlanted else {
        return Element.label(
          layout.columnLabels[$0], fullText: full, ["x": x, "y": y, "text-anchor": "middle"])
      }
      let turn = "rotate(-45 \((x + 3).coordinate) \(y.coordinate))"
      return Element.label(
        layout.columnLabels[$0], fullText: full, ["x": x + 3, "y": y, "transform": turn])
    }
    let names = [(layout.columnName, 26.0), (layout.rowName, 9)].map { name, rise in
      Element(
        "text", ["x": layout.left - 8, "y": layout.top - rise, "text-anchor": "end"], text: name)
    }
    return Element(
      "g", ["font-size": Layout.fontSize],
      [
        Element("g", ["class": "ink rows", "fill": Theme.light.ink], rowLabels),
        Element("g", ["class": "ink columns", "fill": Theme.light.ink], columnLabels),
        Element("g", ["class": "muted", "fill": Theme.light.muted], names),
      ])
  }

  private func colorBar(_ layout: Layout, _ levels: inout Set<Int>) -> Element {
    let (x, height) = (layout.right + 18, max(layout.bottom - layout.top, 60))
    let steps = Self.levelCount
    let stripes = (0..<steps).map { step in
      let level = steps - 1 - step
      levels.insert(level)
      let stripe = height / Double(steps)
      return Element(
        "rect",
        [
          "class": "\(colors.name)-\(level)", "x": x, "y": layout.top + Double(step) * stripe,
          "width": Layout.barWidth, "height": stripe + 0.6, "fill": color(level),
        ])
    }
    let middle = (range.lowerBound + range.upperBound) / 2
    let ends = [(range.upperBound, 0.0), (middle, 0.5), (range.lowerBound, 1)].map { value, share in
      Element(
        "text",
        ["x": x + Layout.barWidth + 6, "y": layout.top + share * (height - 8) + 8],
        text: value.brief)
    }
    return Element(
      "g", ["class": "bar"],
      [Element("g", ["shape-rendering": "crispEdges"], stripes)]
        + [Element("g", ["class": "muted", "fill": Theme.light.muted, "font-size": 11], ends)])
  }
}
