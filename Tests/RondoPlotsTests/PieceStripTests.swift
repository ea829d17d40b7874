import Testing

@testable import RondoPlots

struct PieceStripTests {
  @Test("Neighbours differ in colour, and no two boxes of a row overlap") func boxes() throws {
    let pieces = (0..<60).map { "piece\($0)" }
    let strip = PieceStrip("", rows: [.init("name", pieces)])
    let boxes = try Markup.read(strip.svg).all("rect")
      .filter { $0.attributes["class"]?.hasPrefix("area") == true }
    #expect(boxes.count == 60)
    for (left, right) in zip(boxes, boxes.dropFirst()) {
      #expect(left.attributes["class"] != right.attributes["class"])
      #expect(left["y"] < right["y"] || left["x"] + left["width"] < right["x"])
    }
    #expect(Set(boxes.map { $0["y"] }).count > 3)
  }

  @Test("Without colours bars stand between the pieces of a line, and only there") func plain() {
    let strip = PieceStrip("", rows: [.init("", ["Hello", ",", " world", "!"])])
    #expect(strip.terminal(width: 40) == "Hello|,|␣world|!\n")
    #expect(strip.terminal(width: 8) == "Hello|,\n␣world|!\n")
    let colored = strip.terminal(width: 40, style: TerminalStyle(palette: .full))
    #expect(!colored.contains("|") && colored.contains("48;2;"))
  }

  @Test("A piece longer than a line is cut, and no piece is lost") func long() {
    let strip = PieceStrip("", rows: [.init("n", ["abcdefghij", "k"])])
    #expect(strip.terminal(width: 9) == "n  abcde…\n   k\n")
    #expect(strip.table.rows == [["n", "2", "abcdefghij | k"]])
    #expect(strip.summary == "Texts cut into pieces. n: 2 pieces.")
  }
}
