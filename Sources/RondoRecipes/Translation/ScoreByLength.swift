import RondoMetrics
import RondoPlots

/// The scores of a model by the length of the source.
struct ScoreByLength {
  /// The sources of some lengths.
  struct Group {
    let lengths: ClosedRange<Int>
    let count: Int
    let score: Double

    /// The lengths, in short form.
    var name: String {
      lengths.upperBound == .max
        ? "over \(lengths.lowerBound - 1)" : "\(lengths.lowerBound)–\(lengths.upperBound)"
    }
  }

  /// The lengths, in tokens, that are put together.
  static let bounds = [
    1...5, 6...10, 11...15, 16...20, 21...30, 31...50, 51...75, 76...100, 101...Int.max,
  ]

  /// The name of the metric.
  let measure: String
  /// The groups that are not empty, the shortest first.
  let groups: [Group]

  /// The scores as a table.
  var table: Evaluation.Table {
    Evaluation.Table(
      title: "\(measure) by source length", columns: ["source tokens", "sentences", measure],
      rows: groups.map { [$0.name, "\($0.count)", $0.score.rounded(places: 2)] })
  }

  /// The scores as bars.
  var chart: BarChart {
    BarChart(
      "\(measure) by source length", categories: groups.map(\.name), xName: "source tokens",
      yName: measure, series: [.init(measure, groups.map(\.score))])
  }
}
