#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Round numbers for an axis.
enum Ticks {
  /// Returns ticks at multiples of a round step, the first at or below the data and the last at
  /// or above it.
  ///
  /// Among the steps that give about the desired count, the best wastes little room and is round.
  /// Counts, such as epochs, get whole steps.
  static func linear(
    from low: Double, to high: Double, count: Int, isWhole: Bool = false
  ) -> [Tick] {
    let span = high - low
    let power = pow(10, log10(span / Double(max(1, count))).rounded(.down))
    let steps = [
      Step(0.5 * power, cost: 0.02), Step(power, cost: 0), Step(2 * power, cost: 0.02),
      Step(2.5 * power, cost: 0.1), Step(5 * power, cost: 0.02), Step(10 * power, cost: 0),
      Step(20 * power, cost: 0.02),
    ].filter { !isWhole || $0.isWhole }

    let choices = (steps.isEmpty ? [Step(1, cost: 0)] : steps).map { step in
      let first = (low / step.size + 1e-9).rounded(.down)
      let last = max(first + 1, (high / step.size - 1e-9).rounded(.up))
      let waste = (last - first) * step.size / span - 1
      let crowding = abs(last - first - Double(count)) / Double(max(1, count))
      return (step: step.size, multiples: first...last, cost: step.cost + waste + 0.6 * crowding)
    }
    let best = choices.min { $0.cost < $1.cost } ?? choices[0]
    let (first, last) = (best.multiples.lowerBound, best.multiples.upperBound)
    let values = stride(from: first, through: last, by: 1).map { $0 * best.step }
    return labelled(values, step: best.step)
  }

  /// A distance between ticks, with its penalty.
  private struct Step {
    let size: Double
    let cost: Double

    init(_ size: Double, cost: Double) {
      self.size = size
      self.cost = cost
    }

    var isWhole: Bool { size >= 1 && size == size.rounded() }
  }

  /// Returns ticks at powers of ten, or at 1, 2 and 5 times those where there are few.
  static func logarithmic(from low: Double, to high: Double, count: Int) -> [Tick] {
    let first = Int((log10(low) + 1e-9).rounded(.down))
    let last = max(first + 1, Int((log10(high) - 1e-9).rounded(.up)))
    if last - first <= 2 {
      let all = (first...last).flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
      let start = all.lastIndex { $0 <= low * (1 + 1e-9) } ?? 0
      let end = all.firstIndex { $0 >= high * (1 - 1e-9) } ?? all.count - 1
      return all[start...max(start + 1, end)].map { Tick(value: $0, label: $0.short) }
    }
    // Powers are multiples of the stride, so that 1 is among them wherever it is in range.
    let stride = (last - first + count - 1) / max(1, count)
    let start = Int((Double(first) / Double(stride)).rounded(.down)) * stride
    let powers = Swift.stride(from: start, through: last + stride - 1, by: stride)
    let isPlain = first >= -3 && last <= 4
    return powers.map {
      let value = pow(10, Double($0))
      return Tick(value: value, label: isPlain ? value.short : "10" + superscript($0))
    }
  }

  /// Returns 2 to 9 times each power of ten, unless the range is too long for them.
  static func minor(in domain: ClosedRange<Double>) -> [Double] {
    let first = Int(log10(domain.lowerBound).rounded(.down))
    let last = Int(log10(domain.upperBound).rounded(.up))
    guard last - first <= 6 else { return [] }
    return (first...last).flatMap { power in (2...9).map { Double($0) * pow(10, Double(power)) } }
      .filter { domain.contains($0) }
  }

  /// Labels multiples of a step with as many decimal places as the step has.
  private static func labelled(_ values: [Double], step: Double) -> [Tick] {
    let size = values.map(\.magnitude).max() ?? 1
    let unit: (scale: Double, name: String) =
      switch size {
      case 1e12...: (pow(10, log10(size).rounded(.down)), "e\(Int(log10(size).rounded(.down)))")
      case 1e9...: (1e9, "G")
      case 1e6...: (1e6, "M")
      case 1e4...: (1e3, "k")
      case ..<1e-3: (pow(10, log10(size).rounded(.down)), "e\(Int(log10(size).rounded(.down)))")
      default: (1, "")
      }
    let digits =
      (0...12).first { digits in
        let scaled = step / unit.scale * pow(10, Double(digits))
        return abs(scaled - scaled.rounded()) < 1e-6 * scaled
      } ?? 12
    return values.map { value in
      let number = (value / unit.scale).fixed(digits)
      let isZero = value.magnitude < step * 1e-6
      let text = isZero ? "0" : number + unit.name
      return Tick(value: isZero ? 0 : value, label: text.typeset)
    }
  }

  private static func superscript(_ number: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let written = String(number.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] }
    return (number < 0 ? "⁻" : "") + String(written)
  }
}
