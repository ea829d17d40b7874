import RondoCheckpoints
import RondoTensor
import RondoTestSupport
import RondoTraining
import Testing

@testable import RondoRecipes

@Suite(
  .serialized, .tags(.gpu), .enabled(if: Device.cuda(0).isAvailable, "there is no CUDA device"))
struct GPUTests {
  @Test("A run on a graphics processor learns what a run on the processor learns")
  func learning() throws {
    let temporary = try TemporaryFolder()
    // Coins, clipping and validation included; dropout draws other numbers on other devices.
    let recipe = try tinyNumberWords(["dropout=0"])
    var losses: [[Double]] = []
    for device in [Device.cpu, .cuda(0)] {
      var run = try newRun(recipe, at: "\(temporary.path)/\(device)", on: device)
      run.say = { _ in }
      #expect(try recipe.train(in: run) == .finished)
      losses.append(try run.history().validations.compactMap { $0.figures["loss"] })
      let predict = try recipe.predictor(run, options: PredictionOptions())
      #expect(predict(["one hundred"])[0].inputTokens == ["one", "hundred"])
    }
    #expect(losses[0].count == 2)
    for (here, there) in zip(losses[0], losses[1]) { #expect(abs(here - there) < 1e-3 * here) }
  }

  @Test("A run on a graphics processor resumes to what it would have been") func resuming() throws {
    let temporary = try TemporaryFolder()
    let recipe = try tinyNumberWords(["dropout=0"])
    let whole = try newRun(recipe, at: temporary.path + "/whole", on: .cuda(0))
    #expect(try recipe.train(in: whole) == .finished)
    var parts = try newRun(recipe, at: temporary.path + "/parts", on: .cuda(0))
    var steps = 0
    parts.isStopRequested = {
      steps += 1
      return steps == 7
    }
    #expect(try recipe.train(in: parts) == .interrupted)
    parts.isStopRequested = { false }
    #expect(try recipe.train(in: parts) == .finished)
    let losses = try [whole, parts].map {
      try $0.history().validations.map { $0.figures["loss"] ?? .nan }
    }
    #expect(losses[0].count == 2 && losses[1].count == 2)
    for (one, other) in zip(losses[0], losses[1]) { #expect(abs(one - other) < 1e-4 * one) }
  }
}
