/// Pairs that new symbols form: the count of each, and the words in which it occurs.
///
/// In the end the occurrences are grouped by pair, so that the words of a pair are contiguous in
/// memory.
struct PairLists: ~Copyable {
  /// A pair, or the symbol that makes a pair with a known one.
  struct Record: BitwiseCopyable {
    let key: UInt64
    /// The number of occurrences.
    var count = 0
    /// The number of those that are too long to be one token.
    var excess = 0
    /// The last word recorded, so that a word is listed once.
    var lastWord = UInt32.max
    var wordCount: UInt32 = 0
    /// Where the next word is written; in the end, the end of the list.
    var position: UInt32 = 0

    /// The key as a symbol.
    var symbol: UInt32 { UInt32(truncatingIfNeeded: key) }

    /// Where the list was written: the number of words, then the words.
    var list: UInt32 { position &- wordCount &- 1 }
  }

  struct Listing: BitwiseCopyable {
    let record: UInt32
    let word: UInt32
  }

  private var memory = GrowingMemory<Record>(capacity: 1 << 10)
  private var listings = GrowingMemory<Listing>(capacity: 1 << 12)

  /// The memory in use.
  var byteCount: Int { memory.byteCount + listings.byteCount }

  /// The records by number.
  var records: UnsafeBufferPointer<Record> {
    UnsafeBufferPointer(start: memory.base, count: memory.count)
  }

  /// Adds a record; returns its number.
  @inline(__always)
  mutating func add(_ key: UInt64) -> Int {
    memory.append(Record(key: key))
    return memory.count &- 1
  }

  /// Records an occurrence in a word; one that is too long counts, but its word is not listed.
  @inline(__always)
  mutating func note(_ number: Int, times: Int, in word: UInt32, isTooLong: Bool = false) {
    let record = memory.base + number
    record.pointee.count &+= times
    if isTooLong {
      record.pointee.excess &+= times
      return
    }
    if record.pointee.lastWord == word { return }
    record.pointee.lastWord = word
    record.pointee.wordCount &+= 1
    listings.append(Listing(record: UInt32(truncatingIfNeeded: number), word: word))
  }

  /// Moves everything recorded for a pair to a record of other lists; the pair then counts nothing.
  ///
  /// A word that is in both lists is listed once, because it may be visited only once.
  mutating func give(_ number: Int, to target: Int, of other: inout PairLists) {
    let known = Set(other.words(of: target))
    for word in words(of: number) where !known.contains(word) {
      other.note(target, times: 0, in: word)
    }
    other.memory.base[target].count += memory[number].count
    other.memory.base[target].excess += memory[number].excess
    memory.base[number].count = 0
    memory.base[number].excess = 0
  }

  private func words(of number: Int) -> [UInt32] {
    (0..<listings.count).filter { listings[$0].record == number }.map { listings[$0].word }
  }

  /// Writes the list of each record to the end of `lists`: the number of words, then the words.
  mutating func layOut(in lists: inout GrowingMemory<UInt32>) {
    let length = memory.count + listings.count
    lists.reserve(length)
    var position = lists.count
    for record in memory.base..<memory.base + memory.count {
      lists.base[position] = record.pointee.wordCount
      record.pointee.position = UInt32(position &+ 1)
      position &+= 1 &+ Int(record.pointee.wordCount)
    }
    for i in 0..<listings.count {
      let record = memory.base + Int(listings[i].record)
      lists.base[Int(record.pointee.position)] = listings[i].word
      record.pointee.position &+= 1
    }
    lists.advance(by: length)
  }

  /// Removes everything and keeps the memory.
  mutating func removeAll() {
    memory.removeAll()
    listings.removeAll()
  }
}
