extension LineChart {
  /// The picture as a self-contained SVG document.
  public var svg: String {
    let sheet = Sheet(width: 720, height: 400)
    let legend = Legend(series.map(\.name), width: sheet.width - 2 * Sheet.margin)
    let (xAxis, yAxis) = (xAxis(tickCount: 8), yAxis(tickCount: 5))
    let words = wordMarks(room: sheet.width - 80)
    let frame = PlotFrame(
      sheet: sheet, title: title, legendHeight: legend.height, yAxis: yAxis, xName: xName,
      yName: yName, markHeight: words.isSlanted ? 56 : 18, rightRoom: words.isSlanted ? 18 : 26)
    let plane = Plane(frame: frame, xAxis: xAxis)

    let numbers = xAxis.ticks.compactMap { tick in
      plane.x(tick.value).map { PlotFrame.Mark(x: $0, label: tick.label) }
    }
    let marks = xLabels == nil ? numbers : words.marks(on: plane)
    let swatches = legend.drawn(at: (Sheet.margin, frame.legendTop)) { place, x, y in
      Element("line", stroke(of: place) + [("x1", x), ("y1", y), ("x2", x + 17), ("y2", y)])
    }
    return sheet.svg(
      of: self, rules: Sheet.rules(forSeries: series.count), hasTips: true,
      [swatches] + frame.drawn(xLines: marks.map(\.x), marks: marks)
        + series.indices.map { drawn($0, on: plane) } + [spots(on: plane)])
  }

  /// The mapping from data to page coordinates.
  struct Plane {
    let frame: PlotFrame
    let xAxis: Axis

    func x(_ value: Double) -> Double? {
      xAxis.position(of: value).map { frame.left + $0 * (frame.right - frame.left) }
    }

    func place(_ point: Series.Point) -> (x: Double, y: Double)? {
      guard let x = x(point.x), let y = frame.y(point.y) else { return nil }
      return (x, y)
    }
  }

  /// The stroke of a series: a new colour each, then dash patterns when the colours are used up.
  private func stroke(of place: Int) -> [(String, any AttributeValue)] {
    let count = Theme.light.series.count
    let pattern = series[place].isDashed ? "7 5" : place < count ? "" : "2 4"
    return [
      ("class", "line\(place % count)"), ("stroke", Theme.light.series(place)),
      ("stroke-width", 2.0),
    ] + (pattern.isEmpty ? [] : [("stroke-dasharray", pattern)])
  }

  private func drawn(_ place: Int, on plane: Plane) -> Element {
    let line = series[place]
    let group: [(String, any AttributeValue)] =
      stroke(of: place) + [
        ("fill", "none"), ("stroke-linejoin", "round"), ("stroke-linecap", "round"),
      ]
    let name = Element("title", text: Label(line.name).text)
    guard line.smoothing > 0 else {
      return Element("g", group, [name] + marks(of: line, on: plane))
    }
    let faint: [(String, any AttributeValue)] = [("stroke-width", 1.0), ("opacity", 0.35)]
    return Element(
      "g", group,
      [name, Element("g", faint, marks(of: line, on: plane))]
        + marks(of: line.smoothed, on: plane))
  }

  /// The paths of a series between its gaps, with dots where there are few points.
  private func marks(of line: Series, on plane: Plane) -> [Element] {
    let stretches = line.stretches(xScale, yScale).map { $0.compactMap(plane.place) }
    let paths = stretches.filter { $0.count > 1 }.map { points in
      let steps = thinned(points).map { "\($0.x.coordinate),\($0.y.coordinate)" }
      return Element("path", ["d": "M" + steps.joined(separator: "L")])
    }
    let dots = stretches.filter { $0.count == 1 || line.y.count <= 30 }.joined().map {
      // A line of length zero, whose round ends make a dot in the colour of the line.
      Element("path", ["d": "M\($0.x.coordinate),\($0.y.coordinate)h0", "stroke-width": 6])
    }
    return paths + dots
  }

  /// Keeps the first, lowest, highest and last point of each half pixel.
  private func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard points.count > 2000 else { return points }
    var kept: [(x: Double, y: Double)] = []
    var start = 0
    while start < points.count {
      let column = (points[start].x * 2).rounded(.down)
      var end = start
      while end < points.count, (points[end].x * 2).rounded(.down) == column { end += 1 }
      let inside = start..<end
      let least = inside.min { points[$0].y < points[$1].y } ?? start
      let greatest = inside.max { points[$0].y < points[$1].y } ?? start
      kept += Set([start, least, greatest, end - 1]).sorted().map { points[$0] }
      start = end
    }
    return kept
  }
}

extension LineChart {
  /// The words under the x axis that fit, and their slant.
  struct WordMarks {
    let labels: [String]
    let stride: Int
    let isSlanted: Bool

    func marks(on plane: Plane) -> [PlotFrame.Mark] {
      Swift.stride(from: 0, to: labels.count, by: stride).compactMap { place in
        plane.x(Double(place)).map { x in
          let label = Label(labels[place])
          let text = label.cut(to: isSlanted ? 7 : 9, measuredBy: \.emWidth)
          return PlotFrame.Mark(x: x, label: text, fullText: label.text, isSlanted: isSlanted)
        }
      }
    }
  }

  private func wordMarks(room: Double) -> WordMarks {
    let labels = xLabels ?? []
    let step = room / Double(max(1, labels.count - 1))
    let widest = labels.map { min(9, Label($0).text.width(atSize: 1)) }.max() ?? 0
    if widest * PlotFrame.fontSize + 8 <= step {
      return WordMarks(labels: labels, stride: 1, isSlanted: false)
    }
    return WordMarks(labels: labels, stride: Int((16 / step).rounded(.up)), isSlanted: true)
  }
}
