import RondoTensor

/// The batches of one epoch, the next of which are prepared in the background.
///
/// ```swift
/// let batches = Batches(
///   examples, size: .tokens(4096), order: .shuffled(seed: 42), frame: frame)
/// for epoch in 0..<10 {
///   for batch in batches.epoch(epoch) { print(batch.source.shape) }
/// }
/// ```
///
/// Order and content depend only on the examples, the seed and the epoch. So a run that stopped
/// after the batch at `position` resumes with
/// `batches.epoch(position.epoch, from: position.index + 1)`.
public struct Batches: Sequence {
  /// The epoch, counted from 0.
  public let epoch: Int
  /// The index of the first batch to return.
  public let firstIndex: Int
  /// The grouping of the examples into batches.
  public let plan: BatchPlan

  private let examples: [ParallelExample]
  private let size: BatchSize
  private let order: BatchOrder
  private let frame: FrameIDs
  private let device: Device

  /// The number of batches prepared ahead.
  private static let depth = 4

  /// Plans the first epoch.
  ///
  /// - Parameters:
  ///   - examples: The examples.
  ///   - size: The size of a batch.
  ///   - order: The order in which examples are batched.
  ///   - frame: The start, end and padding tokens.
  ///   - device: The device on which to create the tensors.
  public init(
    _ examples: [ParallelExample], size: BatchSize, order: BatchOrder,
    frame: FrameIDs, on device: Device = .cpu
  ) {
    self.init(
      examples, size: size, order: order, frame: frame, device: device, epoch: 0, firstIndex: 0)
  }

  private init(
    _ examples: [ParallelExample], size: BatchSize, order: BatchOrder, frame: FrameIDs,
    device: Device, epoch: Int, firstIndex: Int
  ) {
    (self.examples, self.size, self.order) = (examples, size, order)
    (self.frame, self.device, self.epoch) = (frame, device, epoch)
    let lengths = examples.map {
      SequenceLengths(source: $0.source.count, target: $0.target.count + 2)
    }
    plan = BatchPlan(lengths: lengths, size: size, order: order, epoch: epoch)
    guard (0...plan.batches.count).contains(firstIndex) else {
      fatalError(
        "epoch \(epoch) has \(plan.batches.count) batches and cannot begin at \(firstIndex)")
    }
    self.firstIndex = firstIndex
  }

  /// Returns the batches of another epoch, or the rest of them.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, counted from 0.
  ///   - index: The index of the first batch to return.
  /// - Returns: The batches from that one to the end of the epoch.
  public func epoch(_ epoch: Int, from index: Int = 0) -> Batches {
    Batches(
      examples, size: size, order: order, frame: frame, device: device, epoch: epoch,
      firstIndex: index)
  }

  /// The number of batches from the first one to the end of the epoch.
  public var count: Int { plan.batches.count - firstIndex }

  /// The share of padding among all tokens of the epoch.
  public var paddingShare: Double { plan.paddingShare }

  /// Starts preparing batches in the background.
  public func makeIterator() -> Iterator {
    let prepared = PreparedAhead(firstIndex..<plan.batches.count, depth: Self.depth) {
      [plan, examples, frame] index in
      PaddedPairs(plan.batches[index].map { examples[$0] }, frame: frame)
    }
    return Iterator(batches: self, prepared: prepared, index: firstIndex)
  }

  /// An iterator over the batches of an epoch.
  public struct Iterator: IteratorProtocol {
    let batches: Batches
    let prepared: PreparedAhead<PaddedPairs>
    var index: Int

    /// Returns the next batch, whose tensors are created on the calling thread.
    public mutating func next() -> Batch? {
      guard let pairs = prepared.next() else { return nil }
      defer { index += 1 }
      return Batch(
        pairs, rows: batches.plan.batches[index],
        at: BatchPosition(epoch: batches.epoch, index: index), on: batches.device)
    }
  }
}
