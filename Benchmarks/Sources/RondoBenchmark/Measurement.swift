/// What both sides took for one entry.
struct Measurement: Codable {
  /// One side.
  struct Side: Codable {
    /// Seconds of one call, over the turns.
    let seconds: Spread
    /// The most memory that the process held.
    let peakBytes: Int?
  }

  let entry: String
  let threadCount: Int
  let callsPerTurn: Int
  let rondo: Side
  let peer: Side
  /// The largest difference between results, its norm as a share of the result's norm.
  let worstDifference: Double

  /// How many times as fast as PyTorch Rondo is.
  var ratio: Double { peer.seconds.median / rondo.seconds.median }

  /// The ratio of the quartiles that favour Rondo, above which a difference may be noise.
  var favourableRatio: Double { peer.seconds.upperQuartile / rondo.seconds.lowerQuartile }
}

/// The middle of some numbers, and how far they spread.
struct Spread: Codable {
  let lowerQuartile: Double
  let median: Double
  let upperQuartile: Double

  /// Summarizes numbers, of which there is at least one.
  init(of numbers: [Double]) {
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
  var width: Double { (upperQuartile - lowerQuartile) / median }
}
