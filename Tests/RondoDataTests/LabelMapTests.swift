import Foundation
import RondoData
import Testing

@Suite struct LabelMapTests {
  @Test("Labels are numbered in alphabetical order, whatever order they come in")
  func numbering() throws {
    let map = LabelMap(of: ["NUM", "ABBR", "LOC", "NUM"])
    #expect(map.labels == ["ABBR", "LOC", "NUM"])
    #expect(map == LabelMap(of: ["LOC", "ABBR", "NUM"]))
    #expect(try map.encode(["NUM", "ABBR"]) == [2, 0])
    #expect(map.label(1) == "LOC")
    #expect(map.id(of: "HUM") == nil)
    #expect(map.count == 3)
  }

  @Test("A map is saved as the list of its names")
  func saving() throws {
    let map = LabelMap(of: ["b", "a"])
    let saved = try JSONEncoder().encode(map)
    #expect(String(decoding: saved, as: UTF8.self) == #"["a","b"]"#)
    let restored = try JSONDecoder().decode(LabelMap.self, from: Data(#"["z","a"]"#.utf8))
    #expect(try restored.encode(["a", "z"]) == [1, 0])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(LabelMap.self, from: Data(#"["a","a"]"#.utf8))
    }
  }

  @Test("A label that is unknown is named, with those that are known")
  func unknown() {
    let error = #expect(throws: DataError.self) {
      try LabelMap(of: ["a", "b"]).encode(["a", "c"])
    }
    #expect(error?.description == "the label 'c' is unknown; the known ones are 'a', 'b'")
    let many = LabelMap(of: (0..<10).map { "l\($0)" })
    let long = #expect(throws: DataError.self) { try many.encode(["x"]) }
    #expect(long?.description.hasSuffix("'l6', 'l7' and 2 more") == true)
  }
}
