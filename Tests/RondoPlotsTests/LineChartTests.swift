import Foundation
import Testing

@testable import RondoPlots

struct LineChartTests {
  @Test("The ticks of the y axis cover the data")
  func coverage() throws {
    let svg = try Markup.read(Samples.loss.svg)
    let ticks = try #require(svg.all(ofClass: "y-ticks").first).children
    let values = ticks.compactMap { Double($0.text) }
    #expect(values.count == ticks.count)
    #expect(try #require(values.first) <= 1.72 && #require(values.last) >= 5.2)
    #expect(ticks.map { $0["y"] } == ticks.map { $0["y"] }.sorted(by: >), "upward")
  }

  @Test("Each point is drawn where both axes say")
  func places() throws {
    let svg = try Markup.read(Samples.loss.svg)
    let line = try #require(svg.all(ofClass: "line1").last)
    let path = try #require(line.children.first { $0.name == "path" }?.attributes["d"])
    let points = path.dropFirst().split(separator: "L").map {
      $0.split(separator: ",").compactMap { Double($0) }
    }
    let xTicks = try scale(svg, "x-ticks", "x"), yTicks = try scale(svg, "y-ticks", "y")
    #expect(points.count == 8)
    for (place, (point, value)) in zip(points, Samples.loss.series[1].y).enumerated() {
      #expect(abs(point[0] - xTicks(Double(place))) < 0.05)
      #expect(abs(point[1] - (yTicks(value) - 4)) < 0.05, "labels stand 4 below their line")
    }
  }

  /// Returns where a number stands, read from two ticks.
  private func scale(_ svg: Markup, _ group: String, _ axis: String) throws -> (Double) -> Double {
    let ticks = try #require(svg.all(ofClass: group).first).children
    let first = try #require(ticks.first), last = try #require(ticks.last)
    let low = try #require(Double(first.text.replacing("−", with: "-")))
    let high = try #require(Double(last.text.replacing("−", with: "-")))
    return { first[axis] + (last[axis] - first[axis]) * ($0 - low) / (high - low) }
  }

  @Test("A number that is not finite leaves a gap, and a lone point is a dot")
  func gaps() throws {
    let chart = LineChart(
      "", xName: "", yName: "", series: [.init("", y: [1, 2, .nan, 3, .infinity, 5, 4])])
    let group = try #require(try Markup.read(chart.svg).all(ofClass: "line0").last)
    let paths = group.children.filter { $0.name == "path" }.compactMap { $0.attributes["d"] }
    #expect(paths.filter { $0.contains("L") }.map { $0.count { $0 == "L" } } == [1, 1])
    #expect(paths.count { $0.hasSuffix("h0") } == 5)
  }

  @Test("On a logarithmic axis equal ratios are equally far apart, and zero is a gap")
  func logarithmic() throws {
    let chart = LineChart(
      "", xName: "", yName: "", series: [.init("", y: [1000, 100, 10, 0, 1])],
      yScale: .logarithmic)
    let group = try #require(try Markup.read(chart.svg).all(ofClass: "line0").last)
    let path = try #require(group.children.first { $0.name == "path" }?.attributes["d"])
    let y = path.dropFirst().split(separator: "L").compactMap {
      Double($0.split(separator: ",")[1])
    }
    #expect(y.count == 3)
    #expect(abs((y[1] - y[0]) - (y[2] - y[1])) < 0.02)
  }

  @Test("Long series are thinned but keep their extremes")
  func thinning() throws {
    var y = (0..<50_000).map { _ in 1.0 }
    (y[31_234], y[31_240]) = (9, -7)
    let chart = LineChart("", xName: "", yName: "", series: [.init("", y: y)])
    let svg = try Markup.read(chart.svg)
    let path = try #require(svg.all(ofClass: "line0").last?.children.first { $0.name == "path" })
    let points = (path.attributes["d"] ?? "").dropFirst().split(separator: "L").map {
      $0.split(separator: ",").compactMap { Double($0) }
    }
    #expect(points.count < 6000)
    let ticks = try scale(svg, "y-ticks", "y")
    let heights = points.map { $0[1] }
    #expect(abs(try #require(heights.min()) - (ticks(9) - 4)) < 0.05)
    #expect(abs(try #require(heights.max()) - (ticks(-7) - 4)) < 0.05)
  }

