import Turns

/// What one entry took.
struct Measurement: Codable {
  /// One side.
  struct Side: Codable {
    /// Seconds of one turn, over the turns.
    let seconds: Spread
    /// The most memory that the process held.
    let peakBytes: Int?
  }

  let entry: String
  /// The size of the text, where a speed can be given.
  var megabytes: Double?
  let rondo: Side
  /// The other library, or Rondo on one thread; none where only Rondo is measured.
  var peer: Side?
  /// The number of documents whose identifiers differ.
  var differenceCount: Int?

  /// How many times as fast as the other side Rondo is.
  var ratio: Double? { peer.map { $0.seconds.median / rondo.seconds.median } }

  /// The ratio of the quartiles that favour Rondo, above which a difference may be noise.
  var favourableRatio: Double? {
    peer.map { $0.seconds.upperQuartile / rondo.seconds.lowerQuartile }
  }
}

extension Measurement.Side {
  /// Summarizes the turns of a process.
  init(_ seconds: [Double], of contestant: Contestant) {
    self.init(seconds: Spread(of: seconds), peakBytes: contestant.peakBytes)
  }
}
