extension TrainingProgress {
  /// More than any count of a real run, and small enough that counting on cannot overflow.
  private static let greatestCount = 1 << 53

  /// Checks that the progress is consistent.
  ///
  /// - Parameter stepCount: The number of steps that the saved state names.
  /// - Returns: What is inconsistent, or `nil`.
  func problem(afterSteps stepCount: Int) -> String? {
    guard step == stepCount, 0...Self.greatestCount ~= step else {
      return "it has \(step) steps, and the state is of step \(stepCount)"
    }
    // Every epoch has at least one step.
    let bySteps = [
      ("epoch", epoch), ("batchIndex", batchIndex), ("bestStep", bestStep ?? 0),
      ("validatedStep", validatedStep ?? 0), ("window.stepCount", window.stepCount),
      ("window.clippedCount", window.clippedCount),
    ]
    for (name, value) in bySteps where !(0...step).contains(value) {
      return "'\(name)' is \(value) after \(step) steps"
    }
    let counts = [
      ("validationsSinceBest", validationsSinceBest),
      ("window.lossTokenCount", window.lossTokenCount), ("window.tokenCount", window.tokenCount),
      ("window.slotCount", window.slotCount), ("window.forcedCount", window.forcedCount),
      ("window.forcedTokenCount", window.forcedTokenCount),
    ]
    for (name, value) in counts where !(0...Self.greatestCount).contains(value) {
      return "'\(name)' is \(value)"
    }
    return nil
  }
}
