/// Merges the symbols of one piece at a time, earliest rank first, leftmost first among equals.
///
/// A short piece is searched repeatedly for its lowest rank, which for a few symbols is faster than
/// any other structure. A long one keeps its candidates in a heap, so that a megabyte without a
/// space takes n log n steps.
final class BytePairMerger {
  /// Pieces of more symbols than this use the heap.
  static let longestScan = 255

  let pairs: PairTable
  private var capacity = 0
  /// The symbols to be merged, and after ``merge(count:)`` those that are left.
  private(set) var symbols: UnsafeMutablePointer<UInt32>
  /// Where the unit at a position begins in the piece; kept by callers that ask for spans.
  private(set) var starts: UnsafeMutablePointer<UInt32>
  /// The rank of each symbol and the next, where the caller knows them.
  private(set) var ranks: UnsafeMutablePointer<UInt32>
  private var links: UnsafeMutablePointer<Link>
  private let keys = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
  private let lowestKeys = UnsafeMutablePointer<UInt32>.allocate(capacity: 32)
  private let shortLinks = UnsafeMutablePointer<ShortLink>.allocate(capacity: 256)
  private var heap: [UInt64] = []

  private struct ShortLink {
    var next: UInt8
    var previous: UInt8
  }

  private struct Link {
    var next: UInt32
    var previous: UInt32
  }

  /// Creates a merger.
  init(pairs: PairTable) {
    self.pairs = pairs
    symbols = .allocate(capacity: 0)
    starts = .allocate(capacity: 0)
    ranks = .allocate(capacity: 0)
    links = .allocate(capacity: 0)
    reserve(256)
  }

  deinit {
    symbols.deallocate()
    starts.deallocate()
    ranks.deallocate()
    links.deallocate()
    keys.deallocate()
    lowestKeys.deallocate()
    shortLinks.deallocate()
  }

  /// Reserves space for a piece of `count` symbols; previous contents are lost.
  @inline(__always)
  func reserve(_ count: Int) {
    if count > capacity { grow(to: 2 * count) }
  }

  private func grow(to count: Int) {
    symbols.deallocate()
    starts.deallocate()
    ranks.deallocate()
    links.deallocate()
    symbols = .allocate(capacity: count)
    starts = .allocate(capacity: count)
    ranks = .allocate(capacity: count)
    links = .allocate(capacity: count)
    capacity = count
  }

  /// Merges the first `count` symbols; the remaining ones are moved to the front.
  ///
  /// - Parameters:
  ///   - count: The number of symbols.
  ///   - hasRanks: Whether ``ranks`` already hold the rank of each symbol and the next.
  ///   - movesStarts: Whether ``starts`` move with their symbols.
  /// - Returns: The number of remaining symbols.
  func merge(count: Int, hasRanks: Bool = false, movesStarts: Bool = false) -> Int {
    if count < 2 { return count }
    if !hasRanks {
      for i in 0..<count &- 1 { ranks[i] = pairs.rank(symbols[i], symbols[i &+ 1]) }
    }
    if count > Self.longestScan || movesStarts {
      return mergeWithHeap(count: count, movesStarts: movesStarts)
    }
    return count > 24 ? mergeInBlocks(count: count) : mergeByScanning(count: count)
  }

  private func mergeByScanning(count: Int) -> Int {
    let (pairs, symbols, ranks) = (pairs, symbols, ranks)
    var last = count &- 1  // The last symbol; it has no pair of its own.
    var steps = last
    while last > 0 {
      var (lowest, at) = (PairTable.never, 0)
      for i in 0..<last where ranks[i] < lowest { (lowest, at) = (ranks[i], i) }
      steps &+= last
      if lowest == PairTable.never { break }
      symbols[at] = pairs.merged(symbols[at], symbols[at &+ 1], rank: lowest)
      last &-= 1
      var i = at &+ 1
      while i <= last {
        symbols[i] = symbols[i &+ 1]
        ranks[i] = ranks[i &+ 1]
        i &+= 1
      }
      if at > 0 { ranks[at &- 1] = pairs.rank(symbols[at &- 1], symbols[at]) }
      if at < last { ranks[at] = pairs.rank(symbols[at], symbols[at &+ 1]) }
    }
    StepCounter.add(steps)
    return last &+ 1
  }

  /// Keeps for each symbol the rank of its pair above its position in one number, and the lowest
  /// of every eight; the lowest of all is then found with few comparisons and no branches.
  private func mergeInBlocks(count: Int) -> Int {
    let (pairs, symbols, links) = (pairs, symbols, shortLinks)
    let (keys, lowest) = (keys, lowestKeys)
    let blockCount = (count &+ 7) / 8
    keys[count &- 1] = .max
    for i in count..<8 &* blockCount { keys[i] = .max }
    for i in 0..<count &- 1 {
      keys[i] = Self.key(ranks[i], at: i)
    }
    for i in 0..<count {
      links[i] = ShortLink(
        next: UInt8(truncatingIfNeeded: i &+ 1), previous: UInt8(truncatingIfNeeded: i &- 1))
    }
    for block in 0..<blockCount { lowest[block] = Self.lowest(keys + 8 &* block) }
    var steps = 2 &* count
    while true {
      var key = lowest[0]
      for block in 1..<max(1, blockCount) { key = min(key, lowest[block]) }
      steps &+= blockCount
      if key == .max { break }
      let left = Int(key & 0xFF)
      let right = Int(links[left].next)
      let next = Int(links[right].next)
      symbols[left] = pairs.merged(symbols[left], symbols[right], rank: key &>> 8)
      keys[right] = .max
      links[left].next = UInt8(truncatingIfNeeded: next)
      if next < count {
        links[next].previous = UInt8(truncatingIfNeeded: left)
        keys[left] = Self.key(pairs.rank(symbols[left], symbols[next]), at: left)
      } else {
        keys[left] = .max
      }
      if left > 0 {
        let previous = Int(links[left].previous)
        keys[previous] = Self.key(pairs.rank(symbols[previous], symbols[left]), at: previous)
        lowest[previous / 8] = Self.lowest(keys + (previous & ~7))
      }
      lowest[left / 8] = Self.lowest(keys + (left & ~7))
      if left / 8 != right / 8 { lowest[right / 8] = Self.lowest(keys + (right & ~7)) }
    }
    StepCounter.add(steps)
    var (kept, i) = (0, 0)
    while i < count {
      symbols[kept] = symbols[i]
      kept &+= 1
      i = Int(links[i].next)
    }
    return kept
  }

