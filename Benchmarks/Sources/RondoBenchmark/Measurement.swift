import Turns

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
