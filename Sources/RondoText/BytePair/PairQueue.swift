/// Pairs in the order in which they are to be merged: the most frequent first, of equal count the
/// one with the lowest symbols.
///
/// A pair can be queued twice with equal counts. Which of the two comes first then depends on the
/// shape of the heap, so the heap is the one of Hugging Face's trainer: every entry is above eight
/// others; the gap that the first leaves sinks to the bottom, of equal entries the last moving up,
/// and the entry at the end rises from there.
struct PairQueue: ~Copyable {
  struct Entry: BitwiseCopyable {
    /// The count when the entry was created or last updated.
    ///
    /// A count below zero comes before all others, as in Hugging Face's trainer.
    let count: UInt
    let key: UInt64
    /// Where the words are listed in which the pair came up.
    let list: UInt32

    init(count: Int, key: UInt64, list: UInt32) {
      self.count = UInt(bitPattern: count)
      self.key = key
      self.list = list
    }

    var left: UInt32 { UInt32(truncatingIfNeeded: key >> 32) }
    var right: UInt32 { UInt32(truncatingIfNeeded: key) }

    /// The higher, the earlier; one number, because it is compared without a branch.
    @inline(__always)
    var rank: UInt128 { UInt128(_low: ~key, _high: UInt64(count)) }
  }

  private static let width = 8
  private var heap = GrowingMemory<Entry>(capacity: 1 << 12)

  /// The memory in use.
  var byteCount: Int { heap.byteCount }

  /// Adds a pair.
  @inline(__always)
  mutating func insert(_ entry: Entry) {
    heap.append(entry)
    rise(entry, from: heap.count &- 1)
  }

  /// Removes the first pair.
  ///
  /// - Parameters:
  ///   - minimum: The minimum count, above zero, of a pair to return.
  ///   - count: Returns the current count of a pair.
  /// - Returns: The pair, or `nil` if no pair is frequent enough.
  mutating func removeFirst(atLeast minimum: Int, count: (UInt64) -> Int) -> Entry? {
    while heap.count > 0 {
      let first = removeFirst()
      let current = Entry(count: count(first.key), key: first.key, list: first.list)
      if current.count == first.count { return first.count < minimum ? nil : first }
      insert(current)
    }
    return nil
  }

  private mutating func removeFirst() -> Entry {
    let first = heap[0]
    let last = heap.removeLast()
    let (base, count) = (heap.base, heap.count)
    if count == 0 { return first }
    var gap = 0
    while true {
      let child = Self.width &* gap &+ 1
      if child >= count { break }
      var (best, rank) = (child, base[child].rank)
      var other = child &+ 1
      let end = min(child &+ Self.width, count)
      while other < end {
        let next = base[other].rank
        best = next >= rank ? other : best
        rank = next >= rank ? next : rank
        other &+= 1
      }
      base[gap] = base[best]
      gap = best
    }
    rise(last, from: gap)
    return first
  }

  @inline(__always)
  private func rise(_ entry: Entry, from gap: Int) {
    let base = heap.base
    var gap = gap
    while gap > 0 {
      let parent = (gap &- 1) / Self.width
      if entry.rank <= base[parent].rank { break }
      base[gap] = base[parent]
      gap = parent
    }
    base[gap] = entry
  }
}
