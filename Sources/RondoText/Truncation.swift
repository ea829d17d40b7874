/// How encodings are truncated.
public struct Truncation: Hashable, Sendable {
  /// Which text of a pair is truncated.
  public enum Strategy: String, Hashable, Sendable {
    /// Both, the longer one first.
    case longestFirst = "LongestFirst"
    /// The first.
    case onlyFirst = "OnlyFirst"
    /// The second.
    case onlySecond = "OnlySecond"
  }

  /// The end that is truncated.
  public enum Direction: String, Hashable, Sendable {
    /// The beginning.
    case left = "Left"
    /// The end.
    case right = "Right"
  }

  /// The maximum number of tokens, including special tokens.
  public var length: Int
  /// The number of tokens by which consecutive overflowing encodings overlap.
  public var stride: Int
  /// Which text of a pair is truncated.
  public var strategy: Strategy
  /// The end that is truncated.
  public var direction: Direction

  /// Creates truncation options.
  ///
  /// - Parameters:
  ///   - length: The maximum number of tokens, including special tokens.
  ///   - stride: The number of tokens by which consecutive overflowing encodings overlap.
  ///   - strategy: Which text of a pair is truncated.
  ///   - direction: The end that is truncated.
  public init(
    length: Int, stride: Int = 0, strategy: Strategy = .longestFirst, direction: Direction = .right
  ) {
    self.length = length
    self.stride = stride
    self.strategy = strategy
    self.direction = direction
  }

  /// Truncates one or two encodings.
  ///
  /// - Parameters:
  ///   - first: The first text.
  ///   - second: The second text, if there are two.
  ///   - added: The number of special tokens that will be added.
  /// - Throws: ``RondoTextError/impossibleTruncation(reason:)``.
  func truncate(
    _ first: inout Encoding, _ second: inout Encoding?, addedTokenCount added: Int
  ) throws(RondoTextError) {
    guard length >= added else {
      throw .impossibleTruncation(
        reason: "\(added) special tokens do not fit into \(length); allow a greater length")
    }
    let room = length - added
    let total = first.count + (second?.count ?? 0)
    if room == 0 {
      try cut(&first, to: 0)
      if second != nil { try cutSecond(&second, to: 0) }
      return
    }
    guard total > room else { return }
    let excess = total - room
    switch strategy {
    case .longestFirst:
      guard let pair = second else { return try cut(&first, to: room) }
      let (one, two) = Self.shares(first.count, pair.count, room: room)
      try cut(&first, to: one)
      try cutSecond(&second, to: two)
    case .onlyFirst:
      guard first.count > excess else {
        throw .impossibleTruncation(
          reason: "the first text has \(first.count) tokens and \(excess) are too many; "
            + "shorten the longest first")
      }
      try cut(&first, to: first.count - excess)
    case .onlySecond:
      guard let pair = second else {
        throw .impossibleTruncation(reason: "there is no second text; shorten the first")
      }
      guard pair.count > excess else {
        throw .impossibleTruncation(
          reason: "the second text has \(pair.count) tokens and \(excess) are too many; "
            + "shorten the longest first")
      }
      try cutSecond(&second, to: pair.count - excess)
    }
  }

  /// Returns the lengths that two texts may keep: the shorter one as much as it needs, up to half.
  private static func shares(_ first: Int, _ second: Int, room: Int) -> (Int, Int) {
    var (short, long) = (min(first, second), max(first, second))
    if short > room {
      long = short
    } else {
      long = max(short, room - short)
    }
    if short + long > room {
      short = room / 2
      long = short + room % 2
    }
    return first > second ? (long, short) : (short, long)
  }

  private func cutSecond(_ second: inout Encoding?, to length: Int) throws(RondoTextError) {
    guard var encoding = second else { return }
    try cut(&encoding, to: length)
    second = encoding
  }

  /// Splits one encoding into parts; the first is kept, the others overflow.
  private func cut(_ encoding: inout Encoding, to length: Int) throws(RondoTextError) {
    guard length < encoding.count else { return }
    if length == 0 {
      let whole = encoding
      encoding = Encoding()
      encoding.overflowing = [whole]
      return
    }
    guard stride < length else {
      throw .impossibleTruncation(
        reason: "a stride of \(stride) leaves no progress in stretches of \(length); "
          + "choose a smaller stride")
    }
    var stretches: [Range<Int>] = []
    switch direction {
    case .right:
      var start = 0
      while stretches.last?.upperBound != encoding.count {
        stretches.append(start..<min(start + length, encoding.count))
        start += length - stride
      }
    case .left:
      var stop = encoding.count
      while stretches.last?.lowerBound != 0 {
        stretches.append(max(0, stop - length)..<stop)
        stop -= length - stride
      }
    }
    let parts = stretches.map { encoding[$0] }
    encoding = parts[0]
    encoding.overflowing = Array(parts.dropFirst())
  }
}
