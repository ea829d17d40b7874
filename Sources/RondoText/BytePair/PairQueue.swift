/// Pairs in the order in which they are to be merged: the most frequent first, of equal count the
/// one with the lowest symbols.
///
/// Most pairs are rare and are never merged. Only frequent ones are in a heap; the others wait in
/// one chain for each count, until all more frequent ones are gone.
struct PairQueue: ~Copyable {
  struct Entry: BitwiseCopyable {
    /// The count when the entry was created or last updated.
    var count: Int
    let key: UInt64
    /// Where the words are listed in which the pair came up.
    let list: UInt32
    /// The order in which entries with this count joined the queue.
    var turn: Int32 = 0

    var left: UInt32 { UInt32(truncatingIfNeeded: key >> 32) }
    var right: UInt32 { UInt32(truncatingIfNeeded: key) }

    /// Of two entries of one pair, the one that joined earlier comes first.
    ///
    /// Hugging Face's trainer leaves this to the shape of its heap; where its runs agree, they do
    /// the same.
    @inline(__always)
    static func precedes(_ a: Entry, _ b: Entry) -> Bool {
      if a.count != b.count { return a.count > b.count }
      return a.key != b.key ? a.key < b.key : a.turn < b.turn
    }
  }

  /// An entry that waits among others of the same count.
  struct Waiting: BitwiseCopyable {
    let left: UInt32
    let right: UInt32
    let list: UInt32
    /// The position of the next one plus one, or zero.
    let next: UInt32
  }

  private var heap = GrowingMemory<Entry>(capacity: 1 << 12)
  private var waiting = GrowingMemory<Waiting>(capacity: 1 << 14)
  /// For each count below `floor`, the position of the first that waits plus one, or zero.
  private var chains = [UInt32](repeating: 0, count: 1 << 12)
  /// What is at least as frequent as this is in the heap.
  private var floor = 1 << 12
  /// When the next entry joins the heap.
  private var turn: Int32 = 0

  /// The memory in use.
  var byteCount: Int {
    heap.byteCount + waiting.byteCount + MemoryLayout<UInt32>.stride * chains.count
  }

  /// Adds a pair.
  @inline(__always)
  mutating func insert(_ entry: Entry) {
    if entry.count >= floor {
      var entry = entry
      entry.turn = nextTurn()
      rise(entry)
    } else {
      let chain = max(0, entry.count)
      waiting.append(
        Waiting(left: entry.left, right: entry.right, list: entry.list, next: chains[chain]))
      chains[chain] = UInt32(waiting.count)
    }
  }

  /// Removes the first pair.
  ///
  /// - Parameters:
  ///   - minimum: The minimum count, above zero, of a pair to return.
  ///   - count: Returns the current count of a pair.
  /// - Returns: The pair, or `nil` if no pair is frequent enough.
  mutating func removeFirst(atLeast minimum: Int, count: (UInt64) -> Int) -> Entry? {
    while fill() {
      var top = heap[0]
      let count = count(top.key)
      if count == top.count {
        if count < minimum { return nil }
        dropFirst()
        return top
      }
      top.count = count
      if count >= floor || floor == 0 {
        top.turn = nextTurn()
        sink(top)
      } else {
        dropFirst()
        insert(top)
      }
    }
    return nil
  }

  /// Moves the most frequent waiting pairs to the heap if it is empty; returns whether it is not.
  private mutating func fill() -> Bool {
    while heap.count == 0, floor > 0 {
      floor -= 1
      // The heap is empty, so the order starts anew; a chain begins with the entry that came last.
      turn = 0
      var earlier: Int32 = 0
      var next = Int(chains[floor])
      while next > 0 {
        let pair = waiting[next - 1]
        earlier -= 1
        let key = PairNumbers.key(pair.left, pair.right)
        rise(Entry(count: floor, key: key, list: pair.list, turn: earlier))
        next = Int(pair.next)
      }
    }
    return heap.count > 0
  }

  @inline(__always)
  private mutating func nextTurn() -> Int32 {
    turn &+= 1
    return turn
  }

  private mutating func dropFirst() {
    let last = heap.removeLast()
    if heap.count > 0 { sink(last) }
  }

  private mutating func rise(_ entry: Entry) {
    heap.append(entry)
    let base = heap.base
    var i = heap.count - 1
    while i > 0 {
      let parent = (i &- 1) >> 2
      if !Entry.precedes(entry, base[parent]) { break }
      base[i] = base[parent]
      i = parent
    }
    base[i] = entry
  }

  private func sink(_ entry: Entry) {
    let (base, count) = (heap.base, heap.count)
    var i = 0
    while true {
      let child = 4 &* i &+ 1
      if child >= count { break }
      var best = child
      var other = child &+ 1
      while other < min(child &+ 4, count) {
        if Entry.precedes(base[other], base[best]) { best = other }
        other &+= 1
      }
      if !Entry.precedes(base[best], entry) { break }
      base[i] = base[best]
      i = best
    }
    base[i] = entry
  }
}
