#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The copy memory task: symbols to reproduce after a long delay.
///
/// ```text
/// input:   s₁ … s_K  blank … blank  signal  blank … blank       K symbols, T − 1 blanks, K blanks
/// output:  blank …                  blank   s₁ … s_K            K + T blanks, K symbols
/// ```
///
/// The memoryless baseline, blanks and then a uniform guess, has a mean cross-entropy of
/// K ln n / (T + 2 K) over n symbols.
///
/// - Source: Arjovsky, Shah and Bengio,
///   [Unitary Evolution Recurrent Neural Networks](https://arxiv.org/abs/1511.06464), 2016,
///   section 5.1.
public struct CopyMemory: ExampleGenerator, Hashable {
  /// K, the number of symbols to remember.
  public let count: Int
  /// T, the length of the delay.
  public let delay: Int
  /// n, the number of different symbols.
  public let symbolCount: Int
  /// The identifier of the blank; those of the signal and the symbols follow.
  public let firstID: Int

  /// Creates a task.
  ///
  /// - Parameters:
  ///   - count: K, the number of symbols to remember.
  ///   - delay: T, the length of the delay, at least 1.
  ///   - symbolCount: n, the number of different symbols.
  ///   - firstID: The identifier of the blank.
  public init(count: Int = 10, delay: Int, symbolCount: Int = 8, firstID: Int = 4) {
    guard count > 0, delay > 0, symbolCount > 0, firstID >= 0 else {
      fatalError(
        "copy memory needs counts of at least 1, got \(count) symbols of \(symbolCount) kinds "
          + "over \(delay) steps")
    }
    (self.count, self.delay) = (count, delay)
    (self.symbolCount, self.firstID) = (symbolCount, firstID)
  }

  /// The number of identifiers, including those of special tokens.
  public var vocabularySize: Int { firstID + 2 + symbolCount }

  /// The identifier of the blank.
  public var blankID: Int { firstID }

  /// The identifier of the signal to reproduce the symbols.
  public var signalID: Int { firstID + 1 }

  /// The mean cross-entropy, in nats, of the memoryless baseline.
  public var memorylessLoss: Double {
    // The entropy of K uniform choices among n, averaged over all T + 2 K steps.
    Double(count) * log(Double(symbolCount)) / Double(delay + 2 * count)
  }

  /// Draws the symbols to remember.
  public func draw(using generator: inout SplitMix64) -> ParallelExample {
    let symbols = (0..<count).map { _ in signalID + 1 + generator.number(below: symbolCount) }
    func blanks(_ count: Int) -> [Int] { [Int](repeating: blankID, count: count) }
    return ParallelExample(
      source: symbols + blanks(delay - 1) + [signalID] + blanks(count),
      target: blanks(delay + count) + symbols)
  }

  /// Returns the symbols to remember.
  public func identity(of example: ParallelExample) -> [Int] { Array(example.source.prefix(count)) }
}
