/// The names of the series of a chart, wrapped into lines.
struct Legend: Sendable {
  /// One name and its position.
  struct Entry: Sendable {
    let text: String
    let fullText: String
    let x: Double
    let line: Int
  }

  static let lineHeight = 20.0
  private static let fontSize = 12.0
  private static let swatch = 24.0

  let entries: [Entry]

  /// Lays out the names, or none where there is only one series without a name.
  init(_ names: [String], width: Double) {
    var (x, line, entries) = (0.0, 0, [Entry]())
    for name in names.count == 1 && names[0].isEmpty ? [] : names {
      let label = Label(name)
      let text = label.cut(to: 220 / Self.fontSize, measuredBy: \.emWidth)
      let room = Self.swatch + text.width(atSize: Self.fontSize)
      if x > 0, x + room > width {
        x = 0
        line += 1
      }
      entries.append(Entry(text: text, fullText: label.text, x: x, line: line))
      x += room + 18
    }
    self.entries = entries
  }

  var height: Double { entries.last.map { Double($0.line + 1) * Self.lineHeight } ?? 0 }

  /// Draws the names, each beside a swatch that a closure draws between two points.
  func drawn(
    at origin: (x: Double, y: Double), swatch: (_ place: Int, _ x: Double, _ y: Double) -> Element
  ) -> Element {
    Element(
      "g", ["class": "ink", "font-size": Self.fontSize, "fill": Theme.light.ink],
      entries.enumerated().flatMap { place, entry in
        let x = origin.x + entry.x, y = origin.y + Double(entry.line) * Self.lineHeight + 10
        return [
          swatch(place, x, y),
          Element.label(entry.text, fullText: entry.fullText, ["x": x + Self.swatch, "y": y + 4]),
        ]
      })
  }
}

extension Element {
  /// Creates text that keeps its own direction; where it was cut, the full text shows on hover.
  static func label(
    _ text: String, fullText: String, _ attributes: KeyValuePairs<String, any AttributeValue>
  ) -> Element {
    Element(
      "text", attributes,
      content: (text == fullText ? [] : [.element(Element("title", text: fullText))])
        + [.text(text)])
  }
}
