/// Collects tokens in any order and makes a ``Vocabulary`` of them.
struct VocabularyBuilder {
  private struct Entry {
    var id: UInt32
    var start: UInt32
    var end: UInt32
  }

  private var arena: [UInt8] = []
  private var entries: [Entry] = []
  private(set) var highestID = -1

  /// The number of tokens so far.
  var tokenCount: Int { entries.count }

  /// The highest identifier that a vocabulary of so many tokens may reasonably have; a damaged
  /// file may name any number, and memory is proportional to the highest.
  static func identifierLimit(tokenCount: Int) -> Int { 4 * tokenCount + 1_000_000 }

  /// Makes room.
  mutating func reserve(tokenCount: Int, byteCount: Int) {
    entries.reserveCapacity(tokenCount)
    arena.reserveCapacity(byteCount)
  }

  /// Adds a token, which must not be empty.
  mutating func append(_ token: UnsafeBufferPointer<UInt8>, id: Int) {
    let start = UInt32(arena.count)
    arena.append(contentsOf: token)
    entries.append(Entry(id: UInt32(id), start: start, end: UInt32(arena.count)))
    highestID = max(highestID, id)
  }

  /// Makes the vocabulary; `nil` if two tokens share an identifier or their bytes.
  ///
  /// - Parameter count: One more than the highest identifier; by default, of those given.
  /// - Returns: The vocabulary, or `nil`.
  func build(count: Int? = nil) -> Vocabulary? {
    let count = count ?? highestID + 1
    var order = [UInt32](repeating: .max, count: count)
    for (index, entry) in entries.enumerated() {
      guard order[Int(entry.id)] == .max else { return nil }
      order[Int(entry.id)] = UInt32(index)
    }
    var sorted: [UInt8] = []
    sorted.reserveCapacity(arena.count + TokenBuffer.padding)
    var starts: [UInt32] = [0]
    starts.reserveCapacity(count + 1)
    var longest = 0
    for index in order {
      if index != .max {
        let entry = entries[Int(index)]
        sorted += arena[Int(entry.start)..<Int(entry.end)]
        longest = max(longest, Int(entry.end - entry.start))
      }
      starts.append(UInt32(sorted.count))
    }
    guard let table = Self.table(arena: sorted, starts: starts, tokenCount: entries.count) else {
      return nil
    }
    return Vocabulary(
      arena: sorted, starts: starts, table: table, longestToken: longest,
      tokenCount: entries.count)
  }

  private static func table(arena: [UInt8], starts: [UInt32], tokenCount: Int) -> [UInt32]? {
    var capacity = 16
    while capacity < 2 * tokenCount { capacity *= 2 }
    var table = [UInt32](repeating: 0, count: capacity)
    return arena.withUnsafeBufferPointer { arena in
      for id in 0..<starts.count - 1 where starts[id] < starts[id + 1] {
        let token = UnsafeBufferPointer(rebasing: arena[Int(starts[id])..<Int(starts[id + 1])])
        var place = Int(truncatingIfNeeded: ByteHash.hash(token)) & (capacity - 1)
        while table[place] != 0 {
          let other = Int(table[place]) - 1
          let bytes = arena[Int(starts[other])..<Int(starts[other + 1])]
          if ByteHash.areEqual(token, UnsafeBufferPointer(rebasing: bytes)) { return nil }
          place = (place + 1) & (capacity - 1)
        }
        table[place] = UInt32(id) + 1
      }
      return table
    }
  }
}
