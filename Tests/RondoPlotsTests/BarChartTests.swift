import Testing

@testable import RondoPlots

struct BarChartTests {
  @Test("Bars begin at zero and are as long as their numbers")
  func lengths() throws {
    let svg = try Markup.read(Samples.bars.svg)
    let bars = svg.all("rect").filter { $0.children.first?.name == "title" }
    #expect(bars.count == 8)
    let values = Samples.bars.series.flatMap(\.values)
    let unit = bars[0]["height"] / values[0]
    for (bar, value) in zip(bars, values) { #expect(abs(bar["height"] / value - unit) < 0.01) }
    #expect(Set(bars.map { ($0["y"] + $0["height"]).rounded() }).count == 1)
  }

  @Test("Negative numbers hang below zero, and what is no number has no bar")
  func signs() throws {
    let svg = try Markup.read(Samples.contributions.svg)
    let bars = svg.all("rect").filter { $0.children.first?.name == "title" }
    #expect(bars.count == 4)
    let zero = bars[0]["y"] + bars[0]["height"]
    #expect(abs(bars[1]["y"] - zero) < 0.02 && bars[1]["height"] > 0)
    #expect(abs(bars[2]["y"] + bars[2]["height"] - zero) < 0.02)
  }

  @Test("Bars of one group do not overlap, nor do groups")
  func places() throws {
    let svg = try Markup.read(Samples.bars.svg)
    let bars = svg.all("rect").filter { $0.children.first?.name == "title" }
      .sorted { $0["x"] < $1["x"] }
    for (left, right) in zip(bars, bars.dropFirst()) {
      #expect(left["x"] + left["width"] <= right["x"])
    }
    #expect(bars[0].children[0].text == "RNN, Rondo: 3.2")
    #expect(bars[1].children[0].text == "RNN, PyTorch eager: 5.1")
  }

  @Test("In a terminal bars are as long as their numbers, in eighths of a column")
  func terminal() {
    let chart = BarChart("", categories: ["a", "b"], yName: "y", series: [.init("", [8, 4])])
    let lines = chart.terminal(width: 36).split(separator: "\n").suffix(2)
    let lengths = lines.map { $0.count { $0 == "█" } }
    #expect(lengths == [32, 16], "of 32 columns")
    #expect(lines.first?.hasSuffix(" 8") == true)
  }
}
