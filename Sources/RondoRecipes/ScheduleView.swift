import RondoPlots
import RondoTraining

/// A comparison of schedules, before anything is trained with them.
public struct ScheduleView: Sendable {
  /// The schedules and their names.
  public let schedules: [(name: String, schedule: Schedule)]
  /// The number of epochs shown, from epoch 0.
  public let epochCount: Int

  /// Creates a view.
  ///
  /// - Parameters:
  ///   - schedules: The schedules and their names.
  ///   - epochCount: The number of epochs, or of steps, shown.
  public init(_ schedules: [(name: String, schedule: Schedule)], over epochCount: Int) {
    self.schedules = schedules.map { ($0, $1.byStep(stepsPerEpoch: 1)) }
    self.epochCount = epochCount
  }

  /// Four ways to reduce teacher forcing over a hundred epochs.
  public static let teacherForcing = ScheduleView(
    [
      ("linear", .linear(from: 1, to: 0, over: 100)),
      ("exponential", .exponential(decay: 0.97)),
      ("inverse sigmoid", .inverseSigmoid(steepness: 10)),
      ("cosine", .cosine(from: 1, to: 0, over: 100)),
    ], over: 100)

  /// A line for each schedule.
  public var chart: LineChart {
    let epochs = Array(0..<epochCount)
    return LineChart(
      "Schedules", xName: "Epoch", yName: "value",
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
