/// Numbers side by side: a group of bars for each category, a bar for each series.
///
/// ```swift
/// let chart = BarChart(
///   "Time per step", categories: ["GRU", "LSTM"], yName: "ms",
///   series: [.init("Rondo", [4.1, 5.0]), .init("PyTorch", [6.3, 7.9])])
/// ```
///
/// Bars begin at zero. A number that is not finite has no bar.
public struct BarChart: Figure {
  /// The bars of one colour.
  public struct Series: Sendable {
    /// What the bars show.
    public let name: String
    /// A number for each category.
    public let values: [Double]

    /// Creates the bars of one colour.
    ///
    /// - Parameters:
    ///   - name: What the bars show.
    ///   - values: A number for each category.
    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What the picture shows, in a few words.
  public let title: String
  /// The name of each group of bars.
  public let categories: [String]
  /// What the categories are.
  public let xName: String
  /// What the bars measure.
  public let yName: String
  /// The bars by colour.
  public let series: [Series]

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - title: What the picture shows.
  ///   - categories: The name of each group of bars.
  ///   - xName: What the categories are.
  ///   - yName: What the bars measure.
  ///   - series: The bars by colour, each with a number for every category.
  public init(
    _ title: String, categories: [String], xName: String = "", yName: String, series: [Series]
  ) {
    for bars in series where bars.values.count != categories.count {
      fatalError(
        "BarChart expects \(categories.count) numbers and \(bars.name) has \(bars.values.count)")
    }
    self.title = title
    self.categories = categories
    self.xName = xName
    self.yName = yName
    self.series = series
  }

  /// The picture in words.
  public var summary: String {
    let groups = categories.enumerated().map { place, category in
      let bars = series.map { bars in
        (series.count > 1 ? "\(bars.name) " : "") + bars.values[place].short
      }
      return "\(category): \(bars.joined(separator: ", "))"
    }
    return "Bar chart of \(yName). " + groups.joined(separator: "; ") + "."
  }

  /// The numbers behind the picture.
  public var table: DataTable {
    DataTable(
      columns: [xName.isEmpty ? "category" : xName] + series.map(\.name),
      rows: categories.indices.map { place in
        [categories[place]] + series.map { $0.values[place].short }
      })
  }

  func axis(tickCount: Int) -> Axis {
    Axis(over: series.flatMap(\.values) + [0], scale: .linear, tickCount: tickCount)
  }
}
