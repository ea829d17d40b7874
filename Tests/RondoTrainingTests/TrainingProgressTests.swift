import RondoCheckpoints
import RondoLayers
import RondoTensor
import Testing

@testable import RondoTraining

@Suite struct TrainingProgressTests {
  /// How far training may have come after ten steps.
  private static var tenSteps: TrainingProgress {
    var progress = TrainingProgress()
    (progress.epoch, progress.batchIndex, progress.step) = (3, 1, 10)
    (progress.bestScore, progress.bestStep, progress.validatedStep) = (0.5, 6, 9)
    progress.validationsSinceBest = 1
    progress.window.stepCount = 1
    progress.window.tokenCount = 64
    return progress
  }

  private func restore(_ progress: TrainingProgress, stepCount: String = "10") throws -> Trainer {
    let model = Linear(from: 2, to: 1)
    let trainer = Trainer(optimizer: SGD(model.parameters, learningRate: 0.1))
    let state = try TrainingState(
      step: 10, model: Checkpoint(of: model),
      optimizer: Checkpoint([:], metadata: ["stepCount": stepCount]), progress: progress)
    try trainer.restore(state, into: model)
    return trainer
  }

  @Test("Training goes on where a state says") func whole() throws {
    #expect(try restore(Self.tenSteps).progress == Self.tenSteps)
    #expect(try restore(Self.tenSteps).optimizer.stepCount == 10)
  }

  /// A field and a number that it cannot have after ten steps.
  struct Damage: CustomTestStringConvertible, Sendable {
    let field: String
    let value: Int
    let change: @Sendable (inout TrainingProgress, Int) -> Void

    var testDescription: String { "\(field) \(value)" }
  }

  private static let damages: [Damage] = {
    func damage(
      _ field: String, _ values: [Int],
      _ change: @escaping @Sendable (inout TrainingProgress, Int) -> Void
    ) -> [Damage] { values.map { Damage(field: field, value: $0, change: change) } }
    let bySteps = [-1, 11, .min, .max]
    let counts = [-1, .min, .max]
    return damage("steps", [-10, 9, 11, .min, .max]) { $0.step = $1 }
      + damage("epoch", bySteps) { $0.epoch = $1 }
      + damage("batchIndex", bySteps) { $0.batchIndex = $1 }
      + damage("bestStep", bySteps) { $0.bestStep = $1 }
      + damage("validatedStep", bySteps) { $0.validatedStep = $1 }
      + damage("window.stepCount", bySteps) { $0.window.stepCount = $1 }
      + damage("window.clippedCount", bySteps) { $0.window.clippedCount = $1 }
      + damage("validationsSinceBest", counts) { $0.validationsSinceBest = $1 }
      + damage("window.lossTokenCount", counts) { $0.window.lossTokenCount = $1 }
      + damage("window.tokenCount", counts) { $0.window.tokenCount = $1 }
      + damage("window.slotCount", counts) { $0.window.slotCount = $1 }
      + damage("window.forcedCount", counts) { $0.window.forcedCount = $1 }
      + damage("window.forcedTokenCount", counts) { $0.window.forcedTokenCount = $1 }
  }()

  @Test("Steps that no training can have taken are refused by name", arguments: damages)
  func refused(damage: Damage) throws {
    var progress = Self.tenSteps
    damage.change(&progress, damage.value)
    let error = #expect(throws: CheckpointError.self) { try restore(progress) }
    let text = try #require(error?.description)
    #expect(text.hasPrefix("progress.json is damaged: "))
    #expect(text.contains(damage.field) && text.contains("\(damage.value)"))
  }

  @Test("An optimizer that has taken less than no steps is refused", arguments: ["-1", "", "1.5"])
  func optimizer(stepCount: String) {
    #expect(throws: CheckpointError.self) { try restore(Self.tenSteps, stepCount: stepCount) }
  }
}
