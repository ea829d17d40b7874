import Foundation
import RondoCheckpoints
import RondoTensor
import RondoTestSupport
import RondoTraining
import Testing

@testable import RondoRecipes

@Suite(.serialized) struct ResumeTests {
  /// The bytes of everything that training changes.
  private func state(of folder: RunFolder) throws -> [String] {
    let state = try folder.lastState()
    let tensors = state.model.tensors.merging(state.optimizer.tensors) { first, _ in first }
    return tensors.sorted { $0.key < $1.key }.map { name, tensor in
      "\(name) \(tensor.withBytes { Data($0).base64EncodedString() })"
    } + state.randomness.map { "\($0.key) \($0.value.bytes.hashValue)" }
  }

  private func stopping(_ run: Run, after count: Int) -> Run {
    var run = run
    var steps = 0
    run.isStopRequested = {
      steps += 1
      return steps == count
    }
    return run
  }

  @Test(
    "A run that was stopped and resumed ends in the bytes of one that was not",
    arguments: isOptimized ? [1, 2] : [1])
  func resuming(threads: Int) throws {
    // Five batches an epoch: stops at 3, 5 and 7 lie within, at the end of and after an epoch.
    try resume(
      tinyNumberWords(), stops: isOptimized ? [1, 3, 5, 6, 7, 11] : [7], threads: threads)
  }

  @Test(
    "A run whose sums are shared by two threads is resumed to the same bytes",
    .enabled(if: isOptimized, "so large a model is trained in release only"))
  func resumingSharedWork() throws {
    // Large enough for LibTorch and for every kernel to wake the second thread.
    try resume(
      tinyNumberWords([
        "hiddenSize=128", "embeddingSize=64", "batchSize=40", "exampleCount=200", "stepCount=8",
        "validationInterval=4",
      ]), stops: [3, 6], threads: 2)
  }

  private func resume(_ recipe: NumberWordsRecipe, stops: [Int], threads: Int) throws {
    let temporary = try TemporaryFolder()
    let whole = try newRun(recipe, at: "\(temporary.path)/whole", threads: threads)
    #expect(try recipe.train(in: whole) == .finished)
    let expected = try state(of: whole.folder)
    let lines = try whole.history().validations.map(\.figures)

    for stop in stops {
      let path = "\(temporary.path)/stopped-\(stop)"
      let first = try newRun(recipe, at: path, threads: threads)
      #expect(try recipe.train(in: stopping(first, after: stop)) == .interrupted)
    }
    for stop in stops {
      let folder = try RunFolder(resumingAt: "\(temporary.path)/stopped-\(stop)")
      let run = Run(folder: folder, device: .cpu)
      #expect(try recipe.train(in: run) == .finished)
      #expect(try state(of: folder) == expected, "stopped after \(stop)")
      #expect(try run.history().validations.map(\.figures) == lines, "stopped after \(stop)")
    }
  }

  @Test("A place beyond the end of an epoch is refused") func beyond() throws {
    let temporary = try TemporaryFolder()
    let recipe = try tinyNumberWords()
    let run = try newRun(recipe, at: "\(temporary.path)/run")
    #expect(try recipe.train(in: stopping(run, after: 7)) == .interrupted)
    let state = try run.folder.lastState()
    var progress = try state.progress(as: TrainingProgress.self)
    #expect((progress.epoch, progress.batchIndex) == (1, 2))
    (progress.epoch, progress.batchIndex) = (0, 6)
    try run.folder.save(
      TrainingState(step: 7, model: state.model, optimizer: state.optimizer, progress: progress))
    let error = #expect(throws: CheckpointError.self) { try recipe.train(in: run) }
    #expect(
      error?.description
        == "\(run.folder.path)/checkpoints/step-7-1/progress.json is damaged: epoch 0 has fewer than "
        + "6 batches; remove its folder to go on from the one before")
  }

  @Test("Another seed ends elsewhere") func otherSeed() throws {
    let temporary = try TemporaryFolder()
    let states = try [1, 2].map { seed in
      let recipe = try tinyNumberWords(["seed=\(seed)"])
      let run = try newRun(recipe, at: "\(temporary.path)/\(seed)")
      #expect(try recipe.train(in: run) == .finished)
      return try state(of: run.folder)
    }
    #expect(states[0] != states[1])
  }
}
