import RondoTensor

/// The batches of one epoch; the next ones are prepared in the background while one is used.
///
/// ```swift
/// let batches = Batches(examples, size: .tokens(4096), order: .shuffled(seed: 42))
/// for epoch in 0..<10 {
///   for batch in batches.epoch(epoch) { print(batch.source.shape) }
/// }
/// ```
///
/// Order and content follow from the examples, the seed and the epoch. So a run that stopped after
/// the batch at `position` goes on with `batches.epoch(position.epoch, from: position.index + 1)`.
public struct Batches: Sequence {
  /// The number of the epoch.
  public let epoch: Int
  /// The number of the first batch to read.
  public let firstIndex: Int
  /// Which examples go together.
  public let plan: BatchPlan

  private let examples: [ParallelExample]
  private let size: BatchSize
  private let order: BatchOrder
  private let frame: FrameIDs
  private let device: Device

  /// How many batches are prepared ahead.
  private static let depth = 4

  /// Plans the first epoch.
  ///
  /// - Parameters:
  ///   - examples: The examples.
  ///   - size: How many of them make a batch.
  ///   - order: In which order they are read.
  ///   - frame: The tokens that frame the targets and fill the rows.
  ///   - device: Where the tensors are to live.
  public init(
    _ examples: [ParallelExample], size: BatchSize, order: BatchOrder,
    frame: FrameIDs = FrameIDs(), on device: Device = .cpu
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
  ///   - epoch: The number of the epoch, from 0.
  ///   - index: The number of the first batch to read.
  /// - Returns: The batches from that one to the end of the epoch.
  public func epoch(_ epoch: Int, from index: Int = 0) -> Batches {
    Batches(
      examples, size: size, order: order, frame: frame, device: device, epoch: epoch,
      firstIndex: index)
  }

  /// The number of batches from the first one to read to the end of the epoch.
  public var count: Int { plan.batches.count - firstIndex }

  /// The share of padding among all tokens of the epoch.
  public var paddingShare: Double { plan.paddingShare }

  /// Begins to prepare batches.
  public func makeIterator() -> Iterator {
    let prepared = PreparedAhead(firstIndex..<plan.batches.count, depth: Self.depth) {
      [plan, examples, frame] index in
      PaddedPairs(plan.batches[index].map { examples[$0] }, frame: frame)
    }
    return Iterator(batches: self, prepared: prepared, index: firstIndex)
  }

  /// Reads one batch after another.
  public struct Iterator: IteratorProtocol {
    let batches: Batches
    let prepared: PreparedAhead<PaddedPairs>
    var index: Int

    /// Returns the next batch, whose tensors are made on the calling thread.
    public mutating func next() -> Batch? {
      guard let pairs = prepared.next() else { return nil }
      defer { index += 1 }
      return Batch(
        pairs, rows: batches.plan.batches[index],
        at: BatchPosition(epoch: batches.epoch, index: index), on: batches.device)
    }
  }
}
