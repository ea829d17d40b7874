#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The scale of an axis.
public enum AxisScale: Hashable, Sendable {
  /// Equal differences have equal distances.
  case linear
  /// Equal ratios have equal distances; zero and negative numbers leave gaps.
  case logarithmic
}

/// A mark on an axis.
struct Tick: Hashable, Sendable {
  let value: Double
  let label: String
}

/// An axis fitted to data: its domain and its ticks.
struct Axis: Sendable {
  let scale: AxisScale
  /// The numbers at both ends.
  let domain: ClosedRange<Double>
  let ticks: [Tick]
  /// Faint lines between the ticks of a logarithmic axis.
  let minorTicks: [Double]

  /// Fits an axis to data.
  ///
  /// - Parameters:
  ///   - values: The data; values that cannot be drawn are left out.
  ///   - scale: The scale of the axis.
  ///   - tickCount: The approximate number of ticks.
  ///   - isTight: Whether the axis may end where the data ends, between two ticks.
  init(over values: [Double], scale: AxisScale, tickCount: Int, isTight: Bool = false) {
    let drawable = values.filter { Self.isDrawable($0, on: scale) }
    self.scale = scale
    let (low, high) = (drawable.min() ?? 1, drawable.max() ?? 1)
    switch scale {
    case .linear:
      let (low, high) = Self.opened(low, high)
      let isWhole = drawable.allSatisfy { $0 == $0.rounded() } && high - low >= 1
      let ticks = Ticks.linear(from: low, to: high, count: tickCount, isWhole: isWhole && isTight)
      let (first, last) = (ticks[0].value, ticks[ticks.count - 1].value)
      // A little extra room is worth ending on a tick; much more is wasted.
      let slack = isTight ? 0.05 * (high - low) : .infinity
      let start = low - first <= slack ? min(first, low) : low
      let end = last - high <= slack ? max(last, high) : high
      domain = start...end
      let inside = domain
      self.ticks = ticks.filter { inside.contains($0.value) }
      minorTicks = []
    case .logarithmic:
      ticks = Ticks.logarithmic(from: low, to: high, count: tickCount)
      domain = ticks[0].value...ticks[ticks.count - 1].value
      minorTicks = Ticks.minor(in: domain)
    }
  }

  /// Returns the position of a number along the axis, from 0 to 1, or `nil` if it cannot be drawn.
  func position(of value: Double) -> Double? {
    guard Self.isDrawable(value, on: scale) else { return nil }
    switch scale {
    case .linear:
      return (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    case .logarithmic:
      return log(value / domain.lowerBound) / log(domain.upperBound / domain.lowerBound)
    }
  }

  /// Whether a number can be drawn on an axis at all.
  static func isDrawable(_ value: Double, on scale: AxisScale) -> Bool {
    switch scale {
    case .linear: value.isFinite && value.magnitude < 1e150
    case .logarithmic: value.isFinite && value > 1e-150 && value < 1e150
    }
  }

  /// Returns a wider range where all data is one number.
  private static func opened(_ low: Double, _ high: Double) -> (Double, Double) {
    let size = max(low.magnitude, high.magnitude)
    if high - low > max(1e-9 * size, 1e-290) { return (low, high) }
    return size < 1e-290 ? (0, 1) : (low - 0.1 * size, high + 0.1 * size)
  }
}
