import Testing

@testable import RondoText

@Suite("Special tokens")
struct SpecialTokenTests {
  @Test("A special token is spelled as the field spells it")
  func spelling() {
    #expect(SpecialToken.padding.text == "<pad>")
    #expect(SpecialToken.end.spellings.contains("</s>"))
  }
}
