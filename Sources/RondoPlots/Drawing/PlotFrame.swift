/// The frame of a chart with two axes: its layout, grid, ticks and names.
struct PlotFrame: Sendable {
  /// A word under the x axis.
  struct Mark: Sendable {
    let x: Double
    let label: String
    var fullText: String? = nil
    var isSlanted = false
  }

  static let fontSize = 11.5

  let sheet: Sheet
  let yAxis: Axis
  let xName: String
  let yName: String
  let legendTop: Double
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  /// Lays out a frame.
  ///
  /// - Parameters:
  ///   - sheet: The page.
  ///   - title: The title, which needs room at the top.
  ///   - legendHeight: The height of the legend.
  ///   - yAxis: The axis at the left.
  ///   - xName: The name of the x axis.
  ///   - yName: The name of the y axis.
  ///   - markHeight: The height of the words under the x axis.
  ///   - rightRoom: The room at the right that the last of them needs.
  init(
    sheet: Sheet, title: String, legendHeight: Double, yAxis: Axis, xName: String, yName: String,
    markHeight: Double, rightRoom: Double
  ) {
    self.sheet = sheet
    self.yAxis = yAxis
    self.xName = Label(xName).cut(to: 50, measuredBy: \.emWidth)
    self.yName = Label(yName).cut(to: 50, measuredBy: \.emWidth)
    legendTop = Sheet.top(of: title)
    let widest = yAxis.ticks.map { $0.label.width(atSize: Self.fontSize) }.max() ?? 0
    left = Sheet.margin + widest + 8
    right = sheet.width - max(Sheet.margin, rightRoom)
    top = legendTop + legendHeight + (legendHeight > 0 ? 6 : 0) + (yName.isEmpty ? 8 : 26)
    bottom = sheet.height - Sheet.margin - markHeight - (xName.isEmpty ? 0 : 22)
  }

  /// Returns the vertical position of a number.
  func y(_ value: Double) -> Double? {
    yAxis.position(of: value).map { bottom - $0 * (bottom - top) }
  }

  /// Draws grid, ticks and names.
  ///
  /// - Parameters:
  ///   - xLines: The positions of vertical grid lines.
  ///   - marks: The words under the x axis.
  /// - Returns: The elements, from back to front.
  func drawn(xLines: [Double], marks: [Mark]) -> [Element] {
    let light = Theme.light
    let minor = yAxis.minorTicks.compactMap(y).map { line(from: (left, $0), to: (right, $0)) }
    let rows = yAxis.ticks.compactMap { y($0.value) }.map {
      line(from: (left, $0), to: (right, $0))
    }
    let columns = xLines.map { line(from: ($0, top), to: ($0, bottom)) }
    let tickLabels = yAxis.ticks.compactMap { tick in
      y(tick.value).map { Element("text", ["x": left - 8, "y": $0 + 4], text: tick.label) }
    }
    return [
      Element("g", ["class": "grid", "stroke": light.grid, "stroke-width": 0.5], minor),
      Element("g", ["class": "grid", "stroke": light.grid], rows + columns),
      Element(
        "g",
        [
          "class": "muted y-ticks", "font-size": Self.fontSize, "fill": light.muted,
          "text-anchor": "end",
        ], tickLabels),
      Element(
        "g",
        [
          "class": "muted x-ticks", "font-size": Self.fontSize, "fill": light.muted,
          "text-anchor": "middle",
        ], marks.map(drawn)),
      line(from: (left, bottom), to: (right, bottom), isAxis: true),
      Element("g", ["class": "muted", "fill": light.muted], names),
    ]
  }

  private var names: [Element] {
    let xPlace: KeyValuePairs<String, any AttributeValue> = [
      "x": (left + right) / 2, "y": sheet.height - Sheet.margin + 2, "text-anchor": "middle",
    ]
    return [
      yName.isEmpty
        ? nil : Element("text", ["x": Sheet.margin, "y": top - 12], text: "↑ \(yName)"),
      xName.isEmpty ? nil : Element("text", xPlace, text: xName),
    ].compactMap(\.self)
  }

  private func drawn(_ mark: Mark) -> Element {
    let full = mark.fullText ?? mark.label
    guard mark.isSlanted else {
      return .label(mark.label, fullText: full, ["x": mark.x, "y": bottom + 18])
    }
    let turn = "rotate(-35 \(mark.x.coordinate) \((bottom + 14).coordinate))"
    return .label(
      mark.label, fullText: full,
      ["x": mark.x, "y": bottom + 14, "text-anchor": "end", "transform": turn])
  }

  private func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), isAxis: Bool = false
  ) -> Element {
    isAxis
      ? Element(
        "line",
        [
          "class": "axis", "stroke": Theme.light.axis, "x1": start.x, "y1": start.y, "x2": end.x,
          "y2": end.y,
        ])
      : Element("line", ["x1": start.x, "y1": start.y, "x2": end.x, "y2": end.y])
  }
}
