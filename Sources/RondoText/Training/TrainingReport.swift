/// Where a trainer is.
public struct TokenizerProgress: Hashable, Sendable {
  /// What it does, such as `counting pairs`.
  public let phase: String
  /// How much of that is done.
  public let completed: Int
  /// How much there is to do.
  public let total: Int
}

/// What training a tokenizer took.
public struct TrainingReport: Hashable, Sendable {
  /// A part of the work and its time.
  public struct Phase: Hashable, Sendable {
    /// What was done.
    public let name: String
    /// How long it took.
    public let duration: Duration
  }

  /// The parts of the work in order.
  public internal(set) var phases: [Phase] = []
  /// The number of different words, or sentences, that were learned from.
  public internal(set) var wordCount = 0
  /// The most memory, in bytes, that the trainer's tables took at a time.
  public internal(set) var peakMemory = 0

  /// The time of all parts.
  public var duration: Duration { phases.reduce(.zero) { $0 + $1.duration } }

  /// Notes how much memory is in use now.
  mutating func note(memory: Int) { peakMemory = max(peakMemory, memory) }
}

/// Measures the parts of a trainer's work, one after another.
struct Stopwatch {
  private var start = ContinuousClock.now

  /// Returns the part that ends here.
  mutating func lap(_ name: String) -> TrainingReport.Phase {
    let now = ContinuousClock.now
    defer { start = now }
    return TrainingReport.Phase(name: name, duration: now - start)
  }
}
