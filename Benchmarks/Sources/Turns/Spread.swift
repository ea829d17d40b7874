/// The middle of some numbers, and how far they spread.
package struct Spread: Codable {
  /// A quarter lies below.
  package let lowerQuartile: Double
  /// The middle.
  package let median: Double
  /// A quarter lies above.
  package let upperQuartile: Double

  /// Summarizes numbers, of which there is at least one.
  package init(of numbers: [Double]) {
    let sorted = numbers.sorted()
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = sorted[Int(place)]
      let above = sorted[min(Int(place) + 1, sorted.count - 1)]
      return below + (above - below) * (place - place.rounded(.down))
    }
    lowerQuartile = quantile(0.25)
    median = quantile(0.5)
    upperQuartile = quantile(0.75)
  }

  /// The distance between the quartiles as a share of the median.
  package var width: Double { (upperQuartile - lowerQuartile) / median }
}
