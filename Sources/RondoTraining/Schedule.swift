#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A number that changes during training, given by a closed formula.
///
/// One type serves the learning rate, the teacher forcing rate, and the difficulty of a
/// curriculum. Steps count from 0; before its first and after its last step a schedule keeps its
/// first or last value. With ``perEpoch`` it counts epochs instead of steps.
///
/// Recipes and the command line write a schedule as it is printed:
/// `linear(from: 1, to: 0.5, over: 2000)`, or a plain number for a constant one.
public struct Schedule: Sendable, Equatable {
  /// The shapes that a schedule can have.
  enum Form: Sendable, Equatable {
    case constant(Double)
    case linear(from: Double, to: Double, over: Int)
    case exponential(from: Double, decay: Double, floor: Double)
    case inverseSigmoid(steepness: Double)
    case cosine(from: Double, to: Double, over: Int)
    case inverseSquareRoot(peak: Double, warmUp: Int)
  }

  /// What a schedule counts.
  enum Unit: Sendable, Equatable {
    case step
    case epoch(stepCount: Int?)
  }

  let form: Form
  var warmUp = 0
  var unit = Unit.step

  /// Returns the value at a step.
  ///
  /// A schedule that counts epochs must know how many steps an epoch has; see
  /// ``byStep(stepsPerEpoch:)``.
  public func callAsFunction(_ step: Int) -> Double {
    switch unit {
    case .step: return value(after: step)
    case .epoch(let count?): return value(after: max(0, step) / count)
    case .epoch(nil):
      // The first step is in the first epoch, whatever the length of an epoch.
      guard step <= 0 else {
        fatalError(
          "Schedule: \(self) counts epochs; say with byStep(stepsPerEpoch:) how long one is")
      }
      return value(after: 0)
    }
  }

  /// Returns the value at a step and epoch, both counted from 0 and from the start of training.
  func callAsFunction(step: Int, epoch: Int) -> Double { value(after: isPerEpoch ? epoch : step) }

  private func value(after count: Int) -> Double {
    let value = value(at: max(0, count))
    guard count < warmUp, warmUp > 0 else { return value }
    return value * Double(max(0, count) + 1) / Double(warmUp)
  }

  private func value(at step: Int) -> Double {
    switch form {
    case .constant(let value):
      value
    case .linear(let start, let end, let steps):
      start + (end - start) * progress(step, steps)
    case .exponential(let start, let decay, let floor):
      max(floor, start * pow(decay, Double(step)))
    case .inverseSigmoid(let steepness):
      steepness / (steepness + exp(Double(step) / steepness))
    case .cosine(let start, let end, let steps):
      end + (start - end) * (1 + cos(.pi * progress(step, steps))) / 2
    case .inverseSquareRoot(let peak, let warmUp):
      peak
        * min(Double(step + 1) / Double(warmUp), (Double(warmUp) / Double(step + 1)).squareRoot())
    }
  }

  private func progress(_ step: Int, _ steps: Int) -> Double {
    min(1, Double(step) / Double(steps))
  }
}

// MARK: - Shapes

extension Schedule {
  /// Creates a schedule that never changes.
  public static func constant(_ value: Double) -> Schedule { Schedule(form: .constant(value)) }

  /// Creates a linear schedule, constant after its end.
  ///
  /// ```text
  /// s(i) = a + (b - a) min(1, i / n)
  /// ```
  public static func linear(from start: Double, to end: Double, over steps: Int) -> Schedule {
    Schedule(form: .linear(from: start, to: end, over: checked(steps)))
  }

  /// Creates a schedule that is multiplied by a factor at every step, down to a minimum.
  ///
  /// ```text
  /// s(i) = max(floor, a dⁱ)
  /// ```
  public static func exponential(
    from start: Double = 1, decay: Double, floor: Double = 0
  ) -> Schedule {
    Schedule(form: .exponential(from: start, decay: decay, floor: floor))
  }

  /// Creates the inverse sigmoid decay of scheduled sampling, which is slow at first and then fast.
  ///
  /// ```text
  /// s(i) = k / (k + exp(i / k))
  /// ```
  ///
  /// It begins at k / (k + 1), which is below 1: 0.83 for k = 5.
  ///
  /// - Source: Bengio et al., [Scheduled Sampling for Sequence Prediction with Recurrent Neural
  ///   Networks](https://arxiv.org/abs/1506.03099), 2015, section 2.4.
  public static func inverseSigmoid(steepness: Double) -> Schedule {
    guard steepness > 0 else {
      fatalError("Schedule: expected a steepness above 0 and found \(steepness)")
    }
    return Schedule(form: .inverseSigmoid(steepness: steepness))
  }

  /// Creates a schedule that follows half a period of a cosine, constant after its end.
  ///
  /// ```text
  /// s(i) = b + (a - b) (1 + cos(π min(1, i / n))) / 2
  /// ```
  public static func cosine(from start: Double, to end: Double, over steps: Int) -> Schedule {
    Schedule(form: .cosine(from: start, to: end, over: checked(steps)))
  }

  /// Creates the schedule of the Transformer: linear warmup, then decay as 1 / √i.
  ///
  /// - Source: Vaswani et al., [Attention Is All You Need](https://arxiv.org/abs/1706.03762),
  ///   2017, section 5.3.
  public static func inverseSquareRoot(peak: Double, warmUp steps: Int) -> Schedule {
    Schedule(form: .inverseSquareRoot(peak: peak, warmUp: checked(steps)))
  }

  /// Returns this schedule with a linear warmup over its first steps.
  public func warmingUp(over steps: Int) -> Schedule {
    var schedule = self
    schedule.warmUp = steps
    return schedule
  }

  // MARK: - Epochs

  /// This schedule counted in epochs instead of steps: it is constant within an epoch.
  ///
  /// `linear(from: 1, to: 0, over: 20).perEpoch` reaches 0 after twenty epochs.
  public var perEpoch: Schedule {
    guard !isPerEpoch else { return self }
    var schedule = self
    schedule.unit = .epoch(stepCount: nil)
    return schedule
  }

  /// Whether the schedule counts epochs instead of steps.
  public var isPerEpoch: Bool { unit != .step }

  /// Returns the schedule for epochs of a known length, unchanged when it counts steps.
  public func byStep(stepsPerEpoch: Int) -> Schedule {
    var schedule = self
    if isPerEpoch { schedule.unit = .epoch(stepCount: Self.checked(stepsPerEpoch)) }
    return schedule
  }

  private static func checked(_ steps: Int) -> Int {
    guard steps > 0 else { fatalError("Schedule: expected at least one step and found \(steps)") }
    return steps
  }
}
