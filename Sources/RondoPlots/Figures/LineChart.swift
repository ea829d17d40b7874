/// Numbers over time, or over any other number: one line for each series.
///
/// ```swift
/// let chart = LineChart(
///   "Loss", xName: "Epoch", yName: "Loss (nats per token)",
///   series: [.init("training", y: training), .init("validation", y: validation)])
/// ```
///
/// A number that is not finite leaves a gap. Long series keep their extremes when they are
/// thinned to the width of the picture.
public struct LineChart: Figure {
  /// One line.
  public struct Series: Sendable {
    /// What the line shows.
    public let name: String
    /// The numbers along the x axis.
    public let x: [Double]
    /// The numbers along the y axis, as many as along the x axis.
    public let y: [Double]
    /// Whether the line is dashed, as a baseline usually is.
    public let isDashed: Bool
    /// From 0 to 1, how much of its past each point of the line keeps; the numbers themselves
    /// stay visible, but faint.
    public let smoothing: Double

    /// Creates a line through points.
    ///
    /// - Parameters:
    ///   - name: What the line shows.
    ///   - x: The numbers along the x axis, or `nil` for 0, 1, 2, …
    ///   - y: The numbers along the y axis.
    ///   - isDashed: Whether the line is dashed.
    ///   - smoothing: From 0 to 1, how much of its past each point of the line keeps.
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

  /// What the picture shows, in a few words.
  public let title: String
  /// What the x axis counts.
  public let xName: String
  /// What the y axis measures.
  public let yName: String
  /// The lines.
  public let series: [Series]
  /// How the x axis is laid out.
  public let xScale: AxisScale
  /// How the y axis is laid out.
  public let yScale: AxisScale
  /// Words for x = 0, 1, 2, … instead of numbers, such as the tokens of a sentence.
  public let xLabels: [String]?

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - title: What the picture shows.
  ///   - xName: What the x axis counts.
  ///   - yName: What the y axis measures.
  ///   - series: The lines.
  ///   - xScale: How the x axis is laid out.
  ///   - yScale: How the y axis is laid out.
  ///   - xLabels: Words for x = 0, 1, 2, … instead of numbers.
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

  /// The picture in words.
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

  /// Returns the word that stands for a number on the x axis.
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

  /// The stretches between gaps.
  func stretches(_ xScale: AxisScale, _ yScale: AxisScale) -> [[Point]] {
    zip(x, y).map { x, y in
      Axis.isDrawable(x, on: xScale) && Axis.isDrawable(y, on: yScale) ? Point(x: x, y: y) : nil
    }
    .split(separator: nil).map { $0.compactMap(\.self) }
  }

  /// The line with each point drawn towards its past; the mean of what was seen so far starts it.
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
