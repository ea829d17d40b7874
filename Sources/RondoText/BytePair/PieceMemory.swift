/// What pieces became, so that a word that was seen before costs one look.
///
/// A piece of up to fifteen bytes and its length are one key of sixteen bytes, and up to four
/// numbers lie beside it: one entry is half a cache line. Everything else lies in arenas. The
/// memory stops growing at a bound and then only answers.
struct PieceMemory: ~Copyable {
  /// The longest piece that is remembered.
  static let longestPiece = 256
  /// The longest piece whose bytes are its key.
  static let longestKey = 15

  struct Entry {
    var low: UInt64
    /// The other bytes, with the length in the last; zero in an empty place.
    var high: UInt64
    /// Four numbers, ``none`` where there are fewer; or ``elsewhere``, a position in the arena and
    /// a count.
    var ids: SIMD4<UInt32>
  }

  private struct LongEntry {
    var hash: UInt64
    var start: Int
    var count: Int
    var firstID: Int
    var idCount: Int
  }

  static let none = UInt32.max
  static let elsewhere = UInt32.max - 1
  private static let mostEntries = 1 << 19
  private static let mostBytes = 16 << 20

  private(set) var entries: UnsafeMutablePointer<Entry>
  private(set) var mask: Int
  private var entryCount = 0
  private var longEntries = GrowingMemory<LongEntry>()
  private var longPlaces: [UInt32]
  private var longBytes: [UInt8] = []
  private var arena = GrowingMemory<UInt32>()

