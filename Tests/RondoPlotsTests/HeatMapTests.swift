import Foundation
import Testing

@testable import RondoPlots

struct HeatMapTests {
  @Test("The first output row is drawn on top, and the last at the bottom")
  func rowOrder() throws {
    let svg = try Markup.read(Samples.attention.svg)
    let rows = try #require(svg.all(ofClass: "rows").first).children
    #expect(rows.map(\.text) == ["J'", "aime", "l'IA", "<eos>"])
    #expect(rows.map { $0["y"] } == rows.map { $0["y"] }.sorted())

    let first = try #require(cells(of: svg).first)
    #expect(first.children.first?.text == "J' → I: 0.9")
    #expect(cells(of: svg).allSatisfy { $0["y"] >= first["y"] })
  }

  @Test("Columns stand under their labels, from left to right")
  func columnOrder() throws {
    let svg = try Markup.read(Samples.attention.svg)
    let labels = try #require(svg.all(ofClass: "columns").first).children
    #expect(labels.map(\.text) == ["I", "love", "AI", "<pad>", "<pad>"])
    let firstRow = cells(of: svg).prefix(5)
    for (label, cell) in zip(labels, firstRow) {
      #expect(abs(label["x"] - (cell["x"] + cell["width"] / 2)) < 0.02)
      #expect(label["y"] < cell["y"])
    }
  }

  @Test("A weight of exactly zero is left blank, and the smallest other weight is not")
  func padding() throws {
    let svg = try Markup.read(Samples.attention.svg)
    let blank = svg.all(ofClass: "blank")
    #expect(blank.count == 8)
    #expect(blank.allSatisfy { $0.attributes["fill"] == "none" })
    #expect(blank.allSatisfy { $0.children[0].text.hasSuffix("<pad>: 0") })

    let tiny = HeatMap("", values: [[1e-30, 0, 1]])
    #expect(tiny.shade(of: 1e-30) == .share(1e-30))
    #expect(tiny.shade(of: 0) == .blank)
    let text = Samples.attention.terminal(width: 60).split(separator: "\n")
    #expect(text[3].hasSuffix("0.02"), "nothing is written under the padding")
  }

  @Test("A greater weight is darker on a light page and lighter on a dark one")
  func shades() throws {
    let svg = try Markup.read(HeatMap("", values: [[0.1, 0.4, 0.7, 1.0]]).svg)
    let luminances = try cells(of: svg).map { try luminance($0.attributes["fill"]) }
    #expect(luminances == luminances.sorted(by: >))
    #expect(cells(of: svg).last?.attributes["fill"] == "#08306b")

    let colors = (0...10).map { ColorMap.blues.color(at: Double($0) / 10, isDark: true) }
    let dark = colors.map { 0.299 * $0.red + 0.587 * $0.green + 0.114 * $0.blue }
    #expect(dark == dark.sorted())
  }

  @Test("Diverging colours put zero in the middle")
  func diverging() {
    let map = HeatMap("", values: [[-0.25, 0.5]], colors: .redBlue)
    #expect(map.range == -0.5...0.5)
    #expect(map.shade(of: -0.25) == .share(0.25))
    #expect(map.shade(of: 0) == .blank)
    #expect(HeatMap("", values: [[0.0, 0]], colors: .redBlue).range == -1...1)
  }

  @Test("The range is 0 to 1 for weights, and what occurs for other numbers")
  func ranges() {
    #expect(HeatMap("", values: [[0.2, 0.3]]).range == 0...1)
    #expect(HeatMap("", values: [[2.0, 5]]).range == 2...5)
    #expect(HeatMap("", values: [[3.0, 3]]).range == 3...4)
    #expect(HeatMap("", values: [[Double.nan]]).range == 0...1)
    #expect(HeatMap("", values: [[Float(2), 9]], range: 0...10).shade(of: 5) == .share(0.5))
    #expect(HeatMap("", values: [[2.0, 5]]).shade(of: 0) != .blank)
  }

