/// The distinct words of a corpus as rows of symbols, each with its count.
///
/// The rows are contiguous in memory, and count and length precede the symbols, so that a word is
/// read from one place. A word is identified by the position of its row.
struct TrainingWords: ~Copyable {
  /// The count takes two numbers, the length one.
  private static let headerSize = 3
  private static let lengthOffset = 2

  private var memory = GrowingMemory<UInt32>(capacity: 1 << 16)
  /// The length in units that a new pair must stay below, or `Int.max`.
  private let lengthLimit: Int
  /// The number of units of each symbol, at the same position; empty if there is no limit.
  ///
  /// A token that can be made in several ways can be made of different numbers of units.
  private var lengths = GrowingMemory<UInt32>()
  /// The row that was started last.
  private var latest = 0

  init(lengthLimit: Int = .max) { self.lengthLimit = lengthLimit }

  /// The memory in use.
  var byteCount: Int { memory.byteCount + lengths.byteCount }

  /// Starts a word with a count.
  mutating func begin(count: Int) {
    latest = memory.count
    memory.append(UInt32(truncatingIfNeeded: count))
    memory.append(UInt32(truncatingIfNeeded: count >> 32))
    memory.append(0)
  }

  /// Adds a symbol to the current word.
  @inline(__always)
  mutating func append(_ symbol: UInt32) { memory.append(symbol) }

  /// Ends the current word.
  mutating func end() {
    memory[latest + Self.lengthOffset] = UInt32(memory.count - latest - Self.headerSize)
    guard lengthLimit != .max else { return }
    while lengths.count < memory.count { lengths.append(1) }
  }

  /// The number of units of the symbol at a position, or zero if there is no limit.
  @inline(__always)
  private func unitCount(at position: Int) -> Int {
    lengthLimit == .max ? 0 : Int(lengths[position])
  }

  @inline(__always)
  private func setUnitCount(_ count: Int, at position: Int) {
    if lengthLimit != .max { lengths[position] = UInt32(truncatingIfNeeded: count) }
  }

  @inline(__always)
  private static func count(of row: UnsafeMutablePointer<UInt32>) -> Int {
    Int(row[0]) | Int(row[1]) &<< 32
  }

  /// Calls `body` with each pair of each word, before any merge.
  @inline(__always)
  func forEachPair(_ body: (_ left: UInt32, _ right: UInt32, _ count: Int, _ word: UInt32) -> Void)
  {
    var position = 0
    while position < memory.count {
      let row = memory.base + position
      let (count, length) = (Self.count(of: row), Int(row[Self.lengthOffset]))
      let symbols = row + Self.headerSize
      var i = 1
      while i < length {
        body(symbols[i &- 1], symbols[i], count, UInt32(position))
        i &+= 1
      }
      position += Self.headerSize + length
    }
  }

  /// The number of symbols of a word.
  @inline(__always)
  func length(of word: UInt32) -> UInt32 { memory[Int(word) &+ Self.lengthOffset] }

  /// Merges all occurrences of a pair in one word.
  ///
  /// - Parameters:
  ///   - left: The symbol on the left.
  ///   - right: The symbol on the right.
  ///   - merged: The symbol that replaces them.
  ///   - word: The word.
  ///   - length: The number of its symbols.
  ///   - before: Records the symbols before the pair.
  ///   - after: Records the symbols after the pair.
  @inline(__always)
  func merge(
    _ left: UInt32, _ right: UInt32, into merged: UInt32, in word: UInt32, length: Int,
    before: inout PairNeighbours, after: inout PairNeighbours
  ) {
    let row = memory.base + Int(word)
    let first = Int(word) &+ Self.headerSize
    let symbols = memory.base + first
    let pair = Self.pair(left, right)
    var read = 0
    while true {
      if read &+ 1 >= length { return }
      if Self.pair(at: symbols + read) == pair { break }
      read &+= 1
    }
    let count = Self.count(of: row)
    var write = read
    while read < length {
      guard read &+ 1 < length, Self.pair(at: symbols + read) == pair else {
        symbols[write] = symbols[read]
        setUnitCount(unitCount(at: first &+ read), at: first &+ write)
        write &+= 1
        read &+= 1
        continue
      }
      let units = unitCount(at: first &+ read) &+ unitCount(at: first &+ read &+ 1)
      if write > 0 {
        before.note(
          symbols[write &- 1], times: count, in: word,
          isTooLong: unitCount(at: first &+ write &- 1) &+ units >= lengthLimit)
      }
      if read &+ 2 < length {
        after.note(
          symbols[read &+ 2], times: count, in: word,
          isTooLong: units &+ unitCount(at: first &+ read &+ 2) >= lengthLimit)
      }
      symbols[write] = merged
      setUnitCount(units, at: first &+ write)
      write &+= 1
      read &+= 2
    }
    row[Self.lengthOffset] = UInt32(truncatingIfNeeded: write)
  }

  /// Two symbols as they lie in memory.
  @inline(__always)
  private static func pair(at symbols: UnsafeMutablePointer<UInt32>) -> UInt64 {
    UnsafeRawPointer(symbols).loadUnaligned(as: UInt64.self)
  }

  private static func pair(_ left: UInt32, _ right: UInt32) -> UInt64 {
    withUnsafeBytes(of: (left, right)) { $0.loadUnaligned(as: UInt64.self) }
  }
}
