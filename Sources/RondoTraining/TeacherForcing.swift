import RondoData
import RondoTensor

/// Decides where a decoder is fed the target token in training, and where its own prediction.
///
/// At each position a coin is tossed with the probability that the schedule gives: always 1 is
/// teacher forcing, always 0 free running, anything between scheduled sampling. Coins depend only
/// on the seed and the step, so a resumed run tosses the coins of an uninterrupted one.
///
/// - Source: Bengio et al., [Scheduled Sampling for Sequence Prediction with Recurrent Neural
///   Networks](https://arxiv.org/abs/1506.03099), 2015.
public struct TeacherForcing: Sendable {
  /// What one coin decides.
  public enum Granularity: String, Sendable, Codable, CaseIterable {
    /// The whole batch at all positions.
    case batch
    /// All rows at one position.
    case step
    /// One row at one position, as in the paper.
    case sample
  }

  /// The probability of feeding the target token, by training step or epoch.
  public let rate: Schedule
  /// What one coin decides.
  public let granularity: Granularity
  /// The seed of the coins.
  public let seed: UInt64

  /// Creates a rule.
  public init(rate: Schedule, granularity: Granularity = .sample, seed: UInt64) {
    self.rate = rate
    self.granularity = granularity
    self.seed = seed
  }

  /// The probability that a rate means: the rate, clamped to 0...1.
  public static func probability(_ rate: Double) -> Double { min(1, max(0, rate)) }

  /// Tosses the coins of one training step.
  ///
  /// - Parameters:
  ///   - shape: B and T, the size of the target.
  ///   - step: The training step, counted from 0.
  ///   - epoch: The epoch of that step, counted from 0.
  ///   - device: The device of the model.
  /// - Returns: True where the target token is fed, `[B, T]`, or `nil` when it is fed everywhere.
  public func coins(shape: [Int], step: Int, epoch: Int, on device: Device = .cpu) -> Tensor? {
    let rate = Self.probability(rate(step: step, epoch: epoch))
    if rate == 1 { return nil }
    // Streams from 0 on put the batches of an epoch in order.
    var random = SplitMix64(seed: seed, stream: -1 - step)
    func toss() -> Bool { random.unit() < rate }
    let (rows, columns) = (shape[0], shape[1])
    let coins: [Bool]
    switch granularity {
    case .batch:
      coins = Array(repeating: toss(), count: rows * columns)
    case .step:
      let row = (0..<columns).map { _ in toss() }
      coins = (0..<rows).flatMap { _ in row }
    case .sample:
      coins = (0..<rows * columns).map { _ in toss() }
    }
    return coins.allSatisfy { $0 } ? nil : Tensor(coins, shape: shape, on: device)
  }
}
