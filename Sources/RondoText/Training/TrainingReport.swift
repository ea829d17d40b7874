/// A progress report of a trainer.
public struct TokenizerProgress: Hashable, Sendable {
  /// The current phase, such as `counting pairs`.
  public let phase: String
  /// The amount of work done in this phase.
  public let completed: Int
  /// The total amount of work in this phase.
  public let total: Int
}

/// The time and memory that training a tokenizer took.
public struct TrainingReport: Hashable, Sendable {
  /// A phase of the work and its duration.
  public struct Phase: Hashable, Sendable {
    /// The name of the phase.
    public let name: String
    /// The duration of the phase.
    public let duration: Duration
  }

  /// The phases in order.
  public internal(set) var phases: [Phase] = []
  /// The number of distinct words, or sentences, in the training data.
  public internal(set) var wordCount = 0
  /// The peak memory use of the trainer's tables, in bytes.
  public internal(set) var peakMemory = 0

  /// The total duration.
  public var duration: Duration { phases.reduce(.zero) { $0 + $1.duration } }

  /// Records the current memory use.
  mutating func note(memory: Int) { peakMemory = max(peakMemory, memory) }
}

/// Measures the phases of a trainer's work, one after another.
struct Stopwatch {
  private var start = ContinuousClock.now

  /// Returns the phase that ends now.
  mutating func lap(_ name: String) -> TrainingReport.Phase {
    let now = ContinuousClock.now
    defer { start = now }
    return TrainingReport.Phase(name: name, duration: now - start)
  }
}
