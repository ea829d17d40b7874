import Testing

@testable import RondoText

@Suite("Patterns in files")
struct TextPatternTests {
  private static func split(_ regex: String, _ rest: String) -> Result<String, RondoTextError> {
    let json = #"{"type":"Split","pattern":{"Regex":"\#(regex)"},\#(rest)}"#
    do throws(RondoTextError) {
      let document = try JSONDocument(Array(json.utf8), file: "split.json")
      return .success("\(type(of: try readPreTokenizer(document.root)))")
    } catch {
      return .failure(error)
    }
  }

  @Test("A list of scalars holds its ranges and single scalars, in any order")
  func list() throws {
    let list = try #require(ScalarList("一-龥a-cࠀ-一カé"))
    for scalar in "abcé一龥\u{800}丁カ\u{3042}\u{5000}".unicodeScalars {
      #expect(list.contains(scalar.value), "\(scalar)")
    }
    for scalar in "`dê\u{7FF}\u{9FA6}\u{10FFFF}\0".unicodeScalars {
      #expect(!list.contains(scalar.value), "\(scalar)")
    }
  }

  @Test(
    "What is more than a list is not read as one",
    arguments: ["", "^a", "\\\\p{L}", "a[b", "b-a", "-a", "a-", "a&&b", "a--b"])
  func noList(spelling: String) {
    #expect(ScalarList(spelling) == nil)
    let refusal = Self.split("[\(spelling)]+", #""behavior":"Isolated""#)
    #expect(throws: RondoTextError.self) { try refusal.get() }
  }

  @Test(
    "What lies between matches is never kept where the file drops it, or dropped where it stays")
  func rests() throws {
    let bloom = BLOOMScanner().pattern.replacing("\\", with: "\\\\")
    let clip = CLIPScanner().pattern.replacing("\\", with: "\\\\")
    let removed = #""behavior":"Removed","invert":true"#
    #expect(try Self.split(bloom, #""behavior":"Isolated""#).get() == "BLOOMScanner")
    #expect(try Self.split(clip, removed).get() == "CLIPScanner")
    for (regex, rest, name) in [
      (bloom, removed, "Removed"), (clip, #""behavior":"Isolated""#, "Isolated"),
    ] {
      let error = #expect(throws: RondoTextError.self) { try Self.split(regex, rest).get() }
      #expect(error?.description.contains("that is \(name)") == true)
    }
  }
}
