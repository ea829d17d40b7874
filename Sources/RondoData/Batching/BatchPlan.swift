/// The grouping of examples into batches for one epoch, and the order of the batches.
///
/// Every example occurs exactly once. The plan depends only on the lengths, the order and the
/// epoch, so a run that stops in the middle of an epoch can resume at the very next batch.
public struct BatchPlan: Hashable, Sendable {
  /// The indices of the examples in each batch.
  public let batches: [[Int]]
  /// The share of padding among all tokens of the epoch.
  public let paddingShare: Double

  /// Plans an epoch.
  ///
  /// - Parameters:
  ///   - lengths: The lengths of the examples.
  ///   - size: The size of a batch.
  ///   - order: The order in which examples are batched.
  ///   - epoch: The epoch, counted from 0.
  public init(lengths: [SequenceLengths], size: BatchSize, order: BatchOrder, epoch: Int = 0) {
    switch order {
    case .given:
      batches = Self.cut(Array(lengths.indices), lengths, size)
    case .byLength:
      batches = Self.cut(Self.sorted(lengths.indices, lengths), lengths, size)
    case .shuffled(let seed, let windowSize):
      var generator = SplitMix64(seed: seed, stream: epoch)
      let shuffled = generator.shuffled(lengths.indices)
      let sorted = Self.sortedWithinWindows(shuffled, lengths, windowSize)
      batches = generator.shuffled(Self.cut(sorted, lengths, size))
    }
    paddingShare = Self.paddingShare(of: batches, lengths)
  }

  /// Sorts windows alternately upward and downward, so that lengths do not jump between them.
  private static func sortedWithinWindows(
    _ examples: [Int], _ lengths: [SequenceLengths], _ windowSize: Int
  ) -> [Int] {
    guard windowSize > 0 else { fatalError("a window holds at least 1 example, got \(windowSize)") }
    return stride(from: 0, to: examples.count, by: windowSize).flatMap { start in
      let window = sorted(examples[start..<min(start + windowSize, examples.count)], lengths)
      return (start / windowSize).isMultiple(of: 2) ? window : window.reversed()
    }
  }

  private static func sorted(
    _ examples: some Sequence<Int>, _ lengths: [SequenceLengths]
  ) -> [Int] {
    // The rank breaks ties, so the order does not depend on the sorting algorithm.
    examples.enumerated().sorted { one, other in
      let (first, second) = (lengths[one.element], lengths[other.element])
      return (first.source, first.target, one.offset) < (second.source, second.target, other.offset)
    }.map(\.element)
  }

  private static func cut(
    _ examples: [Int], _ lengths: [SequenceLengths], _ size: BatchSize
  ) -> [[Int]] {
    var batches: [[Int]] = []
    var batch: [Int] = []
    var width = SequenceLengths(source: 0)
    for example in examples {
      let joined = width.joined(with: lengths[example])
      let isFull =
        switch size {
        case .rows(let limit): batch.count >= limit
        case .tokens(let limit): (batch.count + 1) * joined.total > limit
        }
      if isFull && !batch.isEmpty {
        batches.append(batch)
        (batch, width) = ([example], lengths[example])
      } else {
        batch.append(example)
        width = joined
      }
    }
    return batch.isEmpty ? batches : batches + [batch]
  }

  private static func paddingShare(of batches: [[Int]], _ lengths: [SequenceLengths]) -> Double {
    var (tokenCount, placeCount) = (0, 0)
    for batch in batches {
      let width = batch.reduce(SequenceLengths(source: 0)) { $0.joined(with: lengths[$1]) }
      tokenCount += batch.reduce(0) { $0 + lengths[$1].total }
      placeCount += batch.count * width.total
    }
    return placeCount == 0 ? 0 : 1 - Double(tokenCount) / Double(placeCount)
  }
}
