/// The identifiers of the tokens that frame and fill the rows of a batch.
public struct FrameIDs: Hashable, Sendable, Codable {
  /// Fills rows up; no real token has it.
  public let padding: Int
  /// Stands before the first token of a target.
  public let start: Int
  /// Stands after the last token of a target.
  public let end: Int

  /// Creates a frame; the defaults are those of Rondo's own tokenizers.
  ///
  /// - Parameters:
  ///   - padding: Fills rows up; no real token has it.
  ///   - start: Stands before the first token of a target.
  ///   - end: Stands after the last token of a target.
  public init(padding: Int = 0, start: Int = 2, end: Int = 3) {
    guard padding != start, padding != end else {
      fatalError("the padding identifier \(padding) is that of a real token")
    }
    (self.padding, self.start, self.end) = (padding, start, end)
  }
}

/// Where a batch stands in training.
public struct BatchPosition: Hashable, Sendable, Codable {
  /// The number of the epoch, from 0.
  public let epoch: Int
  /// The number of the batch in the epoch, from 0.
  public let index: Int

  /// Creates a position.
  public init(epoch: Int, index: Int) {
    (self.epoch, self.index) = (epoch, index)
  }
}

/// A batch before it becomes tensors, so that any thread can prepare it.
struct PaddedPairs: Hashable, Sendable {
  let source: PaddedRows<Int>
  let target: PaddedRows<Int>

  init(_ examples: [ParallelExample], frame: FrameIDs) {
    for (number, example) in examples.enumerated() {
      guard !example.source.contains(frame.padding), !example.target.contains(frame.padding) else {
        fatalError(
          "example \(number) of a batch holds the padding identifier \(frame.padding), which no "
            + "real token may have")
      }
    }
    // A batch of empty sources keeps one column of padding, because no network reads zero steps.
    source = PaddedRows(examples.map(\.source), with: frame.padding, minimumWidth: 1)
    target = PaddedRows(
      examples.map { [frame.start] + $0.target + [frame.end] }, with: frame.padding)
  }
}
