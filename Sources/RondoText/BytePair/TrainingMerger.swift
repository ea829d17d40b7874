/// What a byte-pair trainer merges in: words, how often each pair occurs in them, and where.
struct TrainingMerger: ~Copyable {
  /// The pair that is merged next.
  struct Choice {
    let left: UInt32
    let right: UInt32
    let count: Int
    /// Where the words are listed in which the pair came up.
    fileprivate let list: UInt32
  }

  /// How many words are looked up at a time.
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
  ///   - symbolCount: How many different symbols there can be.
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
    var numbers = PairNumbers()
    var pairs = PairLists()
    words.forEachPair { left, right, count, word in
      let key = PairNumbers.key(left, right)
      var number = numbers[key]
      if number == 0 { number = numbers.add(pairs.add(key) + 1, to: key) }
      pairs.note(number &- 1, times: count, in: word)
    }
    pairs.layOut(in: &lists)
    for record in pairs.records { add(record, as: record.key) }
  }

  /// Counts a pair that has come up, and lets it wait for its turn.
  @inline(__always)
  private mutating func add(_ record: PairLists.Record, as key: UInt64) {
    if record.count == 0 { return }
    let count = counts.add(record.count, to: key)
    if count > 0 { queue.insert(PairQueue.Entry(count: count, key: key, list: record.list)) }
  }

  /// Chooses the pair that is merged next: the most frequent, of equal count the lowest symbols.
  mutating func next(atLeast minimum: Int) -> Choice? {
    queue.removeFirst(atLeast: minimum) { counts[$0] }.map { entry in
      Choice(left: entry.left, right: entry.right, count: entry.count, list: entry.list)
    }
  }

  /// Merges a pair in all its words.
  ///
  /// The pair itself is not counted down, as in Hugging Face's trainer: nothing asks for it again.
  ///
  /// - Parameters:
  ///   - pair: The pair.
  ///   - merged: What it becomes.
  ///   - mayPair: Whether two symbols may become a pair.
  @inline(__always)
  mutating func merge(
    _ pair: Choice, into merged: UInt32, mayPair: (UInt32, UInt32) -> Bool
  ) {
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
    for record in before.records where mayPair(record.symbol, merged) {
      add(record, as: PairNumbers.key(record.symbol, merged))
    }
    for record in after.records where mayPair(merged, record.symbol) {
      add(record, as: PairNumbers.key(merged, record.symbol))
    }
    before.removeAll()
    after.removeAll()
  }

  /// Merges a pair in the words of its list, and notes its neighbours.
  ///
  /// A word is seldom in the cache. The lengths of several are read before the first of them is
  /// needed, so that the memory looks for all of them at once.
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
