/// Counts how often each piece occurs.
struct PieceCounter {
  private struct Entry {
    var start: Int
    var length: Int32
    var count: Int
    var hash: UInt64
  }

  private var arena: [UInt8] = []
  private var entries: [Entry] = []
  private var table = [UInt32](repeating: 0, count: 1 << 12)

  /// The number of different pieces.
  var count: Int { entries.count }

  /// Counts a piece.
  mutating func add(_ piece: UnsafeBufferPointer<UInt8>, times: Int = 1) {
    let hash = ByteHash.hash(piece)
    var place = Int(truncatingIfNeeded: hash) & (table.count - 1)
    while table[place] != 0 {
      let index = Int(table[place]) - 1
      if entries[index].hash == hash, bytesEqual(index, piece) {
        entries[index].count += times
        return
      }
      place = (place + 1) & (table.count - 1)
    }
    entries.append(
      Entry(start: arena.count, length: Int32(piece.count), count: times, hash: hash))
    arena.append(contentsOf: piece)
    table[place] = UInt32(entries.count)
    if 2 * entries.count > table.count { grow() }
  }

  private func bytesEqual(_ index: Int, _ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    let entry = entries[index]
    return arena.withUnsafeBufferPointer { arena in
      let range = entry.start..<entry.start + Int(entry.length)
      return ByteHash.areEqual(UnsafeBufferPointer(rebasing: arena[range]), piece)
    }
  }

  private mutating func grow() {
    table = [UInt32](repeating: 0, count: 2 * table.count)
    for (index, entry) in entries.enumerated() {
      var place = Int(truncatingIfNeeded: entry.hash) & (table.count - 1)
      while table[place] != 0 { place = (place + 1) & (table.count - 1) }
      table[place] = UInt32(index + 1)
    }
  }

  /// The pieces and their counts, in the order of their first occurrence.
  var pieces: [(bytes: ArraySlice<UInt8>, count: Int)] {
    entries.map { (arena[$0.start..<$0.start + Int($0.length)], $0.count) }
  }

  /// The pieces, most frequent first; of equal count, in the order of their bytes.
  var ranked: [(bytes: ArraySlice<UInt8>, count: Int)] {
    pieces.sorted { a, b in
      a.count != b.count ? a.count > b.count : a.bytes.lexicographicallyPrecedes(b.bytes)
    }
  }
}
