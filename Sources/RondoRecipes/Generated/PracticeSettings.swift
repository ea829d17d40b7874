/// How long a task is practised whose examples are made, and on how many it is judged.
struct PracticeSettings: SettingsGroup {
  /// How many examples are trained on.
  var exampleCount: Int
  /// How many examples are held out and never trained on.
  var heldOutCount = 1_000
  /// Examples in a batch.
  var batchSize = 64
  /// How many batches are learned from.
  var stepCount: Int
  /// Steps between two validations.
  var validationInterval: Int

  static let help = [
    "exampleCount": "examples to train on",
    "heldOutCount": "examples held out and never trained on",
    "batchSize": "examples in a batch",
    "stepCount": "batches to learn from",
    "validationInterval": "steps between two validations",
  ]

  /// Why nothing can be practised like this, or `nil`.
  var problem: String? {
    let counts = [exampleCount, heldOutCount, batchSize, stepCount, validationInterval]
    if counts.contains(where: { $0 < 1 }) { return "counts and intervals are above 0" }
    return exampleCount <= 10_000_000 ? nil : "exampleCount is at most 10000000"
  }
}
