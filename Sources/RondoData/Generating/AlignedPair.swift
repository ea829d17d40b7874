/// Two texts of the same meaning, and the alignment of their characters.
public struct AlignedPair: Hashable, Sendable {
  /// The source text.
  public let source: String
  /// The target text.
  public let target: String
  /// For each character of the target, the UTF-8 bytes of the source that it renders, or `nil`
  /// where it is not aligned.
  public let alignment: [Range<Int>?]

  /// Creates a pair.
  ///
  /// - Parameters:
  ///   - source: The source text.
  ///   - target: The target text.
  ///   - alignment: One range of source bytes for each character of the target.
  public init(source: String, target: String, alignment: [Range<Int>?]) {
    guard alignment.count == target.count else {
      fatalError("an alignment of '\(target)' has \(target.count) entries, got \(alignment.count)")
    }
    (self.source, self.target, self.alignment) = (source, target, alignment)
  }

  /// The pair with source and target swapped: each source character with all that renders it.
  public var reversed: AlignedPair {
    var bytes: [Range<Int>] = []  // of the target, by character
    for character in target {
      let start = bytes.last?.upperBound ?? 0
      bytes.append(start..<start + character.utf8.count)
    }
    var start = 0
    let rendered = source.map { character -> Range<Int>? in
      let own = start..<start + character.utf8.count
      start = own.upperBound
      let places = alignment.indices.filter { alignment[$0]?.overlaps(own) == true }
      guard let first = places.first, let last = places.last else { return nil }
      return bytes[first].lowerBound..<bytes[last].upperBound
    }
    return AlignedPair(source: target, target: source, alignment: rendered)
  }

  /// Returns, for each character of the target, the tokens of the source that it renders.
  ///
  /// - Parameter spans: The byte range in the source of each token, in order.
  /// - Returns: Ranges of token indices, `nil` where a character is not aligned.
  public func alignment(toTokensAt spans: [Range<Int>]) -> [Range<Int>?] {
    alignment.map { bytes in
      guard let bytes, let first = spans.firstIndex(where: { $0.overlaps(bytes) }),
        let last = spans.lastIndex(where: { $0.overlaps(bytes) })
      else { return nil }
      return first..<last + 1
    }
  }
}

/// Builds a pair piece by piece and records its alignment.
struct AlignedPairBuilder {
  private var source = ""
  private var target = ""
  private var alignment: [Range<Int>?] = []

  /// Appends text to the source and returns the bytes it occupies.
  @discardableResult
  mutating func read(_ text: String) -> Range<Int> {
    let start = source.utf8.count
    source += text
    return start..<source.utf8.count
  }

  /// Appends text to the target.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - bytes: The bytes of the source that each of its characters renders, or `nil`.
  mutating func write(_ text: String, from bytes: Range<Int>?) {
    target += text
    alignment += [Range<Int>?](repeating: bytes, count: text.count)
  }

  /// The pair built so far.
  var pair: AlignedPair { AlignedPair(source: source, target: target, alignment: alignment) }
}
