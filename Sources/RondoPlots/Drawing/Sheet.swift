/// The page of one figure: its size, its theme and its text for screen readers.
struct Sheet: Sendable {
  static let fonts =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"

  let width: Double
  let height: Double

  /// Returns an SVG document with a title and elements.
  ///
  /// - Parameters:
  ///   - figure: The figure, whose title and summary are included.
  ///   - rules: Style rules for the dark colour scheme besides those of the theme.
  ///   - hasTips: Whether parts of the picture respond to a pointer.
  ///   - elements: The elements of the picture.
  /// - Returns: The document.
  func svg(
    of figure: some Figure, rules: [String] = [], hasTips: Bool = false, _ elements: [Element]
  ) -> String {
    let tips = hasTips ? [".rondo .spot:hover .tip{visibility:visible}"] : []
    let style = (tips + Self.rules + rules).joined(separator: "\n") + "\n}\n"
    let title = Label(figure.title)
    let shownTitle = title.cut(to: (width - 2 * Self.margin) / 16) { $0.emWidth * 1.04 }
    let head = [
      Element("title", text: title.text), Element("desc", text: figure.summary),
      Element("style", content: [.markup(style)]),
      Element(
        "rect", ["class": "paper", "width": "100%", "height": "100%", "fill": Theme.light.paper]),
    ]
    let heading = Element(
      "text",
      [
        "class": "ink", "x": Self.margin, "y": 28, "font-size": 16, "font-weight": 600,
        "fill": Theme.light.ink,
      ], text: shownTitle)
    return Element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "rondo", "role": "img",
        "viewBox": "0 0 \(width.coordinate) \(height.coordinate)", "width": width.rounded(.up),
        "height": height.rounded(.up), "font-family": Self.fonts, "font-size": 12,
      ], head + (title.text.isEmpty ? [] : [heading]) + elements
    ).written()
  }

  /// The margin of every figure.
  static let margin = 18.0

  /// The top of the picture, below the title.
  static func top(of title: String) -> Double { title.isEmpty ? margin : 44 }

  /// The theme's rules for the dark colour scheme; in print, figures stay light.
  private static let rules: [String] = {
    let dark = Theme.dark
    return [
      "@media screen and (prefers-color-scheme:dark){",
      ".rondo .paper{fill:\(dark.paper.hex)}.rondo .ink{fill:\(dark.ink.hex)}",
      ".rondo .muted{fill:\(dark.muted.hex)}.rondo .axis{stroke:\(dark.axis.hex)}",
      ".rondo .grid{stroke:\(dark.grid.hex)}.rondo .mark{stroke:\(dark.mark.hex)}",
    ]
  }()

  /// Returns the rules for the colours of a number of series in the dark colour scheme.
  static func rules(forSeries count: Int) -> [String] {
    Theme.dark.series.prefix(count).enumerated().map { place, color in
      ".rondo .line\(place){stroke:\(color.hex)}.rondo .area\(place){fill:\(color.hex)}"
    }
  }
}
