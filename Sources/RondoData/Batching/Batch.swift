import RondoTensor

/// A batch of examples, padded to the same length.
public struct Batch {
  /// Source tokens, `[B, S]`.
  public let source: Tensor
  /// The number of source tokens in each row, without padding.
  public let sourceLengths: [Int]
  /// Target tokens, including start and end tokens, `[B, T]`.
  public let target: Tensor
  /// The number of target tokens in each row, including start and end tokens, without padding.
  public let targetLengths: [Int]
  /// The share of padding among all source and target tokens.
  public let paddingShare: Double
  /// The index in the corpus of each row's example.
  public let rows: [Int]
  /// The position of the batch in training.
  public let position: BatchPosition

  /// Creates a batch by padding examples.
  ///
  /// - Parameters:
  ///   - examples: The examples, at least one; a source or a target may be empty.
  ///   - frame: The start, end and padding tokens.
  ///   - device: The device on which to create the tensors.
  public init(
    padding examples: [ParallelExample], frame: FrameIDs, on device: Device = .cpu
  ) {
    self.init(
      PaddedPairs(examples, frame: frame), rows: Array(examples.indices),
      at: BatchPosition(epoch: 0, index: 0), on: device)
  }

  init(_ pairs: PaddedPairs, rows: [Int], at position: BatchPosition, on device: Device) {
    let (source, target) = (pairs.source, pairs.target)
    guard !rows.isEmpty else { fatalError("a batch needs at least one example") }
    self.source = Tensor(source, on: device)
    self.target = Tensor(target, on: device)
    (sourceLengths, targetLengths) = (source.lengths, target.lengths)
    let placeCount = rows.count * (source.width + target.width)
    paddingShare = 1 - Double(source.stepCount + target.stepCount) / Double(placeCount)
    (self.rows, self.position) = (rows, position)
  }

  /// B, the number of examples.
  public var count: Int { rows.count }

  /// The number of source and target tokens, without padding.
  public var tokenCount: Int { sourceLengths.reduce(0, +) + targetLengths.reduce(0, +) }

  /// The number of tokens to predict: all target tokens but the start tokens.
  public var predictedCount: Int { targetLengths.reduce(0) { $0 + $1 - 1 } }
}
