/// The symbols on one side of a pair that is being merged.
///
/// Each stands for two pairs: one that the merge removes, and one that it creates. The occurrences
/// of a pair have few different neighbours, so recording them here, in a small memory, saves most
/// accesses to the large table of all pairs.
struct PairNeighbours: ~Copyable {
  private var lists = PairLists()
  /// The number of the record of each symbol plus one; zero where there is none.
  private let slots: UnsafeMutableBufferPointer<UInt32>

  /// Allocates space for the given number of symbols.
  init(symbolCount: Int) {
    slots = .allocate(capacity: symbolCount)
    slots.initialize(repeating: 0)
  }

  deinit { slots.deallocate() }

  /// The memory in use.
  var byteCount: Int { lists.byteCount + MemoryLayout<UInt32>.stride * slots.count }

  /// The records, one per symbol.
  var records: UnsafeBufferPointer<PairLists.Record> { lists.records }

  /// Records that a symbol is adjacent to the pair in a word.
  ///
  /// - Parameters:
  ///   - symbol: The symbol.
  ///   - times: The count of the word.
  ///   - word: The word.
  ///   - isTooLong: Whether the pair that the merge creates is too long to be one token.
  @inline(__always)
  mutating func note(_ symbol: UInt32, times: Int, in word: UInt32, isTooLong: Bool) {
    var slot = slots[Int(symbol)]
    if slot == 0 {
      slot = UInt32(truncatingIfNeeded: lists.add(UInt64(symbol)) &+ 1)
      slots[Int(symbol)] = slot
    }
    lists.note(Int(slot) &- 1, times: times, in: word, isTooLong: isTooLong)
  }

  /// Takes over the other side's record of a symbol, if both have one.
  mutating func takeOver(_ symbol: UInt32, from other: inout PairNeighbours) {
    let (own, others) = (Int(slots[Int(symbol)]), Int(other.slots[Int(symbol)]))
    if own > 0, others > 0 { other.lists.give(others - 1, to: own - 1, of: &lists) }
  }

  /// Writes for each symbol the list of its words to the end of `memory`.
  mutating func layOut(in memory: inout GrowingMemory<UInt32>) { lists.layOut(in: &memory) }

  /// Removes everything and keeps the memory.
  mutating func removeAll() {
    for record in records { slots[Int(record.symbol)] = 0 }
    lists.removeAll()
  }
}