  /// Creates an empty memory.
  init() {
    let capacity = 1 << 12
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: Entry(low: 0, high: 0, ids: .zero), count: capacity)
    mask = capacity - 1
    longPlaces = [UInt32](repeating: 0, count: 1 << 8)
  }

  deinit { entries.deallocate() }

  /// The two halves of a short piece's key.
  struct Key {
    let low: UInt64
    let high: UInt64

    /// Reads the key of a piece; sixteen bytes must be readable.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, count: Int) {
      let first = ByteHash.load(bytes)
      let bits = UInt64(truncatingIfNeeded: count &* 8)
      if count < 8 {
        low = first & ((1 &<< bits) &- 1)
        high = UInt64(count) &<< 56
      } else {
        low = first
        let second = ByteHash.load(bytes + 8) & ((1 &<< (bits &- 64)) &- 1)
        high = second | UInt64(count) &<< 56
      }
    }

    @inline(__always)
    var hash: Int {
      Int(
        truncatingIfNeeded: ByteHash.mix(low ^ 0xA076_1D64_78BD_642F, high ^ 0xE703_7ED1_A0B4_28DB))
    }
  }

  /// Returns where the entry of a short piece is, or the empty place where it belongs.
  @inline(__always)
  func place(of key: Key) -> Int {
    var place = key.hash & mask
    while entries[place].high != key.high || entries[place].low != key.low {
      if entries[place].high == 0 { break }
      place = (place &+ 1) & mask
    }
    return place
  }

  /// Returns the numbers of an entry that is not empty, which are valid until the next is made.
  @inline(__always)
  func ids(at place: Int) -> UnsafeBufferPointer<UInt32> {
    let entry = entries + place
    let ids = entry.pointee.ids
    if ids[0] == Self.elsewhere {
      return UnsafeBufferPointer(start: arena.base + Int(ids[1]), count: Int(ids[2]))
    }
    let count =
      1 &+ (ids[1] != Self.none ? 1 : 0) &+ (ids[2] != Self.none ? 1 : 0)
      &+ (ids[3] != Self.none ? 1 : 0)
    let first = UnsafeRawPointer(entry) + 16
    return UnsafeBufferPointer(
      start: first.assumingMemoryBound(to: UInt32.self), count: count)
  }

  /// Writes the numbers of an entry that is not empty, and perhaps rubbish up to four; returns how
  /// many they are.
  @inline(__always)
  func copyIDs(at place: Int, to target: UnsafeMutablePointer<UInt32>) -> Int {
    let ids = entries[place].ids
    if ids[0] == Self.elsewhere {
      target.update(from: arena.base + Int(ids[1]), count: Int(ids[2]))
      return Int(ids[2])
    }
    UnsafeMutableRawPointer(target).storeBytes(of: ids, as: SIMD4<UInt32>.self)
    return 1 &+ (ids[1] != Self.none ? 1 : 0) &+ (ids[2] != Self.none ? 1 : 0)
      &+ (ids[3] != Self.none ? 1 : 0)
  }

  /// Remembers a short piece in the empty place where it was looked for.
  mutating func insert(
    _ key: Key, at place: Int, ids new: UnsafePointer<UInt32>, count: Int
  ) {
    guard entryCount < Self.mostEntries, arena.count < Self.mostBytes else { return }
    var entry = Entry(low: key.low, high: key.high, ids: SIMD4(repeating: Self.none))
    if (1...4).contains(count) {
      for i in 0..<count { entry.ids[i] = new[i] }
    } else {
      entry.ids = SIMD4(Self.elsewhere, UInt32(arena.count), UInt32(count), 0)
      for i in 0..<count { arena.append(new[i]) }
    }
    entries[place] = entry
    entryCount += 1
    if 2 * entryCount > mask { grow() }
  }

  private mutating func grow() {
    let capacity = 4 * (mask + 1)
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    larger.initialize(repeating: Entry(low: 0, high: 0, ids: .zero), count: capacity)
    for i in 0...mask where entries[i].high != 0 {
      let (low, high) = (entries[i].low, entries[i].high)
      var place = Key(low: low, high: high).hash & (capacity - 1)
      while larger[place].high != 0 { place = (place + 1) & (capacity - 1) }
      larger[place] = entries[i]
    }
    entries.deallocate()
    entries = larger
    mask = capacity - 1
  }

  /// Returns the numbers of a long piece, which are valid until the next is made, or `nil` if it is
  /// not known.
  func longIDs(
    of bytes: UnsafeBufferPointer<UInt8>, hash: UInt64
  ) -> UnsafeBufferPointer<UInt32>? {
    let mask = longPlaces.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while longPlaces[place] != 0 {
      let entry = longEntries[Int(longPlaces[place]) - 1]
      if entry.hash == hash, entry.count == bytes.count, isEqual(bytes, entry) {
        return UnsafeBufferPointer(start: arena.base + entry.firstID, count: entry.idCount)
      }
      place = (place + 1) & mask
    }
    return nil
  }

  private func isEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ entry: LongEntry) -> Bool {
    longBytes.withUnsafeBufferPointer {
      ByteHash.areEqual(
        bytes, UnsafeBufferPointer(rebasing: $0[entry.start..<entry.start + entry.count]))
    }
  }

  /// Remembers a long piece.
  mutating func insertLong(
    _ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64, ids new: UnsafePointer<UInt32>, count: Int
  ) {
    guard longBytes.count < Self.mostBytes, arena.count < Self.mostBytes else { return }
    longEntries.append(
      LongEntry(
        hash: hash, start: longBytes.count, count: bytes.count, firstID: arena.count,
        idCount: count))
    longBytes.append(contentsOf: bytes)
    for i in 0..<count { arena.append(new[i]) }
    if 2 * longEntries.count > longPlaces.count {
      longPlaces = [UInt32](repeating: 0, count: 4 * longPlaces.count)
      for index in 0..<longEntries.count { placeLong(index) }
    } else {
      placeLong(longEntries.count - 1)
    }
  }

  private mutating func placeLong(_ index: Int) {
    let mask = longPlaces.count - 1
    var place = Int(truncatingIfNeeded: longEntries[index].hash) & mask
    while longPlaces[place] != 0 { place = (place + 1) & mask }
    longPlaces[place] = UInt32(index) + 1
  }
}

extension PieceMemory.Key {
  fileprivate init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }
}