  @Test("Smoothing is the running mean of the past, without a start at zero")
  func smoothing() {
    let series = LineChart.Series("", y: [4, 4, .nan, 8], smoothing: 0.5)
    let smooth = series.smoothed.y
    #expect(smooth[0] == 4 && smooth[1] == 4 && smooth[2].isNaN)
    // (0.5² · 0.5 · 4 + 0.5 · 0.5 · 4 … ) by hand: weights 1/8, 1/4 and 1/2 over 4, 4 and 8.
    #expect(abs(smooth[3] - (4.0 / 8 + 4.0 / 4 + 8.0 / 2) / (7.0 / 8)) < 1e-12)
  }

  @Test("A pointer finds the numbers of all series at each x")
  func tips() throws {
    let svg = try Markup.read(Samples.schedules.svg)
    let spots = svg.all(ofClass: "spot")
    #expect(spots.count == 20)
    let words = spots[0].all("text").map(\.text)
    #expect(
      words == ["Epoch 0", "constant 0.5", "linear 1", "exponential 1", "inverse sigmoid 0.8333"])
    #expect(spots.allSatisfy { $0.all(ofClass: "tip")[0].attributes["visibility"] == "hidden" })
    let areas = spots.map { ($0.children[0]["x"], $0.children[0]["width"]) }
    for (one, next) in zip(areas, areas.dropFirst()) { #expect(abs(one.0 + one.1 - next.0) < 0.02) }
  }

  @Test("Words can stand for the numbers of the x axis")
  func words() throws {
    let svg = try Markup.read(Samples.states.svg)
    let marks = try #require(svg.all(ofClass: "x-ticks").first).children
    #expect(marks.map(\.text).prefix(4) == ["der", "alte", "Uhrmacher", "我喜欢"])
    #expect(marks.last?.children.first?.text == "incomprehensibilities")
    #expect(Samples.states.table.rows[2] == ["Uhrmacher", "0.8", "∞"])
  }

  @Test("A chart without drawable data is an empty frame")
  func empty() throws {
    for series in [[], [LineChart.Series("none", y: [])], [.init("nan", y: [.nan, .infinity])]] {
      for scale in [AxisScale.linear, .logarithmic] {
        let chart = LineChart("", xName: "x", yName: "y", series: series, yScale: scale)
        #expect(try Markup.read(chart.svg).all(ofClass: "y-ticks").count == 1)
        #expect(!chart.terminal(width: 40).isEmpty)
      }
    }
  }

  @Test("Without colour each line of a terminal has its own sign; alone it is drawn in dots")
  func signs() {
    let text = Samples.schedules.terminal(width: 72)
    #expect(text.contains("• constant   + linear   × exponential   o inverse sigmoid"))
    let alone = LineChart("", xName: "", yName: "", series: [.init("a", y: [0, 1])])
    #expect(
      alone.terminal(width: 40).unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
  }

  @Test("In a terminal a rising line begins at the bottom left and ends at the top right")
  func terminalPlaces() throws {
    let chart = LineChart("", xName: "", yName: "", series: [.init("", y: [0, 1])])
    let lines = chart.terminal(width: 40).split(separator: "\n").filter { $0.contains(#/[│┤]/#) }
    let first = try #require(lines.first), last = try #require(lines.last)
    #expect(first.count == 40 && first.unicodeScalars.last.map { $0.value > 0x2800 } == true)
    let afterAxis = last.drop { $0 != "┤" && $0 != "│" }.dropFirst().first
    #expect(afterAxis?.unicodeScalars.first.map { $0.value > 0x2800 } == true)
  }
}
