import RondoCheckpoints
import RondoLayers
import RondoTensor

extension Trainer {
  /// Returns everything that is needed to continue as if training had never stopped.
  ///
  /// - Parameters:
  ///   - model: The model that is trained.
  ///   - device: Where it lives.
  /// - Returns: The state, which a run folder keeps.
  /// - Throws: `CheckpointError` when the progress cannot be encoded as JSON.
  public func state(of model: some Module, on device: Device) throws(CheckpointError)
    -> TrainingState
  {
    try TrainingState(
      step: progress.step, model: Checkpoint(of: model),
      optimizer: Checkpoint(
        optimizer.memory.mapValues { $0.copied() },
        metadata: [Self.stepCountKey: String(optimizer.stepCount)]),
      devices: [.cpu, device], progress: progress)
  }

  /// Continues from a saved state: parameters, optimizer, random numbers and progress.
  ///
  /// Neither the model nor the trainer changes unless everything fits.
  ///
  /// - Parameters:
  ///   - state: The state.
  ///   - model: The model that is trained.
  /// - Throws: `CheckpointError` when the state is of another model or optimizer, or has impossible
  ///   step counts.
  public func restore(_ state: TrainingState, into model: some Module) throws(CheckpointError) {
    let saved = try state.progress(as: TrainingProgress.self)
    if let problem = saved.problem(afterSteps: state.step) {
      throw .damaged(file: state.progressFile, problem: problem)
    }
    let stepCount = state.optimizer.metadata[Self.stepCountKey].flatMap { Int($0) }
    guard let stepCount, stepCount >= 0 else {
      throw .damaged(file: state.optimizer.source, problem: "it names no '\(Self.stepCountKey)'")
    }
    try optimizer.check(state.optimizer)
    try state.restoreRandomness()
    try model.load(state.model)
    try optimizer.restore(state.optimizer, stepCount: stepCount)
    goOn(from: saved)
  }

  private static var stepCountKey: String { "stepCount" }
}
