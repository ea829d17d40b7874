/// The amounts of generated data, and of training on it.
struct PracticeSettings: SettingsGroup {
  /// The number of training examples.
  var exampleCount: Int
  /// The number of held-out examples.
  var heldOutCount = 1_000
  /// The number of examples in a batch.
  var batchSize = 64
  /// The number of training steps.
  var stepCount: Int
  /// The number of steps between two validations.
  var validationInterval: Int

  static let help = [
    "exampleCount": "examples to train on",
    "heldOutCount": "examples held out and never trained on",
    "batchSize": "examples in a batch",
    "stepCount": "batches to learn from",
    "validationInterval": "steps between two validations",
  ]

  /// What is wrong with the settings, or `nil`.
  var problem: String? {
    let counts = [exampleCount, heldOutCount, batchSize, stepCount, validationInterval]
    if counts.contains(where: { $0 < 1 }) { return "counts and intervals are above 0" }
    return exampleCount <= 10_000_000 ? nil : "exampleCount is at most 10000000"
  }
}
