import RondoModels
import RondoTraining

/// How a model learns, whatever it learns from.
struct LearningSettings: SettingsGroup {
  /// The step size.
  var learningRate: Schedule
  /// The pull towards zero.
  var weightDecay = 0.0
  /// The share of probability spread over all tokens.
  var labelSmoothing = 0.0
  /// How gradients are kept from exploding, or none.
  var clipping: GradientClipping? = .norm(1)
  /// How often the decoder reads the right token in training.
  var teacherForcing = Schedule.constant(1)
  /// What one coin of teacher forcing decides: batch, step or sample.
  var forcingGranularity = TeacherForcing.Granularity.sample
  /// Steps between two checkpoints beside those after a validation, or none.
  var checkpointInterval: Int?
  /// Where all random numbers start.
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

  /// Why nothing can be learned like this, or `nil`.
  var problem: String? {
    guard (0..<1).contains(labelSmoothing) else { return "labelSmoothing is in 0..<1" }
    let rate = learningRate.byStep(stepsPerEpoch: 1)
    guard rate(0) >= 0, rate(1 << 50) >= 0 else { return "learningRate is 0 or above" }
    return weightDecay >= 0 && checkpointInterval ?? 1 > 0
      ? nil : "weightDecay is 0 or above, checkpointInterval above 0"
  }

  /// The coins of teacher forcing.
  var forcing: TeacherForcing {
    TeacherForcing(rate: teacherForcing, granularity: forcingGranularity, seed: seed)
  }

  /// Makes the trainer of a model, with an optimizer that has seen nothing.
  func trainer(for model: Seq2Seq, limits: TrainingLimits) -> Trainer {
    Trainer(
      optimizer: AdamW(
        model.parameters, learningRate: learningRate(0), weightDecay: weightDecay),
      learningRate: learningRate, clipping: clipping, limits: limits)
  }
}
