/// Which pairs of symbols merge, how early, and into what.
///
/// One open-addressing table with eight bytes a place: two symbols of 21 bits and the rank of
/// their merge in another 21. Most questions are about pairs that never merge, and half of the
/// places are empty, so an answer is seldom further than one cache line.
final class PairTable: @unchecked Sendable {
  /// A merge: two symbols, when they merge, and what they become.
  struct Merge {
    var left: UInt32
    var right: UInt32
    var rank: UInt32
    var merged: UInt32
  }

  /// The rank of a pair that never merges.
  static let never = UInt32.max
  /// Symbols and ranks lie below this.
  static let limit = 1 << 21

  private static let empty = UInt64.max
  private static let rankMask: UInt64 = (1 << 21) - 1

  private let places: UnsafeMutablePointer<UInt64>
  /// Four bits for each place, set where a pair may be: small enough to stay in the cache, they
  /// answer most questions about pairs that never merge.
  private let hints: UnsafeMutablePointer<UInt64>
  private let mask: Int
  private let shift: UInt64
  private let results: UnsafeMutableBufferPointer<UInt32>

  /// Creates a table; of two merges of the same pair, the later counts.
  init(_ merges: [Merge]) {
    var bits = 4
    while 1 << bits < 2 * merges.count { bits += 1 }
    mask = 1 << bits - 1
    shift = UInt64(64 - bits)
    places = .allocate(capacity: 1 << bits)
    places.initialize(repeating: Self.empty, count: 1 << bits)
    hints = .allocate(capacity: (1 << bits) / 16)
    hints.initialize(repeating: 0, count: (1 << bits) / 16)
    let highestRank = merges.reduce(0) { max($0, Int($1.rank)) }
    results = .allocate(capacity: highestRank + 1)
    results.initialize(repeating: 0)
    for merge in merges { insert(merge) }
  }

  deinit {
    places.deallocate()
    hints.deallocate()
    results.deallocate()
  }

  private func insert(_ merge: Merge) {
    let key = Self.key(merge.left, merge.right)
    let hash = Self.hash(key)
    let hint = Int(truncatingIfNeeded: hash >> (shift - 2))
    hints[hint / 64] |= 1 << UInt64(hint % 64)
    var place = Int(truncatingIfNeeded: hash >> shift)
    while places[place] != Self.empty, places[place] >> 21 != key { place = (place + 1) & mask }
    places[place] = key << 21 | UInt64(merge.rank)
    results[Int(merge.rank)] = merge.merged
  }

  @inline(__always)
  private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) &<< 21 | UInt64(right)
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

  /// Returns the rank of a pair, or ``never``.
  @inline(__always)
  func rank(_ left: UInt32, _ right: UInt32) -> UInt32 {
    let key = Self.key(left, right)
    let hash = Self.hash(key)
    let hint = Int(truncatingIfNeeded: hash &>> (shift &- 2))
    if hints[hint &>> 6] &>> UInt64(hint & 63) & 1 == 0 { return Self.never }
    var place = Int(truncatingIfNeeded: hash &>> shift)
    while true {
      let found = places[place]
      if found &>> 21 == key { return UInt32(truncatingIfNeeded: found & Self.rankMask) }
      if found == Self.empty { return Self.never }
      place = (place &+ 1) & mask
    }
  }

  /// Returns a table without the merges that lead to any of `barred`, which is this one if there
  /// are none.
  func barring(_ barred: Set<Int>) -> PairTable {
    guard let lowest = barred.min(), let highest = barred.max(),
      results.contains(where: { lowest <= $0 && $0 <= highest && barred.contains(Int($0)) })
    else { return self }
    let kept = (0...mask).filter { places[$0] != Self.empty }.map { place in
      let rank = UInt32(places[place] & Self.rankMask)
      let key = places[place] >> 21
      return Merge(
        left: UInt32(key >> 21), right: UInt32(key & Self.rankMask), rank: rank,
        merged: merged(rank))
    }.filter { !barred.contains(Int($0.merged)) }
    return PairTable(kept)
  }

  /// Returns what the pair of a rank becomes.
  @inline(__always)
  func merged(_ rank: UInt32) -> UInt32 { results[Int(rank)] }
}
