import Foundation
import RondoCheckpoints
import RondoTensor
import RondoTestSupport
import RondoTraining
import Testing

@testable import RondoRecipes

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

@Suite(.serialized) struct KilledTrainingTests {
  @Test(
    "Killed two hundred times, a run loses no saved step and ends in the bytes of an unharmed one",
    .enabled(if: isOptimized, "processes are killed in release only"))
  func kills() async throws {
    let temporary = try TemporaryFolder()
    let path = "\(temporary.path)/run"
    _ = try newRun(endlessRecipe(), at: path)
    var lastStep = 0
    for kill in 0..<200 {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, delay = UInt32(kill * 7_919 % 30_000) as UInt32] in
        try trainUntilKilled(path, after: delay)
      }
      let folder = try RunFolder(readingAt: path)
      let step = try folder.lastState().step
      #expect(try step >= max(lastStep, savedStep(path)))
      lastStep = step
    }
    #expect(lastStep > 200)

    let whole = try newRun(endlessRecipe(), at: "\(temporary.path)/whole")
    var unharmed = whole
    var steps = 0
    unharmed.isStopRequested = {
      steps += 1
      return steps == lastStep
    }
    #expect(try endlessRecipe(interval: 10_000).train(in: unharmed) == .interrupted)
    #expect(try tensors(of: RunFolder(readingAt: path)) == tensors(of: whole.folder))
  }

  /// The bytes of everything that training changes, by name.
  private func tensors(of folder: RunFolder) throws -> [String: [UInt8]] {
    let state = try folder.lastState()
    let tensors = state.model.tensors.merging(state.optimizer.tensors) { first, _ in first }
    return tensors.mapValues { $0.withBytes { [UInt8]($0) } }
      .merging(state.randomness.mapValues(\.bytes)) { first, _ in first }
  }
}

/// A recipe of a few thousand parameters that does not end by itself.
private func endlessRecipe(interval: Int = 1) throws -> NumberWordsRecipe {
  try tinyNumberWords([
    "stepCount=100000", "checkpointInterval=\(interval)", "validationInterval=60",
  ])
}

private func savedStep(_ path: String) throws -> Int {
  Int(try String(contentsOfFile: "\(path)/saved", encoding: .utf8)) ?? 0
}

/// Goes on with a run, and is killed from another thread some time after the first step was saved.
private func trainUntilKilled(_ path: String, after microseconds: UInt32) throws {
  Threads.count = 1
  let killer = Thread {
    usleep(microseconds)
    kill(getpid(), SIGKILL)
  }
  let folder = try RunFolder(resumingAt: path)
  var run = Run(folder: folder, device: .cpu)
  var isStarted = false
  run.observe = { event in
    guard case .saved(let step, _) = event else { return }
    try folder.write(Array("\(step)".utf8), to: "saved")
    if !isStarted { killer.start() }
    isStarted = true
  }
  _ = try endlessRecipe().train(in: run)
}
