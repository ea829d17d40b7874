import RondoModels
import RondoTraining

/// Training settings, independent of the task.
struct LearningSettings: SettingsGroup {
  /// The learning rate.
  var learningRate: Schedule
  /// The weight decay.
  var weightDecay = 0.0
  /// Label smoothing: the share of probability spread evenly over all tokens.
  var labelSmoothing = 0.0
  /// The gradient clipping, or none.
  var clipping: GradientClipping? = .norm(1)
  /// The probability of feeding the decoder the target token in training.
  var teacherForcing = Schedule.constant(1)
  /// What one coin of teacher forcing decides: batch, step or sample.
  var forcingGranularity = TeacherForcing.Granularity.sample
  /// The number of steps between two checkpoints besides those after a validation, or none.
  var checkpointInterval: Int?
  /// The seed of all random numbers.
  var seed: UInt64 = 7

  static let help = [
    "learningRate": "step size, a number or a schedule",
    "weightDecay": "pull towards zero",
    "labelSmoothing": "share of probability spread over all tokens",
    "clipping": "norm(1) for the gradients together, value(0.5) for each, or none",
    "teacherForcing": "how often the decoder reads the right token, a number or a schedule",
    "forcingGranularity": "what one coin of teacher forcing decides: batch, step or sample",
    "checkpointInterval": "steps between two further checkpoints, or none",
    "seed": "where all random numbers start",
  ]

  /// What is wrong with the settings, or `nil`.
  var problem: String? {
    guard (0..<1).contains(labelSmoothing) else { return "labelSmoothing is in 0..<1" }
    let rate = learningRate.byStep(stepsPerEpoch: 1)
    guard rate(0) >= 0, rate(1 << 50) >= 0 else { return "learningRate is 0 or above" }
    return weightDecay >= 0 && checkpointInterval ?? 1 > 0
      ? nil : "weightDecay is 0 or above, checkpointInterval above 0"
  }

  /// The teacher forcing of these settings.
  var forcing: TeacherForcing {
    TeacherForcing(rate: teacherForcing, granularity: forcingGranularity, seed: seed)
  }

  /// Creates the trainer of a model, with a fresh optimizer.
  func trainer(for model: Seq2Seq, limits: TrainingLimits) -> Trainer {
    Trainer(
      optimizer: AdamW(
        model.parameters, learningRate: learningRate(0), weightDecay: weightDecay),
      learningRate: learningRate, clipping: clipping, limits: limits)
  }
}
