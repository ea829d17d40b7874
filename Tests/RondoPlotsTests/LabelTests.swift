import Testing

@testable import RondoPlots

struct LabelTests {
  @Test("Spaces at an edge, control characters and lone marks become visible")
  func visible() {
    #expect(Label(" the").text == "␣the")
    #expect(Label("a b").text == "a b")
    #expect(Label(" ").text == "␣")
    #expect(Label("a\nb\t\u{7F}").text == "a␊b␉␡")
    #expect(Label("\u{301}x").text == "◌\u{301}x")
    #expect(Label("a\u{2028}\u{202E}").text == "a␤\u{FFFD}")
    #expect(Label("\r\n").text == "␍␊")
  }

  @Test("A label is cut between whole characters")
  func cutting() {
    func cut(_ text: String, _ width: Double) -> String {
      Label(text).cut(to: width) { Double($0.columnCount) }
    }
    #expect(cut("abcdef", 6) == "abcdef")
    #expect(cut("abcdef", 5) == "abcd…")
    #expect(cut("音楽音楽", 6) == "音楽…")
    #expect(cut("👩‍👩‍👧👩‍👩‍👧", 3) == "👩‍👩‍👧…")
    #expect(cut("e\u{301}e\u{301}e\u{301}", 2) == "e\u{301}…")
    #expect(cut("abc", 0) == "…")
  }

  @Test(
    "Characters take the columns that terminals give them",
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("音", 2), ("한", 2), ("Ａ", 2), ("ﾊ", 1), ("🎻", 2),
      ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("א", 1), ("ا", 1), ("─", 1), ("█", 1),
      ("\u{200B}", 0),
      ("1️⃣", 2), ("…", 1), ("ไ", 1), ("。", 2),
    ])
  func columns(text: String, count: Int) {
    #expect(text.columnCount == count)
  }

  @Test(
    "Numbers are written with the digits that matter",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (3.14159, "3.142"), (-0.05, "-0.05"), (12_345.6, "12346"),
      (99.996, "100"), (0.000123456, "0.0001235"), (0.0000123456, "1.235e-5"), (1.5e10, "1.5e10"),
      (.nan, "NaN"),
      (-.infinity, "−∞"), (0.99999, "1"),
    ])
  func short(number: Double, text: String) {
    #expect(number.short == text)
  }

  @Test("A fixed count of digits rounds to nearest")
  func fixed() {
    #expect(2.345678.fixed(2) == "2.35")
    #expect((-0.004).fixed(2) == "0.00")
    #expect((-1.5).fixed(0) == "-2")
    #expect(12.0.fixed(3) == "12.000")
    #expect(100.25.coordinate == "100.25")
    #expect(100.0.coordinate == "100")
  }
}
