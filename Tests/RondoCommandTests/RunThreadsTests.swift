import RondoCheckpoints
import RondoRecipes
import RondoTensor
import Testing

@testable import RondoCommand

@Suite(.serialized) struct RunThreadsTests {
  @Test("A run is opened with the number of threads that it began with", arguments: [2, 3])
  func threads(count: Int) throws {
    let rondo = try RunningProgram()
    let settings = [
      "maximum=1000", "exampleCount=10", "heldOutCount=5", "stepCount=1", "hiddenSize=4",
      "embeddingSize=4",
    ]
    let trained = try rondo.run(
      ["train", "number-words", "--run", "run", "--threads", "\(count)"]
        + settings.flatMap { ["--set", $0] })
    #expect(trained.code == 0, "\(trained.errors)")
    let folder = try RunFolder(readingAt: "\(rondo.folder)/run")
    #expect(folder.description.threadCount == count)

    let before = Threads.count
    defer { Threads.count = before }
    Threads.count = 1
    _ = try Run.open(folder, on: .cpu)
    #expect(Threads.count == count)
  }
}
