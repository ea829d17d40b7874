extension Report {
  /// The page as one self-contained HTML document.
  public var html: String {
    // The page must not load anything; the policy makes browsers enforce that.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    let head = Element(
      "head",
      [
        Element("meta", ["charset": "utf-8"]),
        Element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        Element("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
        Element("meta", ["name": "color-scheme", "content": "light dark"]),
        Element("title", text: Label(title).text),
        Element("style", content: [.markup(Self.style)]),
      ])
    let heading =
      [Element("h1", ["dir": "auto"], text: Label(title).text)]
      + (subtitle.isEmpty
        ? [] : [Element("p", ["class": "subtitle", "dir": "auto"], text: Label(subtitle).text)])
    let page = Element("main", [Element("header", heading)] + parts.map(element))
    return "<!DOCTYPE html>\n"
      + Element("html", ["lang": "en"], [head, Element("body", [page])]).written()
  }

  private func element(for part: Part) -> Element {
    switch part {
    case .heading(let text): Element("h2", ["dir": "auto"], text: text)
    case .paragraph(let text): Element("p", ["dir": "auto"], text: text)
    case .highlights(let facts): Element("div", ["class": "highlights"], facts.map(tile))
    case .facts(let facts): Element("div", ["class": "card"], [table(of: facts)])
    case .table(let table, let caption):
      Element("figure", ["class": "card"], [scrolling(table)] + captioned(caption))
    case .figure(let figure, let caption):
      Element(
        "figure", ["class": "card"], [picture(figure)] + captioned(caption) + [numbers(figure)])
    case .figures(let figures, let caption):
      Element(
        "figure", ["class": "card"],
        [
          Element(
            "div", ["class": "row"],
            figures.map { Element("div", [picture($0), numbers($0)]) })
        ] + captioned(caption))
    case .commands(let lines):
      Element("pre", ["class": "card"], text: lines.joined(separator: "\n"))
    }
  }

  private func tile(for fact: Fact) -> Element {
    Element(
      "div", ["class": "tile"],
      [
        Element("div", ["class": "value", "dir": "auto"], text: fact.value),
        Element("div", ["class": "name", "dir": "auto"], text: fact.name),
      ])
  }

  private func table(of facts: [Fact]) -> Element {
    Element(
      "table", ["class": "facts"],
      facts.map { fact in
        Element(
          "tr",
          [
            Element("th", ["scope": "row", "dir": "auto"], text: fact.name),
            Element("td", ["dir": "auto"], text: fact.value),
          ])
      })
  }

  private func captioned(_ caption: String) -> [Element] {
    caption.isEmpty ? [] : [Element("figcaption", ["dir": "auto"], text: caption)]
  }

  private func picture(_ figure: any Figure) -> Element {
    Element("div", ["class": "picture"], content: [.markup(figure.svg)])
  }

  private func numbers(_ figure: any Figure) -> Element {
    Element("details", [Element("summary", text: "Numbers"), scrolling(figure.table)])
  }

  /// The maximum number of table rows that a page shows; more would slow it down.
  private static let rowLimit = 500

  /// Whether a text is a number, or a share such as `< 0.1 %`; such columns are right-aligned.
  private static func isNumber(_ text: String) -> Bool {
    var digits = text[...]
    if digits.hasSuffix(" %") { digits = digits.dropLast(2) }
    if digits.hasPrefix("< ") || digits.hasPrefix("> ") { digits = digits.dropFirst(2) }
    return digits.isEmpty || Double(digits) != nil || digits == "∞"
  }

  private func scrolling(_ table: DataTable) -> Element {
    let isNumber = table.columns.indices.map { column in
      table.rows.allSatisfy { Self.isNumber($0[column]) }
    }
    func cells(_ name: String, _ texts: [String]) -> [Element] {
      zip(texts, isNumber).map { text, isNumber in
        isNumber
          ? Element(name, ["class": "number"], text: text)
          : Element(name, ["dir": "auto"], text: Label(text).text)
      }
    }
    let head = Element("thead", [Element("tr", cells("th", table.columns))])
    let rows = table.rows.prefix(Self.rowLimit).map { Element("tr", cells("td", $0)) }
    let rest = table.rows.count - rows.count
    let note = Element("p", ["class": "note"], text: "and \(rest) more rows")
    return Element(
      "div", ["class": "scroll"],
      [Element("table", [head, Element("tbody", rows)])] + (rest > 0 ? [note] : []))
  }
}
