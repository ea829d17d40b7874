/// The different words of a corpus and how often each occurs, in the order of first occurrence.
///
/// A corpus of any size is read piece by piece; what stays in memory is the different words.
public struct WordCounts: Sendable {
  private var counter = PieceCounter()
  /// The number of bytes that were counted.
  public private(set) var byteCount = 0

  /// Creates an empty count.
  public init() {}

  /// The number of different words.
  public var count: Int { counter.count }

  /// Counts a word.
  ///
  /// - Parameters:
  ///   - word: The bytes of the word.
  ///   - times: How often it occurred.
  public mutating func add(_ word: UnsafeBufferPointer<UInt8>, times: Int = 1) {
    counter.add(word, times: times)
    byteCount += word.count * times
  }

  /// Counts a word.
  public mutating func add(_ word: String) {
    var word = word
    word.withUTF8 { add($0) }
  }

  /// The words and their counts, most frequent first; of equal count, in the order of their bytes.
  var ranked: [(bytes: ArraySlice<UInt8>, count: Int)] { counter.ranked }

  /// Calls `body` with each word and its count.
  func forEachWord(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    for (bytes, count) in counter.pieces { bytes.withUnsafeBufferPointer { body($0, count) } }
  }
}
