import Foundation
import RondoTensor
import RondoTestSupport
import Testing

@testable import RondoCheckpoints

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

@Suite struct KilledWriterTests {
  @Test(
    "A writer killed at any moment leaves its last checkpoint whole, and no saved step is lost",
    .enabled(if: isOptimized, "processes are killed in release only"))
  func kills() async throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/run"
    _ = try RunFolder.create(RunDescription(recipe: "copy", threadCount: 1), at: path)
    var lastStep = 0
    for kill in 0..<60 {
      let delay = UInt32(kill * 7_919 % 25_000)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, delay = delay as UInt32] in
        try saveUntilKilled(path, after: delay)
      }
      let run = try RunFolder(readingAt: path)
      let acknowledged = try Int(String(decoding: run.read("acknowledged"), as: UTF8.self))
      let state = try run.lastState()
      #expect(try isWhole(state))
      #expect(state.step >= acknowledged ?? 0)
      #expect(state.step >= lastStep)
      #expect(try run.model().tensors["weight"]?.count == 4_096)
      lastStep = state.step
    }
    #expect(lastStep > 60)
  }
}

/// Goes on with a run, saves every step, and is killed from another thread.
private func saveUntilKilled(_ path: String, after microseconds: UInt32) throws {
  let run = try RunFolder(resumingAt: path)
  let firstStep = try run.resume()?.step ?? 0
  var step = firstStep
  guard try run.metrics(as: StepLine.self).map(\.step) == Array(0..<step).map({ $0 + 1 }) else {
    fatalError("the metrics are not those of \(step) steps")
  }
  let killer = Thread {
    usleep(microseconds)
    kill(getpid(), SIGKILL)
  }
  // The first step is always saved, so that every process gets further.
  while true {
    step += 1
    try run.append(StepLine(step: step))
    try run.save(state(step, size: 4_096), isBest: step.isMultiple(of: 3))
    try run.write(Array("\(step)".utf8), to: "acknowledged")
    if step == firstStep + 1 { killer.start() }
  }
}
