import Foundation
import RondoText
import Testing

@Suite struct MisreadEncodingTests {
  /// Made by Python: `text.encode().decode('mac_roman')` and `…decode('cp1252')`.
  static let misread: [(MisreadEncoding, String, String)] = [
    (.macRoman, "‚Üí done ‚úì", "→ done ✓"),
    (.macRoman, "\u{F8FF}ü§ñ √ó 2", "🤖 × 2"),
    (.macRoman, "Fr√ºhst√ºck f√ºr zwei", "Frühstück für zwei"),
    (.windows1252, "FrÃ¼hstÃ¼ck fÃ¼r zwei", "Frühstück für zwei"),
    (.windows1252, "â†’ donâ€™t", "→ don’t"),
  ]

  @Test("Misread text is suspected and repaired", arguments: misread)
  func repair(encoding: MisreadEncoding, text: String, right: String) {
    var suspicion = MisreadingSuspicion()
    suspicion.add(text)
    #expect(suspicion.encoding == encoding)
    #expect(encoding.repaired(text) == right)
  }

  @Test(
    "Text that was read rightly is neither suspected nor changed",
    arguments: ["plain", "Frühstück", "→ ✓ 🤖", "»Äpfel« und »Öl«", "naïve café — “quoted”", "日本語"])
  func innocent(text: String) {
    var suspicion = MisreadingSuspicion()
    suspicion.add(text)
    suspicion.add("déjà vu, größer, ñandú")
    #expect(suspicion.encoding == nil)
    #expect(suspicion.finding == nil)
  }

  @Test("Runs that are no UTF-8 stay as they are")
  func mixedRuns() {
    #expect(MisreadEncoding.macRoman.repaired("é ‚úì 日本") == "é ✓ 日本")
    #expect(MisreadEncoding.windows1252.repaired("é Ã© 日本") == "é é 日本")
  }

  @Test("The finding counts and shows an example")
  func finding() {
    var suspicion = MisreadingSuspicion()
    suspicion.add("a ‚úì b ‚úì c ‚Üí")
    #expect(
      suspicion.finding
        == "3 of 3 places outside ASCII look like UTF-8 read as Mac Roman ('‚úì' for '✓')")
  }

  private static let seeds = Golden.shared.appendingPathComponent("seeds")
  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: seeds.path)) ?? []).sorted()

  @Test("The document that was misread is repaired throughout", .enabled(if: !names.isEmpty))
  func document() throws {
    let (seeds, names) = (Self.seeds, Self.names)
    let name = try #require(names.first)
    let text = try String(contentsOf: seeds.appendingPathComponent(name), encoding: .utf8)
    var suspicion = MisreadingSuspicion()
    suspicion.add(text)
    #expect(suspicion.encoding == .macRoman)
    let repaired = MisreadEncoding.macRoman.repaired(text)
    #expect(repaired.contains("✓") && repaired.contains("→") && !repaired.contains("‚"))
    for other in names.dropFirst() {
      var suspicion = MisreadingSuspicion()
      suspicion.add(try String(contentsOf: seeds.appendingPathComponent(other), encoding: .utf8))
      #expect(suspicion.encoding == nil)
    }
  }
}
