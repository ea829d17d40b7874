/// A grouped bar chart: a group of bars for each category, a bar for each series.
///
/// ```swift
/// let chart = BarChart(
///   "Time per step", categories: ["GRU", "LSTM"], yName: "ms",
///   series: [.init("Rondo", [4.1, 5.0]), .init("PyTorch", [6.3, 7.9])])
/// ```
///
/// Bars begin at zero. A number that is not finite has no bar.
public struct BarChart: Figure {
  /// A series: the bars of one colour.
  public struct Series: Sendable {
    /// The name in the legend.
    public let name: String
    /// One number for each category.
    public let values: [Double]

    /// Creates a series.
    ///
    /// - Parameters:
    ///   - name: The name in the legend.
    ///   - values: One number for each category.
    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// The title.
  public let title: String
  /// The name of each group of bars.
  public let categories: [String]
  /// The name of the category axis.
  public let xName: String
  /// The name of the value axis, usually with its unit.
  public let yName: String
  /// The series.
  public let series: [Series]

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - categories: The name of each group of bars.
  ///   - xName: The name of the category axis.
  ///   - yName: The name of the value axis, usually with its unit.
  ///   - series: The series, each with one number for every category.
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

  /// A text description of the picture.
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
