/// The pairs of symbols that merge, with their ranks and results.
///
/// One open-addressing table with eight bytes per slot: two symbols of 21 bits and the rank of
/// their merge in another 21. Most lookups are of pairs that never merge, and half of the slots are
/// empty, so a lookup rarely touches more than one cache line.
///
/// Unchecked, because of the pointers: merges are inserted while a table is being built, before
/// other threads can see it, and nothing changes it afterwards.
final class PairTable: @unchecked Sendable {
  /// Two symbols and the rank of their merge, in 21 bits each.
  struct Way: BitwiseCopyable {
    fileprivate let bits: UInt64

    init(_ left: UInt32, _ right: UInt32, rank: UInt32) {
      bits = PairTable.key(left, right) << 21 | UInt64(rank)
    }

    fileprivate init(bits: UInt64) { self.bits = bits }

    var left: UInt32 { UInt32(bits >> 42) }
    var right: UInt32 { UInt32(bits >> 21 & PairTable.rankMask) }
    var rank: UInt32 { UInt32(bits & PairTable.rankMask) }
  }

  /// The rank of a pair that never merges.
  static let never = UInt32.max
  /// Symbols and ranks lie below this.
  static let limit = 1 << 21
  /// The maximum number of ways in a model to make a token of two others.
  private static let wayLimit = 1 << 20
  /// The maximum length of a token that is split everywhere in search of such ways, which takes the
  /// square of its length.
  private static let longestWhole = 1 << 10

  private static let empty = UInt64.max
  /// The result of a rank that several merges share.
  private static let shared = UInt32.max
  private static let rankMask: UInt64 = (1 << 21) - 1

  private let places: UnsafeMutablePointer<UInt64>
  /// Four bits for each slot, set where a pair may be: small enough to stay in the cache, they
  /// answer most lookups of pairs that never merge.
  private let hints: UnsafeMutablePointer<UInt64>
  private let mask: Int
  private let shift: UInt64
  private let results: UnsafeMutableBufferPointer<UInt32>
  /// The results of merges that share a rank, as the ranks of their pairs.
  private let ties: PairTable?

  /// Creates a table without merges.
  ///
  /// - Parameters:
  ///   - pairCount: The number of pairs that will be inserted.
  ///   - rankCount: One more than the highest rank.
  ///   - ties: The results of merges that share a rank, as the ranks of their pairs.
  init(pairCount: Int, rankCount: Int, ties: PairTable? = nil) {
    self.ties = ties
    var bits = 4
    while 1 << bits < 2 * pairCount { bits += 1 }
    mask = 1 << bits - 1
    shift = UInt64(64 - bits)
    places = .allocate(capacity: 1 << bits)
    places.initialize(repeating: Self.empty, count: 1 << bits)
    hints = .allocate(capacity: (1 << bits) / 16)
    hints.initialize(repeating: 0, count: (1 << bits) / 16)
    results = .allocate(capacity: rankCount)
    results.initialize(repeating: 0)
  }

  /// Why a token cannot be split everywhere, given the number of ways found so far, or `nil`.
  static func problem(adding byteCount: Int, to wayCount: Int) -> String? {
    if byteCount > longestWhole { return "a token to merge has more than \(longestWhole) bytes" }
    return wayCount + byteCount <= wayLimit
      ? nil : "there are more than \(wayLimit) ways to make a token of two others"
  }

  /// Creates a table of merges whose results follow from their ranks.
  ///
  /// - Parameters:
  ///   - ways: The merges.
  ///   - rankCount: One more than the highest rank.
  ///   - ties: The results of merges that share a rank, as the ranks of their pairs.
  ///   - merged: Takes a rank and returns the result, `nil` where merges share the rank.
  convenience init(
    _ ways: borrowing GrowingMemory<Way>, rankCount: Int, ties: PairTable? = nil,
    merged: (UInt32) -> UInt32?
  ) {
    self.init(pairCount: ways.count, rankCount: rankCount, ties: ties)
    for index in 0..<ways.count {
      let way = ways[index]
      insert(way.left, way.right, rank: way.rank, merged: merged(way.rank) ?? Self.shared)
    }
  }

  deinit {
    places.deallocate()
    hints.deallocate()
    results.deallocate()
  }

  /// Adds a merge; of two merges of the same pair, the later one counts.
  func insert(_ left: UInt32, _ right: UInt32, rank: UInt32, merged: UInt32) {
    let key = Self.key(left, right)
    let hash = Self.hash(key)
    let hint = Int(truncatingIfNeeded: hash >> (shift - 2))
    hints[hint / 64] |= 1 << UInt64(hint % 64)
    var place = Int(truncatingIfNeeded: hash >> shift)
    while places[place] != Self.empty, places[place] >> 21 != key { place = (place + 1) & mask }
    places[place] = key << 21 | UInt64(rank)
    results[Int(rank)] = merged
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
      ties != nil
        || results.contains(where: { lowest <= $0 && $0 <= highest && barred.contains(Int($0)) })
    else { return self }
    let table = PairTable(pairCount: (mask + 1) / 2, rankCount: results.count, ties: ties)
    for place in 0...mask where places[place] != Self.empty {
      let way = Way(bits: places[place])
      if !barred.contains(Int(merged(way.left, way.right, rank: way.rank))) {
        table.insert(way.left, way.right, rank: way.rank, merged: results[Int(way.rank)])
      }
    }
    return table
  }

  /// Returns the result of the merge of a pair, whose rank is known.
  @inline(__always)
  func merged(_ left: UInt32, _ right: UInt32, rank: UInt32) -> UInt32 {
    let result = results[Int(rank)]
    return result == Self.shared ? ties?.rank(left, right) ?? result : result
  }
}
