import RondoPlots
import RondoTraining

extension TrainingHistory {
  /// Draws the losses of training and validation.
  ///
  /// - Parameter stepsPerEpoch: The batches of an epoch, to count in epochs, or `nil` for steps.
  /// - Returns: A line for each.
  public func lossChart(stepsPerEpoch: Int? = nil) -> LineChart {
    let unit = 1 / Double(stepsPerEpoch ?? 1)
    var series = [
      LineChart.Series(
        "training", x: reports.map { Double($0.step) * unit }, y: reports.map(\.loss),
        smoothing: reports.count > 60 ? 0.6 : 0)
    ]
    let judged = validations.filter { $0.figures["loss"] != nil }
    if !judged.isEmpty {
      series.append(
        LineChart.Series(
          "validation", x: judged.map { Double($0.step) * unit },
          y: judged.map { $0.figures["loss"] ?? .nan }))
    }
    return LineChart(
      "Loss", xName: stepsPerEpoch == nil ? "Step" : "Epoch", yName: "nats per token",
      series: series)
  }
}
