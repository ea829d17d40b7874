import Testing

@testable import RondoText

@Suite struct ScriptGroupTests {
  @Test("Scripts keep to themselves, kana goes with Chinese, marks and spaces go with all")
  func groups() {
    let groups = ["aéẞＡ", "αἀ", "жѐ", "ابپ", "한ㄱ", "漢かカｶ々", "กา", "१1-,½😀"].map { text in
      Set(text.unicodeScalars.map { ScriptGroup.of($0.value) })
    }
    for group in groups { #expect(group.count == 1) }
    #expect(Set(groups).count == groups.count)
    #expect(groups.last == [ScriptGroup.sign])
    for scalar in "\u{301}\u{20DD}\u{903}\u{2581}".unicodeScalars {
      #expect(ScriptGroup.of(scalar.value) == ScriptGroup.any)
    }
  }

  @Test("A letter is what the generated tables call one, whatever the runtime knows")
  func generatedTables() {
    // Sidetic letters came with Unicode 17, and the generated tables are those of Unicode 16.
    #expect(ScriptGroup.of(0x10940) == ScriptGroup.sign)
    // Todhri letters came with Unicode 16.
    #expect(ScriptGroup.of(0x105C0) == 8 + 0x105C0 / 128)
  }
}
