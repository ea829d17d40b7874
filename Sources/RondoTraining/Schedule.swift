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

/// A number that changes as training proceeds, in closed form.
///
/// One type serves the learning rate, the share of teacher forcing, and the difficulty of a
/// curriculum. Steps count from 0; before the first and after the last step a schedule stays
/// where it is, it never runs past its end. With ``perEpoch`` it counts epochs in their place.
///
/// A schedule is written as it is printed, in recipes and on the command line:
/// `linear(from: 1, to: 0.5, over: 2000)`, or a plain number for one that never changes.
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
      // The first step is in the first epoch, however long that is.
      guard step <= 0 else {
        fatalError(
          "Schedule: \(self) counts epochs; say with byStep(stepsPerEpoch:) how long one is")
      }
      return value(after: 0)
    }
  }

  /// Returns the value at a step of an epoch, both counted from 0 and from the start of training.
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

  /// Creates a schedule that moves in a straight line, then stays.
  ///
  /// ```text
  /// s(i) = a + (b - a) min(1, i / n)
  /// ```
  public static func linear(from start: Double, to end: Double, over steps: Int) -> Schedule {
    Schedule(form: .linear(from: start, to: end, over: checked(steps)))
  }

  /// Creates a schedule that is multiplied by a factor at every step, down to a floor.
  ///
  /// ```text
  /// s(i) = max(floor, a dⁱ)
  /// ```
  public static func exponential(
    from start: Double = 1, decay: Double, floor: Double = 0
  ) -> Schedule {
    Schedule(form: .exponential(from: start, decay: decay, floor: floor))
  }

  /// Creates the schedule of scheduled sampling that falls late and then fast.
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

  /// Creates a schedule that follows half a period of a cosine, then stays.
  ///
  /// ```text
  /// s(i) = b + (a - b) (1 + cos(π min(1, i / n))) / 2
  /// ```
  public static func cosine(from start: Double, to end: Double, over steps: Int) -> Schedule {
    Schedule(form: .cosine(from: start, to: end, over: checked(steps)))
  }

  /// Creates the schedule of the Transformer: up in a straight line, then down as 1 / √i.
  ///
  /// - Source: Vaswani et al., [Attention Is All You Need](https://arxiv.org/abs/1706.03762),
  ///   2017, section 5.3.
  public static func inverseSquareRoot(peak: Double, warmUp steps: Int) -> Schedule {
    Schedule(form: .inverseSquareRoot(peak: peak, warmUp: checked(steps)))
  }

  /// Returns this schedule scaled up in a straight line over its first steps.
  public func warmingUp(over steps: Int) -> Schedule {
    var schedule = self
    schedule.warmUp = steps
    return schedule
  }

  // MARK: - Epochs

  /// This schedule with epochs in the place of steps: it stays the same within an epoch.
  ///
  /// `linear(from: 1, to: 0, over: 20).perEpoch` reaches 0 after twenty epochs.
  public var perEpoch: Schedule {
    guard !isPerEpoch else { return self }
    var schedule = self
    schedule.unit = .epoch(stepCount: nil)
    return schedule
  }

  /// Whether the schedule counts epochs and not steps.
  public var isPerEpoch: Bool { unit != .step }

  /// Returns the schedule for epochs of a known length, unchanged when it counts steps anyway.
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
