import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An element read back from SVG or HTML by an independent parser.
final class Markup: Sendable {
  let name: String
  let attributes: [String: String]
  let children: [Markup]
  let text: String

  init(name: String, attributes: [String: String], children: [Markup], text: String) {
    self.name = name
    self.attributes = attributes
    self.children = children
    self.text = text
  }

  /// Reads a document, which must be well-formed.
  static func read(_ document: String) throws -> Markup {
    let reader = MarkupReader()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = reader
    let isRead = parser.parse()
    try #require(isRead, "\(String(describing: parser.parserError)) at line \(parser.lineNumber)")
    return try #require(reader.root)
  }

  /// The element and everything in it.
  var all: [Markup] { [self] + children.flatMap(\.all) }

  func all(_ name: String) -> [Markup] { all.filter { $0.name == name } }

  /// The elements of which one class has a name.
  func all(ofClass name: String) -> [Markup] {
    all.filter { ($0.attributes["class"] ?? "").split(separator: " ").contains { $0 == name } }
  }

  /// A number among the attributes.
  subscript(_ attribute: String) -> Double { attributes[attribute].flatMap(Double.init) ?? .nan }
}

private final class MarkupReader: NSObject, XMLParserDelegate {
  private var open:
    [(name: String, attributes: [String: String], children: [Markup], text: String)] = []
  var root: Markup?

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append((name, attributes, [], ""))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    open[open.count - 1].text += text
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    let done = open.removeLast()
    let element = Markup(
      name: done.name, attributes: done.attributes, children: done.children, text: done.text)
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }
}
