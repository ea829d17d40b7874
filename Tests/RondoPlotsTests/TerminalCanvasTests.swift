import Testing

@testable import RondoPlots

struct TerminalCanvasTests {
  @Test("Text stands where it was written and is cut at the edge")
  func writing() {
    var canvas = TerminalCanvas(width: 6)
    canvas.write("abc", row: 1, column: 4)
    canvas.write("音楽音楽", row: 2, column: 1)
    canvas.write("xyz", row: 3, column: -1)
    #expect(canvas.rendered(in: .plain) == "\n    ab\n 音楽\nyz\n")
  }

  @Test("Marks join the character before them")
  func marks() {
    var canvas = TerminalCanvas(width: 4)
    canvas.write("a", row: 0, column: 0)
    canvas.write("\u{301}", row: 0, column: 1)
    #expect(canvas.rendered(in: .plain) == "a\u{301}\n")
  }

  @Test("Colours are told in the terminal's own numbers")
  func colors() {
    var canvas = TerminalCanvas(width: 4)
    canvas.write("a", row: 0, column: 0, ink: Color(0xFF0000), isBold: true)
    canvas.write("b", row: 0, column: 1, paper: Color(0x808080))
    #expect(
      canvas.rendered(in: TerminalStyle(palette: .full))
        == "\u{1B}[1;38;2;255;0;0ma\u{1B}[0m\u{1B}[48;2;128;128;128mb\u{1B}[0m\n")
    #expect(
      canvas.rendered(in: TerminalStyle(palette: .numbered))
        == "\u{1B}[1;38;5;196ma\u{1B}[0m\u{1B}[48;5;244mb\u{1B}[0m\n")
    #expect(canvas.rendered(in: .plain) == "ab\n")
  }

  @Test("Dots two by four make a character")
  func braille() {
    var grid = BrailleGrid(columns: 2, rows: 1)
    for y in 0..<4 { grid.set(x: 0, y: y, owner: 0) }
    grid.line(from: (2, 0), to: (3, 0), owner: 5)
    grid.set(x: 9, y: 9, owner: 1)
    #expect(grid.character(column: 0, row: 0)?.text == "⡇")
    #expect(grid.character(column: 1, row: 0)?.text == "⠉")
    #expect(grid.character(column: 1, row: 0)?.owner == 5)
    #expect(BrailleGrid(columns: 1, rows: 1).character(column: 0, row: 0) == nil)
  }
}
