extension BarChart {
  /// The picture as a self-contained SVG document.
  public var svg: String {
    let bandRoom = 620 / Double(max(1, categories.count))
    let labels = categories.map { Label($0).cut(to: 12, measuredBy: \.emWidth) }
    let widest = labels.map { $0.width(atSize: PlotFrame.fontSize) }.max() ?? 0
    let isSlanted = widest + 8 > bandRoom

    let sheet = Sheet(width: 720, height: isSlanted ? 440 : 380)
    let legend = Legend(series.map(\.name), width: sheet.width - 2 * Sheet.margin)
    let frame = PlotFrame(
      sheet: sheet, title: title, legendHeight: legend.height, yAxis: axis(tickCount: 5),
      xName: xName, yName: yName, markHeight: isSlanted ? 14 + 0.57 * widest : 18, rightRoom: 0)

    let band = (frame.right - frame.left) / Double(max(1, categories.count))
    let stride = isSlanted ? Int((16 / band).rounded(.up)) : 1
    let marks = Swift.stride(from: 0, to: categories.count, by: stride).map { place in
      PlotFrame.Mark(
        x: frame.left + (Double(place) + 0.5) * band, label: labels[place],
        fullText: Label(categories[place]).text, isSlanted: isSlanted)
    }
    let swatches = legend.drawn(at: (Sheet.margin, frame.legendTop)) { place, x, y in
      Element(
        "rect",
        fill(of: place) + [("x", x), ("y", y - 5), ("width", 17), ("height", 10), ("rx", 2)])
    }
    return sheet.svg(
      of: self, rules: Sheet.rules(forSeries: series.count),
      [swatches] + frame.drawn(xLines: [], marks: marks)
        + series.indices.map { bars(of: $0, band: band, frame: frame) } + [zeroLine(frame)])
  }

  private func fill(of place: Int) -> [(String, any AttributeValue)] {
    let count = Theme.light.series.count
    return [("class", "area\(place % count)"), ("fill", Theme.light.series(place))]
  }

  private func bars(of place: Int, band: Double, frame: PlotFrame) -> Element {
    let group = min(band * 0.76, 74 * Double(series.count))
    let width = group / Double(series.count)
    let zero = frame.y(0) ?? frame.bottom
    var elements: [Element] = []
    var numbers: [Element] = []
    for (category, value) in series[place].values.enumerated() {
      guard let end = frame.y(value) else { continue }
      let center = frame.left + (Double(category) + 0.5) * band
      let left = center - group / 2 + Double(place) * width
      let words = [categories[category], series[place].name].filter { !$0.isEmpty }
        .map { Label($0).text }.joined(separator: ", ")
      elements.append(
        Element(
          "rect",
          [
            "x": left + 1, "y": min(zero, end), "width": max(width - 2, 0.5),
            "height": abs(zero - end), "rx": min(2, abs(zero - end) / 2),
          ], [Element("title", text: "\(words): \(value.short)")]))
      let text = value.short.typeset
      if text.width(atSize: 10.5) <= width + 4 {
        let above = value < 0 ? end + 13 : end - 5
        numbers.append(Element("text", ["x": left + width / 2, "y": above], text: text))
      }
    }
    let ink: [(String, any AttributeValue)] = [
      ("class", "muted"), ("fill", Theme.light.muted), ("font-size", 10.5),
      ("text-anchor", "middle"),
    ]
    return Element("g", fill(of: place), elements + [Element("g", ink, numbers)])
  }

  private func zeroLine(_ frame: PlotFrame) -> Element {
    Element(
      "line",
      [
        "class": "axis", "stroke": Theme.light.axis, "x1": frame.left, "x2": frame.right,
        "y1": frame.y(0) ?? frame.bottom, "y2": frame.y(0) ?? frame.bottom,
      ])
  }
}
