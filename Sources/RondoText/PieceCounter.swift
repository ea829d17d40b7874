/// Counts the occurrences of each piece.
///
/// Most pieces are short: up to 16 bytes are stored in the entry and compared as two numbers.
struct PieceCounter: ~Copyable {
  struct Entry: BitwiseCopyable {
    /// The first eight bytes; of a long piece, its hash.
    var first: UInt64
    /// The next eight bytes; of a long piece, its last eight.
    var second: UInt64
    var count = 0
    var length: UInt32
    /// Where the bytes of a long piece lie.
    var start: UInt32 = 0

    init(_ piece: UnsafeBufferPointer<UInt8>) {
      length = UInt32(piece.count)
      (first, second) = (0, 0)
      guard let bytes = piece.baseAddress else { return }
      if piece.count <= 8 {
        first = ByteHash.load(bytes, count: piece.count)
      } else if piece.count <= Self.shortLimit {
        first = ByteHash.load(bytes)
        // Eight bytes that overlap the first, which are shifted out.
        second = ByteHash.load(bytes + piece.count - 8) &>> UInt64(8 &* (16 &- piece.count))
      } else {
        (first, second) = (ByteHash.hash(piece), ByteHash.load(bytes + piece.count - 8))
      }
    }

    static let shortLimit = 2 * MemoryLayout<UInt64>.size

    var isLong: Bool { length > Self.shortLimit }

    var hash: Int {
      Int(
        truncatingIfNeeded: ByteHash.mix(
          first ^ 0xE703_7ED1_A0B4_28DB, second ^ UInt64(length) ^ 0xA076_1D64_78BD_642F))
    }
  }

  private var entries = GrowingMemory<Entry>(capacity: 1 << 11)
  private var arena = GrowingMemory<UInt8>()
  /// Entry indices plus one by hash; zero is an empty slot.
  private var table: UnsafeMutableBufferPointer<UInt32>

  init() {
    table = .allocate(capacity: 1 << 12)
    table.initialize(repeating: 0)
  }

  deinit { table.deallocate() }

  /// The number of different pieces.
  var count: Int { entries.count }

  /// The number of bytes of all pieces.
  private(set) var byteCount = 0

  /// Counts the pieces of a text.
  mutating func add(_ pieces: some Sequence<Piece>, of text: UnsafeBufferPointer<UInt8>) {
    for piece in pieces { add(UnsafeBufferPointer(rebasing: text[piece.range])) }
  }

  /// Counts a piece.
  @inline(__always)
  mutating func add(_ piece: UnsafeBufferPointer<UInt8>, times: Int = 1) {
    byteCount &+= piece.count &* times
    let new = Entry(piece)
    let mask = table.count &- 1
    var place = new.hash & mask
    while table[place] != 0 {
      let entry = entries.base + Int(table[place]) - 1
      if entry.pointee.first == new.first, entry.pointee.second == new.second,
        entry.pointee.length == new.length, !new.isLong || isSame(entry.pointee, piece)
      {
        entry.pointee.count &+= times
        return
      }
      place = (place &+ 1) & mask
    }
    insert(new, piece, times: times, at: place)
  }

  @inline(never)
  private func isSame(_ entry: Entry, _ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    ByteHash.areEqual(
      UnsafeBufferPointer(start: arena.base + Int(entry.start), count: piece.count), piece)
  }

  @inline(never)
  private mutating func insert(
    _ new: Entry, _ piece: UnsafeBufferPointer<UInt8>, times: Int, at place: Int
  ) {
    var new = new
    new.count = times
    if new.isLong {
      new.start = UInt32(arena.count)
      for byte in piece { arena.append(byte) }
    }
    entries.append(new)
    table[place] = UInt32(entries.count)
    if 2 * entries.count > table.count { grow() }
  }

  private mutating func grow() {
    let count = 2 * table.count
    table.deallocate()
    table = .allocate(capacity: count)
    table.initialize(repeating: 0)
    for i in 0..<entries.count {
      var place = entries[i].hash & (count - 1)
      while table[place] != 0 { place = (place + 1) & (count - 1) }
      table[place] = UInt32(i + 1)
    }
  }

  /// Calls `body` with each piece and its count, in the order of their first occurrence.
  func forEach(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    for i in 0..<entries.count {
      let entry = entries[i]
      let length = Int(entry.length)
      if entry.isLong {
        body(UnsafeBufferPointer(start: arena.base + Int(entry.start), count: length), entry.count)
      } else {
        withUnsafeBytes(of: (entry.first.littleEndian, entry.second.littleEndian)) { bytes in
          body(
            UnsafeBufferPointer(rebasing: bytes.bindMemory(to: UInt8.self)[..<length]), entry.count)
        }
      }
    }
  }
}
