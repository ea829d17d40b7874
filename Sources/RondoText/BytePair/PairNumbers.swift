/// A number for each pair of symbols, such as its count.
///
/// Pairs and numbers are interleaved in one open-addressing table, so that a lookup rarely touches
/// more than one cache line.
struct PairNumbers: ~Copyable {
  struct Place: BitwiseCopyable {
    var key: UInt64
    var number: Int
  }

  /// No pair has this key.
  private static let empty = UInt64.max

  private var places: UnsafeMutablePointer<Place>
  private var bits = 14
  private var count = 0
  private var mask: Int { 1 &<< bits &- 1 }

  /// Creates a table in which every pair has the number zero.
  init() { places = Self.emptyPlaces(1 << bits) }

  deinit { places.deallocate() }

  private static func emptyPlaces(_ count: Int) -> UnsafeMutablePointer<Place> {
    let places = UnsafeMutablePointer<Place>.allocate(capacity: count)
    places.initialize(repeating: Place(key: empty, number: 0), count: count)
    return places
  }

  /// The memory in use.
  var byteCount: Int { MemoryLayout<Place>.stride << bits }

  /// The two symbols of a pair as one number, which orders pairs by the first, then the second.
  @inline(__always)
  static func key(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) << 32 | UInt64(right) }

  /// Returns the slot of a pair, or the empty one that it would take.
  @inline(__always)
  private func place(of key: UInt64) -> UnsafeMutablePointer<Place> {
    var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> UInt64(64 &- bits))
    while places[index].key != key, places[index].key != Self.empty { index = (index &+ 1) & mask }
    return places + index
  }

  /// The number of a pair.
  @inline(__always)
  subscript(key: UInt64) -> Int { place(of: key).pointee.number }

  /// Adds to the number of a pair; returns the sum.
  @inline(__always)
  @discardableResult
  mutating func add(_ change: Int, to key: UInt64) -> Int {
    let place = place(of: key)
    let isNew = place.pointee.key != key
    let sum = place.pointee.number &+ change
    place.pointee = Place(key: key, number: sum)
    if isNew {
      count &+= 1
      if 2 &* count > mask { grow() }
    }
    return sum
  }

  @inline(never)
  private mutating func grow() {
    let old = UnsafeMutableBufferPointer(start: places, count: 1 << bits)
    bits += 1
    places = Self.emptyPlaces(1 << bits)
    for place in old where place.key != Self.empty { self.place(of: place.key).pointee = place }
    old.deallocate()
  }
}
