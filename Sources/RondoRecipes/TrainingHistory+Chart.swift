import RondoPlots
import RondoTraining

extension TrainingHistory {
  /// The losses of training and validation, by epoch where its length is known and else by step.
  public var lossChart: LineChart {
    let stepsPerEpoch = reports.last?.stepsPerEpoch
    let unit = Double(stepsPerEpoch ?? 1)
    var series = [
      LineChart.Series(
        "training", x: reports.map { Double($0.step) / unit }, y: reports.map(\.loss),
        smoothing: reports.count > 60 ? 0.6 : 0)
    ]
    let judged = validations.filter { $0.figures["loss"] != nil }
    if !judged.isEmpty {
      series.append(
        LineChart.Series(
          "validation", x: judged.map { Double($0.step) / unit },
          y: judged.map { $0.figures["loss"] ?? .nan }))
    }
    return LineChart(
      "Loss", xName: stepsPerEpoch == nil ? "Step" : "Epoch", yName: "Loss (nats per token)",
      series: series)
  }
}
