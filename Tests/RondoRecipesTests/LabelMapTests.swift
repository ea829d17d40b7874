import RondoCheckpoints
import RondoData
import Testing

@Suite struct LabelMapTests {
  @Test("The names of classes are kept with the model, and come back in their order")
  func kept() throws {
    let temporary = try TemporaryFolder()
    let labels = LabelMap(of: ["joy", "anger", "fear", "joy", "é\n\"quoted\""])
    let path = "\(temporary.path)/run"
    let run = try RunFolder.create(RunDescription(recipe: "classify", threadCount: 1), at: path)
    #expect(!run.keeps("labels.json"))
    try run.keep(labels, as: "labels.json")

    let again = try RunFolder(readingAt: path)
    #expect(again.keeps("labels.json"))
    let read = try again.read(LabelMap.self, from: "labels.json")
    #expect(read == labels && read.labels == ["anger", "fear", "joy", "é\n\"quoted\""])
    #expect(try read.encode(["joy", "anger"]) == [2, 0])

    let other = #expect(throws: CheckpointError.self) {
      try again.read([Int].self, from: "labels.json")
    }
    #expect(other?.description.contains("labels.json is damaged") == true)
    _ = try temporary.write([#"["joy", "fear"]"#], to: "run/labels.json")
    #expect(throws: CheckpointError.changedFile("\(path)/labels.json")) {
      try again.read(LabelMap.self, from: "labels.json")
    }
  }
}
