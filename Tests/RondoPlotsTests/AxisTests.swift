import Foundation
import Testing

@testable import RondoPlots

struct AxisTests {
  /// Ranges of all sizes, signs and offsets.
  static let ranges: [(Double, Double)] =
    [-1e6, -3.7, -1, 0, 1e-4, 0.02, 5, 999.5, 1e9].flatMap { low in
      [1e-5, 0.003, 0.1, 1, 7.3, 99, 12_345, 4e8].map { (low, low + $0) }
    } + [(0, 0), (5, 5), (-2, -2), (1e-12, 3e-12), (-1e100, 1e100), (0, .leastNonzeroMagnitude)]

  @Test("Linear ticks are round, even, few, and cover the data", arguments: ranges)
  func linear(low: Double, high: Double) throws {
    let axis = Axis(over: [low, .nan, high], scale: .linear, tickCount: 5)
    let ticks = axis.ticks.map(\.value)
    let slack = 1e-8 * (high - low)
    #expect(try #require(ticks.first) <= low + slack && #require(ticks.last) >= high - slack)
    #expect((2...11).contains(ticks.count))
    let used = (high - low) / (ticks[ticks.count - 1] - ticks[0])
    #expect(used > 0.6 || high - low <= 1e-9 * max(abs(low), abs(high), 1e-290), "\(used)")
    let step = ticks[1] - ticks[0]
    for (one, next) in zip(ticks, ticks.dropFirst()) {
      #expect(abs(next - one - step) < 1e-6 * step)
    }
    #expect(Set(axis.ticks.map(\.label)).count == ticks.count, "\(axis.ticks.map(\.label))")
  }

  @Test("A tight axis begins and ends near the data, its ticks inside", arguments: ranges)
  func tight(low: Double, high: Double) {
    let axis = Axis(over: [low, high], scale: .linear, tickCount: 8, isTight: true)
    #expect(axis.ticks.allSatisfy { axis.domain.contains($0.value) })
    guard high - low > 1e-9 * max(abs(low), abs(high), 1e-290) else { return }  // one number
    #expect(low - axis.domain.lowerBound <= 0.051 * (high - low))
    #expect(axis.domain.upperBound - high <= 0.051 * (high - low))
    #expect(axis.domain.lowerBound <= low && axis.domain.upperBound >= high)
  }

  @Test(
    "Logarithmic ticks cover the data and are spelled apart",
    arguments: [(1.0, 1.0), (2, 7), (0.02, 30), (1e-11, 8e3), (3e5, 4e5), (1e-100, 1e100)])
  func logarithmic(low: Double, high: Double) throws {
    let axis = Axis(over: [0, -1, low, high], scale: .logarithmic, tickCount: 5)
    let ticks = axis.ticks
    #expect(try #require(ticks.first).value <= low * (1 + 1e-8))
    #expect(try #require(ticks.last).value >= high * (1 - 1e-8))
    #expect((2...8).contains(ticks.count))
    #expect(Set(ticks.map(\.label)).count == ticks.count)
    #expect(axis.position(of: 0) == nil)
    #expect(axis.position(of: axis.domain.lowerBound) == 0)
  }

  @Test("Numbers that only count have whole ticks", arguments: [1, 2, 3, 7, 13, 99, 12_000])
  func whole(last: Int) {
    let places = (0...last).map(Double.init)
    for tickCount in 2...10 {
      let axis = Axis(over: places, scale: .linear, tickCount: tickCount, isTight: true)
      #expect(axis.ticks.allSatisfy { $0.value == $0.value.rounded() })
      #expect(axis.ticks.count >= 2)
    }
  }

  @Test("Ticks are written as a reader expects")
  func labels() {
    func labels(_ low: Double, _ high: Double) -> [String] {
      Ticks.linear(from: low, to: high, count: 5).map(\.label)
    }
    #expect(labels(0, 1) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(-1, 1) == ["−1.0", "−0.5", "0", "0.5", "1.0"])
    #expect(labels(0, 10.2) == ["0", "2", "4", "6", "8", "10", "12"], "nearer than 12.5")
    #expect(labels(0, 50_000) == ["0", "10k", "20k", "30k", "40k", "50k"])
    #expect(labels(0, 5e-5) == ["0", "1e-5", "2e-5", "3e-5", "4e-5", "5e-5"].map { $0.typeset })
    #expect(
      Ticks.logarithmic(from: 1e-6, to: 1e3, count: 5).map(\.label)
        == ["10⁻⁶", "10⁻⁴", "10⁻²", "10⁰", "10²", "10⁴"])
    #expect(
      Ticks.logarithmic(from: 2, to: 30, count: 5).map(\.label) == ["2", "5", "10", "20", "50"])
  }
}
