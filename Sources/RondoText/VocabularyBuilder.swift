/// Collects tokens in any order and builds a ``Vocabulary``.
///
/// A file may contain anything, so what is read from one is bounded: a vocabulary of ``tokenLimit``
/// tokens and ``byteLimit`` bytes, and what a model builds from it, take less than 64 MB.
struct VocabularyBuilder: ~Copyable {
  /// The maximum number of tokens in a file.
  static let tokenLimit = 1 << 20
  /// All identifiers of a file lie below this; memory is proportional to the highest.
  static let identifierLimit = tokenLimit
  /// The maximum number of bytes of all tokens in a file.
  static let byteLimit = 12 << 20
  /// The maximum number of bytes of one token in a file.
  static let longestToken = 1 << 16

  /// A token or an identifier that occurs twice.
  struct Repetition: Error {
    /// The identifier, or that of the second of the two tokens.
    let id: Int
    let problem: String
  }

  /// A token, which ends where the next one starts.
  struct Entry {
    var id: UInt32
    var start: UInt32
  }

  private var arena = GrowingMemory<UInt8>()
  private var entries = GrowingMemory<Entry>()
  private var isAscending = true
  private(set) var highestID = -1

  /// The number of tokens so far.
  var tokenCount: Int { entries.count }

  /// Why one more token of this size is too much for a file, or `nil`.
  @inline(__always)
  func problem(adding byteCount: Int) -> String? {
    let total = arena.count &+ byteCount
    if byteCount <= Self.longestToken, total <= Self.byteLimit, tokenCount < Self.tokenLimit {
      return nil
    }
    if byteCount > Self.longestToken { return "a token has more than \(Self.longestToken) bytes" }
    return total > Self.byteLimit
      ? "all tokens together have more than \(Self.byteLimit) bytes"
      : "there are more than \(Self.tokenLimit) tokens"
  }

  /// Adds a token, which must not be empty.
  mutating func append(_ token: UnsafeBufferPointer<UInt8>, id: Int) {
    entries.append(Entry(id: UInt32(id), start: UInt32(arena.count)))
    arena.append(contentsOf: token)
    isAscending = isAscending && id > highestID
    highestID = max(highestID, id)
  }

  /// Builds the vocabulary.
  ///
  /// - Parameter count: One more than the highest identifier; by default, of those added.
  /// - Returns: The vocabulary.
  /// - Throws: ``Repetition`` if two tokens share an identifier or their bytes.
  mutating func build(count: Int? = nil) throws(Repetition) -> Vocabulary {
    let count = count ?? highestID + 1
    if !isAscending { try sort(count: count) }
    var starts: [UInt32] = []
    starts.reserveCapacity(count + 1)
    var longest = 0
    for index in 0..<entries.count {
      longest = max(longest, length(at: index))
      let entry = entries[index]
      starts += repeatElement(entry.start, count: Int(entry.id) + 1 - starts.count)
    }
    starts += repeatElement(UInt32(arena.count), count: count + 1 - starts.count)
    let tokenCount = tokenCount
    entries = GrowingMemory()
    let arena = Array(UnsafeBufferPointer(start: arena.base, count: arena.count))
    self.arena = GrowingMemory()
    let table = try Self.table(arena: arena, starts: starts, tokenCount: tokenCount)
    return Vocabulary(
      arena: arena, starts: starts, table: table, longestToken: longest, tokenCount: tokenCount)
  }

  /// Builds the vocabulary of a list of pieces.
  ///
  /// - Parameter file: The name of the file in error messages.
  /// - Returns: The vocabulary.
  /// - Throws: ``RondoTextError`` that names the second of two equal pieces.
  mutating func build(ofPiecesIn file: String) throws(RondoTextError) -> Vocabulary {
    do throws(Repetition) {
      return try build()
    } catch {
      throw .damaged(file: file, place: "piece \(error.id)", problem: error.problem)
    }
  }

  /// Sorts the tokens by their identifiers.
  private mutating func sort(count: Int) throws(Repetition) {
    var order = [UInt32](repeating: .max, count: count)
    for index in 0..<entries.count {
      let id = Int(entries[index].id)
      guard order[id] == .max else {
        throw Repetition(id: id, problem: "the identifier \(id) occurs twice")
      }
      order[id] = UInt32(index)
    }
    var sorted = VocabularyBuilder()
    for (id, index) in order.enumerated() where index != .max {
      let token = UnsafeBufferPointer(
        start: arena.base + Int(entries[Int(index)].start), count: length(at: Int(index)))
      sorted.append(token, id: id)
    }
    self = sorted
  }

  /// The length of the token that was added at a position.
  private func length(at index: Int) -> Int {
    let end = index + 1 < entries.count ? Int(entries[index + 1].start) : arena.count
    return end - Int(entries[index].start)
  }

  private static func table(
    arena: [UInt8], starts: [UInt32], tokenCount: Int
  ) throws(Repetition) -> [UInt32] {
    var capacity = 16
    while capacity < 2 * tokenCount { capacity *= 2 }
    var table = [UInt32](repeating: 0, count: capacity)
    try arena.withUnsafeBufferPointer { arena throws(Repetition) in
      for id in 0..<starts.count - 1 where starts[id] < starts[id + 1] {
        let token = UnsafeBufferPointer(rebasing: arena[Int(starts[id])..<Int(starts[id + 1])])
        var place = Int(truncatingIfNeeded: ByteHash.hash(token)) & (capacity - 1)
        while table[place] != 0 {
          let other = Int(table[place]) - 1
          let bytes = arena[Int(starts[other])..<Int(starts[other + 1])]
          if ByteHash.areEqual(token, UnsafeBufferPointer(rebasing: bytes)) {
            throw Repetition(
              id: id, problem: "the token \(RondoTextError.quoted(token)) occurs twice")
          }
          place = (place + 1) & (capacity - 1)
        }
        table[place] = UInt32(id) + 1
      }
    }
    return table
  }
}
