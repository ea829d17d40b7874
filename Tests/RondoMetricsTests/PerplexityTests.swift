import Foundation
import Testing

@testable import RondoMetrics

struct PerplexityTests {
  @Test("Guessing among V tokens has perplexity V")
  func uniform() {
    var perplexity = Perplexity()
    for tokenCount in [1, 7, 100] {
      perplexity.add(nats: Double(tokenCount) * log(50), tokenCount: tokenCount)
    }
    #expect(abs(perplexity.value - 50) < 1e-9)
    #expect(abs(perplexity.bitsPerToken - log2(50)) < 1e-12)
    #expect(abs(perplexity.bits(perByteOf: 54) - 2 * log2(50)) < 1e-12)
  }

  @Test("Batches weigh by their tokens, not by their number")
  func batches() {
    var (whole, part) = (Perplexity(), Perplexity())
    whole.add(nats: 2, tokenCount: 1)
    part.add(nats: 3, tokenCount: 9)
    whole.merge(part)
    #expect(whole.natsPerToken == 0.5)
  }

  @Test("No text has no perplexity")
  func empty() {
    #expect(Perplexity().value.isNaN)
    #expect(Perplexity().bits(perByteOf: 0).isNaN)
  }
}
