import RondoPlots
import RondoTraining

/// A comparison of schedules, before anything is trained with them.
public struct ScheduleView: Sendable {
  /// The schedules and their names.
  public let schedules: [(name: String, schedule: Schedule)]
  /// The number of epochs shown, from epoch 0.
  public let epochCount: Int
  /// The name of the values on the axis.
  public let valueName: String

  /// Creates a view.
  ///
  /// - Parameters:
  ///   - schedules: The schedules and their names.
  ///   - epochCount: The number of epochs, or of steps, shown.
  ///   - valueName: The name of the values on the axis.
  public init(
    _ schedules: [(name: String, schedule: Schedule)], over epochCount: Int,
    valueName: String = "Value"
  ) {
    self.schedules = schedules.map { ($0, $1.byStep(stepsPerEpoch: 1)) }
    self.epochCount = epochCount
    self.valueName = valueName
  }

  /// Four ways to reduce teacher forcing within a hundred epochs.
  ///
  /// - Parameter epochCount: The number of epochs shown.
  /// - Returns: The probability of feeding the target token, by epoch.
  public static func teacherForcing(over epochCount: Int = 100) -> ScheduleView {
    ScheduleView(
      [
        ("linear", .linear(from: 1, to: 0, over: 100)),
        ("exponential", .exponential(decay: 0.97)),
        ("inverse sigmoid", .inverseSigmoid(steepness: 10)),
        ("cosine", .cosine(from: 1, to: 0, over: 100)),
      ], over: epochCount, valueName: "Probability")
  }

  /// A line for each schedule.
  public var chart: LineChart {
    let epochs = Array(0..<epochCount)
    return LineChart(
      "Schedules", xName: "Epoch", yName: valueName,
      series: schedules.map { name, schedule in
        .init(name, x: epochs.map(Double.init), y: epochs.map { schedule($0) })
      })
  }

  /// The values at the beginning, after each quarter, and at the end.
  public var table: Evaluation.Table {
    let epochs = [0, epochCount / 4, epochCount / 2, 3 * epochCount / 4, epochCount - 1]
    return Evaluation.Table(
      title: "Values", columns: ["schedule"] + epochs.map { "epoch \($0)" },
      rows: schedules.map { name, schedule in
        [name] + epochs.map { schedule($0).rounded(places: 4) }
      })
  }
}
