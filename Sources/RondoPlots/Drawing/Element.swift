/// An element of an SVG or HTML document, with its content.
struct Element: Sendable {
  /// The content of an element.
  enum Content: Sendable {
    case element(Element)
    /// Text, which is escaped when it is written.
    case text(String)
    /// Markup or style rules, which are written unchanged.
    case markup(String)
  }

  private let name: String
  private let attributes: [(name: String, value: String)]
  private var content: [Content]

  /// Creates an element without attributes.
  init(_ name: String, _ children: [Element] = []) {
    self.init(name, [:], children)
  }

  /// Creates an element from attributes, which are escaped, and child elements.
  init(
    _ name: String, _ attributes: KeyValuePairs<String, any AttributeValue>,
    _ children: [Element] = []
  ) {
    self.init(name, attributes, content: children.map(Content.element))
  }

  /// Creates an element from a list of attributes.
  init(
    _ name: String, _ attributes: [(String, any AttributeValue)], _ children: [Element] = []
  ) {
    self.name = name
    self.attributes = attributes.map { ($0.0, $0.1.attribute) }
    content = children.map(Content.element)
  }

  /// Creates an element that contains text.
  init(
    _ name: String, _ attributes: KeyValuePairs<String, any AttributeValue> = [:], text: String
  ) {
    self.init(name, attributes, content: [.text(text)])
  }

  /// Creates an element with mixed content.
  init(
    _ name: String, _ attributes: KeyValuePairs<String, any AttributeValue> = [:],
    content: [Content]
  ) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value.attribute) }
    self.content = content
  }

  /// Adds an element at the end.
  mutating func append(_ child: Element) { content.append(.element(child)) }

  /// The element as text: children on lines of their own, text on one line.
  func written(indentation: Int = 0) -> String {
    let margin = String(repeating: " ", count: indentation)
    let opening =
      "\(margin)<\(name)"
      + attributes.map { " \($0.name)=\"\($0.value.escapedForMarkup)\"" }.joined()
    if content.isEmpty {
      return Self.needsEnd.contains(name) ? "\(opening)></\(name)>\n" : "\(opening)/>\n"
    }
    let isInline = content.contains { if case .text = $0 { true } else { false } }
    let inside = content.map { part in
      switch part {
      case .element(let element):
        isInline
          ? String(element.written().dropLast()) : element.written(indentation: indentation + 1)
      case .text(let text): text.escapedForMarkup
      case .markup(let markup): markup
      }
    }.joined()
    return isInline
      ? "\(opening)>\(inside)</\(name)>\n" : "\(opening)>\n\(inside)\(margin)</\(name)>\n"
  }

  /// HTML elements that need an end tag even when they are empty.
  private static let needsEnd: Set<String> = ["td", "th", "p", "div", "section"]
}

/// A type that can be the value of an attribute.
protocol AttributeValue: Sendable {
  /// The value as text, before escaping.
  var attribute: String { get }
}

extension String: AttributeValue {
  var attribute: String { self }

  /// The text with the five special characters of markup as entities, and without characters that
  /// markup cannot contain.
  var escapedForMarkup: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Double: AttributeValue {
  var attribute: String { coordinate }
}

extension Int: AttributeValue {
  var attribute: String { String(self) }
}

extension Color: AttributeValue {
  var attribute: String { hex }
}
