import Testing

@testable import RondoCommand

@Suite struct StatusLineTests {
  @Test("What changes quickly is shown now and then", arguments: [true, false])
  func pauses(isInteractive: Bool) {
    var text = ""
    let status = StatusLine(isInteractive: isInteractive, width: 80) { text += $0 }
    status.updateNowAndThen("first")
    for _ in 0..<3 { status.updateNowAndThen("soon") }
    status.update("asked for")
    #expect(text == (isInteractive ? "\r\u{1B}[Kfirst\r\u{1B}[Kasked for" : "first\nasked for\n"))
  }

  @Test("A line is taken away once, and only from a terminal")
  func clearing() {
    var text = ""
    let terminal = StatusLine(isInteractive: true, width: 80) { text += $0 }
    terminal.clear()
    terminal.update("one")
    terminal.clear()
    terminal.clear()
    #expect(text == "\r\u{1B}[Kone\r\u{1B}[K")
    text = ""
    let file = StatusLine(isInteractive: false, width: 80) { text += $0 }
    file.update("one")
    file.clear()
    #expect(text == "one\n")
  }
}
