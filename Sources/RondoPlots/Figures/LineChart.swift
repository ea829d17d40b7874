/// A line chart: numbers over time, or over any other number, one line for each series.
///
/// ```swift
/// let chart = LineChart(
///   "Loss", xName: "Epoch", yName: "Loss (nats per token)",
///   series: [.init("training", y: training), .init("validation", y: validation)])
/// ```
///
/// A number that is not finite leaves a gap. Long series keep their extremes when they are
/// thinned to the resolution of the picture.
public struct LineChart: Figure {
  /// A series: one line.
  public struct Series: Sendable {
    /// The name in the legend.
    public let name: String
    /// The x coordinates.
    public let x: [Double]
    /// The y coordinates, as many as x coordinates.
    public let y: [Double]
    /// Whether the line is dashed, as a baseline usually is.
    public let isDashed: Bool
    /// The decay, from 0 to 1, of an exponential moving average; the original numbers stay
    /// visible, but faint.
    public let smoothing: Double

    /// Creates a series.
    ///
    /// - Parameters:
    ///   - name: The name in the legend.
    ///   - x: The x coordinates, or `nil` for 0, 1, 2, …
    ///   - y: The y coordinates.
    ///   - isDashed: Whether the line is dashed.
    ///   - smoothing: The decay, from 0 to 1, of an exponential moving average.
    public init(
      _ name: String, x: [Double]? = nil, y: [Double], isDashed: Bool = false,
      smoothing: Double = 0
    ) {
      let x = x ?? y.indices.map(Double.init)
      guard x.count == y.count else {
        fatalError("LineChart.Series expects as many x as y and got \(x.count) and \(y.count)")
      }
      guard (0..<1).contains(smoothing) else {
        fatalError("LineChart.Series expects smoothing in 0..<1 and got \(smoothing)")
      }
      self.name = name
      self.x = x
      self.y = y
      self.isDashed = isDashed
      self.smoothing = smoothing
    }
  }

  /// The title.
  public let title: String
  /// The name of the x axis.
  public let xName: String
  /// The name of the y axis, usually with its unit.
  public let yName: String
  /// The series.
  public let series: [Series]
  /// The scale of the x axis.
  public let xScale: AxisScale
  /// The scale of the y axis.
  public let yScale: AxisScale
  /// Labels for x = 0, 1, 2, … instead of numbers, such as the tokens of a sentence.
  public let xLabels: [String]?

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - xName: The name of the x axis.
  ///   - yName: The name of the y axis, usually with its unit.
  ///   - series: The series.
  ///   - xScale: The scale of the x axis.
  ///   - yScale: The scale of the y axis.
  ///   - xLabels: Labels for x = 0, 1, 2, … instead of numbers.
  public init(
    _ title: String, xName: String, yName: String, series: [Series], xScale: AxisScale = .linear,
    yScale: AxisScale = .linear, xLabels: [String]? = nil
  ) {
    self.title = title
    self.xName = xName
    self.yName = yName
    self.series = series
    self.xScale = xScale
    self.yScale = yScale
    self.xLabels = xLabels
  }

  /// A text description of the picture.
  public var summary: String {
    let lines = series.map { line in
      let points = line.drawablePoints(xScale, yScale)
      guard let first = points.first, let last = points.last else { return "\(line.name): no data" }
      let low = points.map(\.y).min() ?? first.y
      return "\(line.name): from \(first.y.short) to \(last.y.short), least \(low.short)"
    }
    return "Line chart of \(yName) over \(xName). " + lines.joined(separator: "; ") + "."
  }

  /// The numbers behind the picture.
  public var table: DataTable {
    let places = Set(series.flatMap(\.x)).sorted()
    let columns = series.map { Dictionary(zip($0.x, $0.y)) { first, _ in first } }
    return DataTable(
      columns: [xName] + series.map(\.name),
      rows: places.map { x in
        [xLabel(at: x) ?? x.short] + columns.map { $0[x]?.short ?? "" }
      })
  }

  /// Returns the label of a number on the x axis.
  func xLabel(at x: Double) -> String? {
    guard let xLabels, x >= 0, x < Double(xLabels.count), x == x.rounded() else { return nil }
    return xLabels[Int(x)]
  }

  func xAxis(tickCount: Int) -> Axis {
    let wordPlaces: [Double] = xLabels.map { [0, Double(max(1, $0.count - 1))] } ?? []
    return Axis(
      over: series.flatMap(\.x) + wordPlaces, scale: xScale, tickCount: tickCount, isTight: true)
  }

  func yAxis(tickCount: Int) -> Axis {
    Axis(over: series.flatMap(\.y), scale: yScale, tickCount: tickCount)
  }
}

extension LineChart.Series {
  struct Point: Equatable, Sendable {
    let x: Double
    let y: Double
  }

  func drawablePoints(_ xScale: AxisScale, _ yScale: AxisScale) -> [Point] {
    zip(x, y).filter { Axis.isDrawable($0, on: xScale) && Axis.isDrawable($1, on: yScale) }
      .map { Point(x: $0, y: $1) }
  }

  /// The contiguous runs between gaps.
  func stretches(_ xScale: AxisScale, _ yScale: AxisScale) -> [[Point]] {
    zip(x, y).map { x, y in
      Axis.isDrawable(x, on: xScale) && Axis.isDrawable(y, on: yScale) ? Point(x: x, y: y) : nil
    }
    .split(separator: nil).map { $0.compactMap(\.self) }
  }

  /// The exponential moving average of the line, with the bias correction of its first points.
  var smoothed: LineChart.Series {
    var (sum, weight) = (0.0, 0.0)
    let smooth = y.map { value in
      guard value.isFinite else { return value }
      sum = smoothing * sum + (1 - smoothing) * value
      weight = smoothing * weight + (1 - smoothing)
      return sum / weight
    }
    return LineChart.Series(name, x: x, y: smooth, isDashed: isDashed)
  }
}
