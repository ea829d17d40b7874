#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The perplexity of a model on a text: the exponential of its mean loss.
///
/// ```text
/// perplexity = exp(Σ −log p(token) / tokens)
/// ```
///
/// A model that assigns equal probability to V tokens has perplexity V. Summed losses are added
/// rather than batch means, so the result does not depend on how the text was batched.
///
/// - Source: Jelinek et al., [Perplexity](https://doi.org/10.1121/1.2016299), 1977.
public struct Perplexity: Hashable, Sendable {
  /// The sum of the losses, in nats.
  public private(set) var nats = 0.0
  /// The number of tokens that were predicted.
  public private(set) var tokenCount = 0

  /// Creates a perplexity with no text.
  public init() {}

  /// Adds the losses of a piece of text.
  ///
  /// - Parameters:
  ///   - nats: The summed, not the mean, loss of its tokens in nats.
  ///   - tokenCount: The number of its tokens, without padding.
  public mutating func add(nats: Double, tokenCount: Int) {
    guard tokenCount >= 0 else {
      fatalError("Perplexity expects a token count of at least 0 and got \(tokenCount)")
    }
    self.nats += nats
    self.tokenCount += tokenCount
  }

  /// Adds the text of another perplexity.
  public mutating func merge(_ other: Perplexity) {
    add(nats: other.nats, tokenCount: other.tokenCount)
  }

  /// The mean loss in nats per token, or NaN without text.
  public var natsPerToken: Double { tokenCount > 0 ? nats / Double(tokenCount) : .nan }

  /// The mean loss in bits per token, or NaN without text.
  public var bitsPerToken: Double { natsPerToken / log(2) }

  /// The perplexity, at least 1, or NaN without text.
  public var value: Double { exp(natsPerToken) }

  /// Returns the loss in bits per byte, which compares models with different tokenizers.
  public func bits(perByteOf byteCount: Int) -> Double {
    byteCount > 0 ? nats / log(2) / Double(byteCount) : .nan
  }
}
