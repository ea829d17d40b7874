/// Pairs in the order in which they are to be merged: the most frequent first, of equal count the
/// one with the lowest symbols.
struct PairQueue: ~Copyable {
  struct Entry: BitwiseCopyable {
    /// The count when the entry was made or last looked at.
    var count: Int
    var key: UInt64
    var number: Int32
    /// The words in which the pair came up.
    var list: Int32

    @inline(__always)
    static func precedes(_ a: Entry, _ b: Entry) -> Bool {
      a.count != b.count ? a.count > b.count : a.key < b.key
    }
  }

  private var heap = GrowingMemory<Entry>(capacity: 1 << 14)

  /// The memory in use.
  var byteCount: Int { heap.byteCount }

  /// The first pair.
  var first: Entry? { heap.count > 0 ? heap[0] : nil }

  /// Adds a pair.
  mutating func insert(_ entry: Entry) {
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

  /// Gives the first pair its present count and puts it where it now belongs.
  mutating func recountFirst(_ count: Int) {
    var entry = heap[0]
    entry.count = count
    sink(entry)
  }

  /// Takes the first pair away.
  mutating func removeFirst() {
    let last = heap.removeLast()
    if heap.count > 0 { sink(last) }
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
