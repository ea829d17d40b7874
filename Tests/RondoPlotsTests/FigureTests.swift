import Foundation
import Testing

@testable import RondoPlots

struct FigureTests {
  @Test("A figure is well-formed, titled, described, and loads nothing", arguments: Samples.names)
  func document(name: String) throws {
    let figure = Samples.named(name)
    let svg = try Markup.read(figure.svg)
    #expect(svg.name == "svg")
    #expect(svg.attributes["role"] == "img")
    #expect(svg.children.first?.name == "title")
    #expect(svg.children.first?.text == figure.title)
    #expect(svg.all("desc").first?.text == figure.summary)
    #expect(svg.all("script").isEmpty)
    let urls = svg.all.flatMap(\.attributes).filter { $0.value.contains("://") }
    #expect(urls.allSatisfy { $0.key == "xmlns" })
    #expect(svg.all.allSatisfy { $0.attributes["href"] == nil && $0.attributes["id"] == nil })
  }

  @Test("Nothing is drawn outside the page", arguments: Samples.names)
  func page(name: String) throws {
    let svg = try Markup.read(Samples.named(name).svg)
    let width = svg["width"], height = svg["height"]
    for rect in svg.all("rect") where rect.attributes["width"] != "100%" {
      #expect(rect["x"] >= 0 && rect["x"] + rect["width"] <= width)
      #expect(rect["y"] >= 0 && rect["y"] + rect["height"] <= height)
    }
    for (text, anchor) in texts(in: svg, anchor: "start") {
      let size = text.text.width(atSize: 11)
      let start = -(anchor == "end" ? size : anchor == "middle" ? size / 2 : 0)
      let turn = (text.attributes["transform"] ?? "").firstMatch(of: #/rotate\((-?[0-9.]+) /#)
      let angle = (turn.flatMap { Double($0.1) } ?? 0) * Double.pi / 180
      for end in [start, start + size] {
        let x = text["x"] + end * cos(angle), y = text["y"] + end * sin(angle)
        #expect(x >= 0 && x <= width && y >= 10 && y <= height - 2, "\(text.text)")
      }
    }
  }

  /// The texts below an element, each with the anchor that holds for it.
  private func texts(in element: Markup, anchor: String) -> [(Markup, String)] {
    let anchor = element.attributes["text-anchor"] ?? anchor
    let own = element.name == "text" ? [(element, anchor)] : []
    return own + element.children.flatMap { texts(in: $0, anchor: anchor) }
  }

  @Test("No line of a terminal is longer than asked", arguments: Samples.names)
  func terminalWidth(name: String) {
    let figure = Samples.named(name)
    for width in [1, 2, 5, 8, 13, 20, 33, 40, 79, 80, 121, 200] {
      for style in [TerminalStyle.plain, TerminalStyle(palette: .full)] {
        let lines = figure.terminal(width: width, style: style).split(separator: "\n")
        #expect(lines.allSatisfy { withoutCodes(String($0)).columnCount <= width }, "\(width)")
      }
    }
  }

  @Test("Without colours a terminal gets no codes, and with them each line ends plain")
  func codes() {
    for (_, figure) in Samples.all {
      #expect(!figure.terminal(width: 60).contains("\u{1B}"))
      for palette in [TerminalStyle.Palette.full, .numbered] {
        let text = figure.terminal(width: 60, style: TerminalStyle(palette: palette))
        #expect(text.contains("\u{1B}["))
        for line in text.split(separator: "\n") where line.contains("\u{1B}") {
          #expect(line.split(separator: "\u{1B}[").last?.hasPrefix("0m") == true)
        }
      }
    }
  }

  private func withoutCodes(_ line: String) -> String {
    line.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
  }

  @Test("Somebody's text can neither break a page nor steer a terminal")
  func hostileText() throws {
    let hostile = "<b a=\"1\">&amp;'\u{1B}[31m\n\u{0}\u{202E}\u{FFFF}"
    let figures: [any Figure] = [
      HeatMap(
        hostile, values: [[0.5]], rows: [hostile], columns: [hostile], rowName: hostile,
        columnName: hostile),
      LineChart(
        hostile, xName: hostile, yName: hostile, series: [.init(hostile, y: [1, 2])],
        xLabels: [hostile, hostile]),
      BarChart(
        hostile, categories: [hostile], xName: hostile, yName: hostile,
        series: [.init(hostile, [1]), .init(hostile, [2])]),
      PieceStrip(hostile, rows: [.init(hostile, [hostile, hostile])]),
    ]
    for figure in figures {
      let svg = try Markup.read(figure.svg)
      #expect(svg.all("b").isEmpty)
      #expect(svg.all("title").first?.text == "<b a=\"1\">&amp;'␛[31m␊␀\u{FFFD}\u{FFFD}")
      let text = figure.terminal(width: 100)
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      let report = Report(hostile, parts: [.heading(hostile), .figure(figure, caption: hostile)])
      #expect(try Markup.read(document(of: report)).all("b").isEmpty)
    }
  }

  private func document(of report: Report) -> String {
    String(report.html.dropFirst("<!DOCTYPE html>\n".count))
  }
}
