/// The distinct words of a corpus and their counts, in the order of first occurrence.
///
/// A corpus of any size is read piece by piece; only the distinct words stay in memory.
public struct WordCounts: Sendable {
  /// The words, which copies share until one of them changes: every mutation comes after
  /// `makeUnique()`, and reading changes nothing.
  private final class Storage: @unchecked Sendable {
    var counter = PieceCounter()
  }

  private var storage = Storage()
  /// Creates an empty count.
  public init() {}

  /// The number of distinct words.
  public var count: Int { storage.counter.count }

  /// The number of bytes that were counted.
  public var byteCount: Int { storage.counter.byteCount }

  /// Counts a word.
  ///
  /// - Parameters:
  ///   - word: The bytes of the word.
  ///   - times: How often it occurred.
  public mutating func add(_ word: UnsafeBufferPointer<UInt8>, times: Int = 1) {
    makeUnique()
    storage.counter.add(word, times: times)
  }

  /// Counts a word.
  public mutating func add(_ word: String) {
    var word = word
    word.withUTF8 { add($0) }
  }

  /// Counts the pieces of a text.
  mutating func add(_ pieces: some Sequence<Piece>, of text: UnsafeBufferPointer<UInt8>) {
    makeUnique()
    storage.counter.add(pieces, of: text)
  }

  private mutating func makeUnique() {
    if isKnownUniquelyReferenced(&storage) { return }
    let copy = Storage()
    forEachWord { copy.counter.add($0, times: $1) }
    storage = copy
  }

  /// The words and their counts, most frequent first; of equal count, in the order of their bytes.
  var ranked: [(bytes: [UInt8], count: Int)] {
    var words: [(bytes: [UInt8], count: Int)] = []
    forEachWord { words.append((Array($0), $1)) }
    return words.sorted { a, b in
      a.count != b.count ? a.count > b.count : a.bytes.lexicographicallyPrecedes(b.bytes)
    }
  }

  /// Calls `body` with each word and its count.
  func forEachWord(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    storage.counter.forEach(body)
  }
}
