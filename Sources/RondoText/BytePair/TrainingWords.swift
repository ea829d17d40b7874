/// The different words of a corpus as rows of symbols, each with its number of occurrences.
struct TrainingWords: ~Copyable {
  struct Row {
    var start: Int
    var length: Int32
    var count: Int
  }

  private var symbols = GrowingMemory<UInt32>(capacity: 1 << 16)
  private var rows = GrowingMemory<Row>(capacity: 1 << 12)

  /// The number of words.
  var count: Int { rows.count }

  /// The memory in use.
  var byteCount: Int { symbols.byteCount + rows.byteCount }

  /// Adds a symbol to the word that ``finish(count:)`` will add.
  @inline(__always)
  mutating func append(_ symbol: UInt32) { symbols.append(symbol) }

  /// Makes a word of the symbols since the last one.
  mutating func finish(count: Int) {
    let start = rows.count == 0 ? 0 : rows[rows.count - 1].start + Int(rows[rows.count - 1].length)
    rows.append(Row(start: start, length: Int32(symbols.count - start), count: count))
  }

  /// Counts the pairs of all words.
  func countPairs(in statistics: inout PairStatistics) {
    for word in 0..<rows.count {
      let row = rows[word]
      guard row.length > 1 else { continue }
      let symbols = symbols.base + row.start
      for i in 0..<Int(row.length) - 1 {
        statistics.add(
          symbols[i], symbols[i + 1], times: row.count, in: Int32(truncatingIfNeeded: word))
      }
    }
  }

  /// Merges a pair in one word.
  ///
  /// The pair itself is not counted down, as in Hugging Face's trainer: nothing asks for it again.
  ///
  /// - Parameters:
  ///   - word: The number of the word.
  ///   - left: The symbol on the left.
  ///   - right: The symbol on the right.
  ///   - merged: What they become.
  ///   - statistics: Where neighbouring pairs are counted.
  ///   - mayPair: Whether two symbols may become a pair, by their lengths.
  @inline(__always)
  mutating func merge(
    in word: Int32, _ left: UInt32, _ right: UInt32, into merged: UInt32,
    statistics: inout PairStatistics, mayPair: (UInt32, UInt32) -> Bool
  ) {
    let row = rows[Int(word)]
    let (symbols, length) = (symbols.base + row.start, Int(row.length))
    var (read, write) = (0, 0)
    while read < length {
      guard symbols[read] == left, read &+ 1 < length, symbols[read &+ 1] == right else {
        symbols[write] = symbols[read]
        write &+= 1
        read &+= 1
        continue
      }
      if write > 0 {
        let before = symbols[write &- 1]
        statistics.remove(before, left, times: row.count)
        if mayPair(before, merged) {
          statistics.add(before, merged, times: row.count, in: word)
        }
      }
      if read &+ 2 < length {
        let after = symbols[read &+ 2]
        statistics.remove(right, after, times: row.count)
        if mayPair(merged, after) {
          statistics.add(merged, after, times: row.count, in: word)
        }
      }
      symbols[write] = merged
      write &+= 1
      read &+= 2
    }
    rows.base[Int(word)].length = Int32(truncatingIfNeeded: write)
  }
}