  @inline(__always)
  private static func key(_ rank: UInt32, at position: Int) -> UInt32 {
    rank == PairTable.never ? .max : rank &<< 8 | UInt32(truncatingIfNeeded: position)
  }

  @inline(__always)
  private static func lowest(_ keys: UnsafeMutablePointer<UInt32>) -> UInt32 {
    let a = min(min(keys[0], keys[1]), min(keys[2], keys[3]))
    let b = min(min(keys[4], keys[5]), min(keys[6], keys[7]))
    return min(a, b)
  }

  private func mergeWithHeap(count: Int, movesStarts: Bool) -> Int {
    let (pairs, symbols, ranks, links) = (pairs, symbols, ranks, links)
    heap.removeAll(keepingCapacity: true)
    let end = UInt32(count)
    ranks[count - 1] = PairTable.never
    for i in 0..<count {
      links[i] = Link(next: UInt32(i + 1), previous: UInt32(bitPattern: Int32(i - 1)))
      if ranks[i] != PairTable.never { heap.append(UInt64(ranks[i]) << 32 | UInt64(i)) }
    }
    var steps = 2 * count
    heap.withUnsafeMutableBufferPointer { Heap.order($0) }
    while let candidate = pop(steps: &steps) {
      let left = Int(candidate & 0xFFFF_FFFF)
      // The pair may have been merged away, or have become another one.
      guard ranks[left] == UInt32(candidate >> 32) else { continue }
      let right = Int(links[left].next)
      symbols[left] = pairs.merged(symbols[left], symbols[right], rank: ranks[left])
      ranks[right] = PairTable.never
      let next = links[right].next
      links[left].next = next
      if next < end { links[Int(next)].previous = UInt32(left) }
      ranks[left] =
        next < end ? pairs.rank(symbols[left], symbols[Int(next)]) : PairTable.never
      push(rank: ranks[left], at: left, steps: &steps)
      let previous = links[left].previous
      if previous != .max {
        ranks[Int(previous)] = pairs.rank(symbols[Int(previous)], symbols[left])
        push(rank: ranks[Int(previous)], at: Int(previous), steps: &steps)
      }
    }
    var kept = 0
    var i = 0
    while i < count {
      symbols[kept] = symbols[i]
      if movesStarts { starts[kept] = starts[i] }
      kept += 1
      i = Int(links[i].next)
    }
    StepCounter.add(steps)
    return kept
  }

  @inline(__always)
  private func push(rank: UInt32, at position: Int, steps: inout Int) {
    if rank == PairTable.never { return }
    heap.append(0)
    steps &+= heap.withUnsafeMutableBufferPointer {
      Heap.rise(UInt64(rank) << 32 | UInt64(position), in: $0)
    }
  }

  @inline(__always)
  private func pop(steps: inout Int) -> UInt64? {
    guard let lowest = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      steps &+= heap.withUnsafeMutableBufferPointer { Heap.sink(last, from: 0, in: $0) }
    }
    return lowest
  }

  /// A heap of numbers, the lowest first, each with four below it.
  private enum Heap {
    static func order(_ heap: UnsafeMutableBufferPointer<UInt64>) {
      guard heap.count > 1 else { return }
      for i in stride(from: (heap.count - 2) / 4, through: 0, by: -1) {
        _ = sink(heap[i], from: i, in: heap)
      }
    }

    @inline(__always)
    static func rise(_ value: UInt64, in heap: UnsafeMutableBufferPointer<UInt64>) -> Int {
      var i = heap.count &- 1
      var steps = 1
      while i > 0 {
        let parent = (i &- 1) >> 2
        if heap[parent] <= value { break }
        heap[i] = heap[parent]
        i = parent
        steps &+= 1
      }
      heap[i] = value
      return steps
    }

    @inline(__always)
    static func sink(
      _ value: UInt64, from start: Int, in heap: UnsafeMutableBufferPointer<UInt64>
    ) -> Int {
      var i = start
      var steps = 1
      while true {
        let first = 4 &* i &+ 1
        if first >= heap.count { break }
        var lowest = first
        for child in first &+ 1..<max(first &+ 1, min(first &+ 4, heap.count))
        where heap[child] < heap[lowest] {
          lowest = child
        }
        steps &+= 1
        if heap[lowest] >= value { break }
        heap[i] = heap[lowest]
        i = lowest
      }
      heap[i] = value
      return steps
    }
  }
}