  @Test("What is not a number is crossed out")
  func missing() throws {
    let svg = try Markup.read(Samples.hidden.svg)
    #expect(svg.all(ofClass: "missing").map { $0.children[0].text } == ["3 → 2: NaN"])
    #expect(Samples.hidden.terminal(width: 80).contains("×"))
  }

  @Test("Numbers stand in cells that have room for them")
  func numbers() throws {
    let roomy = try Markup.read(Samples.attention.svg)
    let numbers = roomy.all("text").filter { ($0.attributes["class"] ?? "").hasPrefix("on-") }
    #expect(numbers.map(\.text).prefix(3) == ["0.90", "0.08", "0.02"])
    #expect(numbers.count == 12)
    for (number, cell) in zip(
      numbers, cells(of: roomy).filter { $0.attributes["class"] != "blank" })
    {
      #expect(number["x"] > cell["x"] && number["x"] < cell["x"] + cell["width"])
      #expect(number["y"] > cell["y"] && number["y"] < cell["y"] + cell["height"])
    }
    let narrow = try Markup.read(Samples.selfAttention.svg)
    #expect(!narrow.all("text").contains { ($0.attributes["class"] ?? "").hasPrefix("on-") })
  }

  @Test("A long label is cut, and its whole is there to be read")
  func longLabels() throws {
    let long = "incomprehensibilities of all kinds"
    let svg = try Markup.read(HeatMap("", values: [[1.0]], rows: [long], columns: [long]).svg)
    for group in ["rows", "columns"] {
      let label = try #require(svg.all(ofClass: group).first?.children.first)
      #expect(label.text.hasSuffix("…"))
      #expect(label.children.first?.text == long)
    }
  }

  @Test("Marked cells have a frame of their own")
  func marks() throws {
    let svg = try Markup.read(Samples.attention.svg)
    let frames = try #require(svg.all(ofClass: "mark").first).children
    let marked = [0, 6, 12].map { cells(of: svg)[$0] }
    #expect(frames.count == 3)
    for (frame, cell) in zip(frames, marked) {
      #expect(abs(frame["x"] - cell["x"]) < 1 && abs(frame["y"] - cell["y"]) < 1)
    }
    let isolated = HeatMap("", values: [[0.5]], marked: [.init(row: 4, column: 4)])
    #expect(try Markup.read(isolated.svg).all(ofClass: "mark").first?.children.isEmpty == true)
  }

  @Test("A large map covers exactly the cells that are not zero")
  func runs() throws {
    let map = Samples.large
    let layout = HeatMap.Layout(map)
    let paths = try #require(try Markup.read(map.svg).all(ofClass: "cells").first).children
    let lengths = paths.flatMap { path in
      (path.attributes["d"] ?? "").matches(of: #/h([0-9.]+)v/#).compactMap { Double($0.1) }
    }
    let drawn = lengths.reduce(0, +) / layout.width
    let count = map.values.joined().count { $0 != 0 }
    #expect(abs(drawn - Double(count)) < 0.02 * Double(count))
    #expect(paths.count <= 64)
  }

  @Test("In a terminal the greatest weight is the fullest shade of its row")
  func terminalShades() {
    let lines = Samples.attention.terminal(width: 60).split(separator: "\n").map(String.init)
    #expect(lines[3] == "   J' ██0.90◂··0.08 ··0.02")
    #expect(lines[4] == " aime ··0.10 ██0.80◂··0.10")
  }

  @Test("Columns that do not fit beside each other follow below, none lost")
  func blocks() {
    let map = HeatMap("", values: [(0..<50).map { Double($0 % 2) }], rows: ["r"])
    let lines = map.terminal(width: 22).split(separator: "\n")
    let rows = lines.filter { $0.hasPrefix("r ") }
    #expect(rows.joined().count { $0 == "█" } == 25)
  }

  private func cells(of svg: Markup) -> [Markup] {
    (svg.all(ofClass: "cells").first?.children ?? []).filter { $0.name == "rect" }
  }

  private func luminance(_ hex: String?) throws -> Double {
    let color = Color(try #require(hex.flatMap { UInt32($0.dropFirst(), radix: 16) }))
    return 0.299 * color.red + 0.587 * color.green + 0.114 * color.blue
  }
}
