/// The state of byte-pair training: words, and the count and the words of each pair.
struct TrainingMerger: ~Copyable {
  /// The pair to merge next.
  struct Choice {
    let left: UInt32
    let right: UInt32
    let count: Int
    /// Where the words are listed in which the pair came up.
    fileprivate let list: UInt32
  }

  /// The number of words looked up at a time.
  private static let batchSize = 16

  private let words: TrainingWords
  private var counts = PairNumbers()
  private var queue = PairQueue()
  /// The lists of words of all pairs.
  private var lists = GrowingMemory<UInt32>(capacity: 1 << 16)
  private var before: PairNeighbours
  private var after: PairNeighbours
  private let lengths = GrowingMemory<UInt32>(capacity: batchSize)

  /// Counts the pairs of words.
  ///
  /// - Parameters:
  ///   - words: The words.
  ///   - symbolCount: The maximum number of different symbols.
  init(words: consuming TrainingWords, symbolCount: Int) {
    self.words = words
    before = PairNeighbours(symbolCount: symbolCount)
    after = PairNeighbours(symbolCount: symbolCount)
    countPairs()
  }

  /// The memory in use.
  var byteCount: Int {
    words.byteCount + counts.byteCount + queue.byteCount + lists.byteCount + before.byteCount
      + after.byteCount
  }

  private mutating func countPairs() {
    // The number of a pair is that of its record plus one, until its count takes its place.
    var numbers = PairNumbers()
    var pairs = PairLists()
    words.forEachPair { left, right, count, word in
      let key = PairNumbers.key(left, right)
      var number = numbers[key]
      if number == 0 { number = numbers.add(pairs.add(key) + 1, to: key) }
      pairs.note(number &- 1, times: count, in: word)
    }
    pairs.layOut(in: &lists)
    for record in pairs.records {
      let count = numbers.add(record.count &- numbers[record.key], to: record.key)
      queue.insert(PairQueue.Entry(count: count, key: record.key, list: record.list))
    }
    counts = numbers
  }

  /// Counts a new pair, and queues it.
  @inline(__always)
  private mutating func add(_ record: PairLists.Record, as key: UInt64) {
    let created = record.count &- record.excess
    if created == 0 { return }
    let count = counts.add(created, to: key)
    if count > 0 { queue.insert(PairQueue.Entry(count: count, key: key, list: record.list)) }
  }

  /// Returns the pair to merge next: the most frequent, of equal count the lowest symbols.
  mutating func next(atLeast minimum: Int) -> Choice? {
    queue.removeFirst(atLeast: minimum) { counts[$0] }.map { entry in
      Choice(
        left: entry.left, right: entry.right, count: Int(bitPattern: entry.count),
        list: entry.list)
    }
  }

  /// Merges a pair in all its words.
  ///
  /// The pair's own count is not reduced, as in Hugging Face's trainer: it is never used again.
  ///
  /// - Parameters:
  ///   - pair: The pair.
  ///   - merged: The symbol that replaces it.
  @inline(__always)
  mutating func merge(_ pair: Choice, into merged: UInt32) {
    visit(pair, merged: merged)
    for record in before.records {
      counts.add(-record.count, to: PairNumbers.key(record.symbol, pair.left))
    }
    for record in after.records {
      counts.add(-record.count, to: PairNumbers.key(pair.right, record.symbol))
    }
    // Where the merged symbol is on both sides, both mean the pair of it with itself.
    before.takeOver(merged, from: &after)
    before.layOut(in: &lists)
    after.layOut(in: &lists)
    for record in before.records {
      add(record, as: PairNumbers.key(record.symbol, merged))
    }
    for record in after.records {
      add(record, as: PairNumbers.key(merged, record.symbol))
    }
    before.removeAll()
    after.removeAll()
  }

  /// Merges a pair in the words of its list, and records its neighbours.
  ///
  /// A word is rarely in the cache. The lengths of several are read before the first is needed, so
  /// that they are fetched concurrently.
  @inline(__always)
  private mutating func visit(_ pair: Choice, merged: UInt32) {
    var next = lists.base + Int(pair.list)
    let end = next + 1 + Int(next.pointee)
    next += 1
    while next < end {
      let count = min(Self.batchSize, end - next)
      for i in 0..<count { lengths[i] = words.length(of: next[i]) }
      for i in 0..<count {
        words.merge(
          pair.left, pair.right, into: merged, in: next[i], length: Int(lengths[i]),
          before: &before, after: &after)
      }
      next += count
    }
  }
}
