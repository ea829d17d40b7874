import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The entries of a ``PieceMemory``: an open-addressing table with many readers and one writer.
struct PieceTable {
  /// The maximum length of a piece whose bytes are its key.
  static let longestKey = 15

  /// A piece and the identifiers of its tokens.
  struct Entry: ~Copyable {
    /// The half of the key whose writing makes the entry visible; zero in an empty slot.
    let high: Atomic<UInt64>
    var low: UInt64
    /// Four numbers, ``none`` where there are fewer; or ``elsewhere``, their number, and the two
    /// halves of their address.
    var ids: SIMD4<UInt32>
  }

  static let none = UInt32.max
  static let elsewhere = UInt32.max - 1
  /// The size of the header before the entries, in a cache line of its own: ``mask``, and the
  /// address of the memory.
  private static let headerSize = 64

  /// Where the table lies; this one word is enough to find it.
  let address: UnsafeMutableRawPointer
  private let entries: UnsafeMutablePointer<Entry>
  /// One less than the number of slots.
  let mask: Int

  /// Refers to a table.
  @inline(__always)
  init(at address: UnsafeMutableRawPointer) {
    self.address = address
    entries = (address + Self.headerSize).assumingMemoryBound(to: Entry.self)
    mask = address.load(as: Int.self)
  }

  /// Creates an empty table, which must be deallocated; its capacity is a power of two.
  init(capacity: Int) {
    let size = Self.headerSize + capacity * MemoryLayout<Entry>.stride
    // The system zeroes pages when they are first used, in whichever thread that is.
    guard let memory = calloc(1, size + Self.headerSize) else {
      fatalError("no memory is left for \(size) bytes")
    }
    let address = memory.alignedUp(toMultipleOf: Self.headerSize)
    address.storeBytes(of: capacity - 1, as: Int.self)
    address.storeBytes(of: memory, toByteOffset: 8, as: UnsafeMutableRawPointer.self)
    self.init(at: address)
  }

  /// Creates a larger table with all entries of another one.
  init(copying other: PieceTable, capacity: Int) {
    self.init(capacity: capacity)
    for place in 0...other.mask {
      let high = other.entries[place].high.load(ordering: .relaxed)
      if high != 0 {
        add(Key(low: other.entries[place].low, high: high), other.entries[place].ids)
      }
    }
  }

  /// Frees the memory.
  func deallocate() {
    free(address.load(fromByteOffset: 8, as: UnsafeMutableRawPointer.self))
  }

  /// Returns the entry with a key, which is that of a short piece or was made from a hash.
  @inline(__always)
  func entry(of key: Key) -> UnsafePointer<Entry>? {
    var place = key.hash & mask
    while true {
      let high = entries[place].high.load(ordering: .acquiring)
      if high == key.high, entries[place].low == key.low { return UnsafePointer(entries + place) }
      if high == 0 { return nil }
      place = (place &+ 1) & mask
    }
  }

  /// Adds an entry with a new key; only one thread may do so at a time.
  func add(_ key: Key, _ ids: SIMD4<UInt32>) {
    var place = key.hash & mask
    while entries[place].high.load(ordering: .relaxed) != 0 { place = (place &+ 1) & mask }
    entries[place].low = key.low
    entries[place].ids = ids
    entries[place].high.store(key.high, ordering: .releasing)
  }

  /// Returns the contents of an entry whose numbers are stored elsewhere.
  static func row(of ids: UnsafePointer<UInt32>, count: Int) -> SIMD4<UInt32> {
    let address = UInt64(UInt(bitPattern: ids))
    return SIMD4(
      elsewhere, UInt32(count), UInt32(truncatingIfNeeded: address), UInt32(address >> 32))
  }

  /// Returns the numbers of a long piece, `nil` if it is not known.
  func ids(ofLong bytes: UnsafeBufferPointer<UInt8>, key: Key) -> UnsafeBufferPointer<UInt32>? {
    guard let entry = entry(of: key), let ids = Self.ids(of: entry).baseAddress else { return nil }
    let known = UnsafeBufferPointer(
      start: PieceArena.bytes(before: ids, count: bytes.count), count: bytes.count)
    return ByteHash.areEqual(bytes, known) ? Self.ids(of: entry) : nil
  }

  /// Returns the numbers of an entry.
  @inline(__always)
  static func ids(of entry: UnsafePointer<Entry>) -> UnsafeBufferPointer<UInt32> {
    let ids = entry.pointee.ids
    if ids[0] == elsewhere { return distantIDs(ids) }
    let first = UnsafeRawPointer(entry) + 16
    return UnsafeBufferPointer(
      start: first.assumingMemoryBound(to: UInt32.self), count: count(of: ids))
  }

  /// Writes the numbers of an entry, and arbitrary values up to four; returns their count.
  @inline(__always)
  static func copyIDs(
    of entry: UnsafePointer<Entry>, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let ids = entry.pointee.ids
    if ids[0] == elsewhere {
      let distant = distantIDs(ids)
      if let first = distant.baseAddress { target.update(from: first, count: distant.count) }
      return distant.count
    }
    UnsafeMutableRawPointer(target).storeBytes(of: ids, as: SIMD4<UInt32>.self)
    return count(of: ids)
  }

  @inline(__always)
  private static func count(of ids: SIMD4<UInt32>) -> Int {
    1 &+ (ids[1] != none ? 1 : 0) &+ (ids[2] != none ? 1 : 0) &+ (ids[3] != none ? 1 : 0)
  }

  @inline(__always)
  private static func distantIDs(_ row: SIMD4<UInt32>) -> UnsafeBufferPointer<UInt32> {
    let address = UInt(row[2]) | UInt(row[3]) << 32
    return UnsafeBufferPointer(start: UnsafePointer(bitPattern: address), count: Int(row[1]))
  }
}

extension PieceTable {
  /// The two halves of a piece's key.
  struct Key {
    let low: UInt64
    /// With the length in the highest byte, which a long piece's hash never has there.
    let high: UInt64

    init(low: UInt64, high: UInt64) {
      self.low = low
      self.high = high
    }

    /// Reads the key of a short piece; sixteen bytes must be readable.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, count: Int) {
      // Shifting by all 64 bits leaves nothing, so no branch depends on the length.
      let bits = UInt64(truncatingIfNeeded: count &* 8)
      low = ByteHash.load(bytes) & ~(UInt64.max << bits)
      let second = ByteHash.load(bytes + 8) & ~(UInt64.max &<< (max(bits, 64) &- 64))
      high = second | UInt64(truncatingIfNeeded: count) &<< 56
    }

    /// Makes the key of a long piece from its hash and length.
    init(hashing bytes: UnsafeBufferPointer<UInt8>) {
      low = ByteHash.hash(bytes)
      high = UInt64(bytes.count) | 0xFF << 56
    }

    @inline(__always)
    var hash: Int {
      Int(
        truncatingIfNeeded: ByteHash.mix(low ^ 0xA076_1D64_78BD_642F, high ^ 0xE703_7ED1_A0B4_28DB))
    }
  }
}
