import Foundation
import RondoData
import Testing

@Suite struct SplitMix64Tests {
  @Test("The first numbers are those of the published algorithm")
  func reference() {
    var generator = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect((0..<5).map { _ in generator.next() } == expected)
  }

  @Test("A generator that was saved goes on with the same numbers")
  func resuming() throws {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<10 { _ = generator.next() }
    let saved = try JSONEncoder().encode(generator)
    var restored = try JSONDecoder().decode(SplitMix64.self, from: saved)
    #expect((0..<10).map { _ in generator.next() } == (0..<10).map { _ in restored.next() })
  }

  @Test("Streams under one seed differ from each other and from the same stream of another seed")
  func streams() {
    var firsts: Set<UInt64> = []
    for seed in UInt64(0)..<50 {
      for stream in 0..<50 {
        var generator = SplitMix64(seed: seed, stream: stream)
        firsts.insert(generator.next())
      }
    }
    #expect(firsts.count == 2500)
  }

  @Test("Every number below a bound is equally likely", arguments: [1, 2, 3, 7, 10, 100])
  func uniform(bound: Int) {
    var generator = SplitMix64(seed: 3)
    var counts = [Int](repeating: 0, count: bound)
    let drawCount = 20_000
    for _ in 0..<drawCount { counts[generator.number(below: bound)] += 1 }
    let expected = Double(drawCount) / Double(bound)
    let chiSquared = counts.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    // Six deviations above the mean of the distribution.
    let freedom = Double(bound - 1)
    #expect(chiSquared <= freedom + 6 * (2 * freedom).squareRoot())
  }

  @Test("A bound near the largest number favours no result")
  func largeBound() {
    // Eight times 2⁶¹ random bits fall on three times 2⁶¹ results: without rejection, results of
    // the form 3 n + 2 would come from two of eight and not from a third.
    let bound = 3 << 61
    var generator = SplitMix64(seed: 5)
    let count = (0..<10_000).count { _ in generator.number(below: bound) % 3 == 2 }
    #expect((3100...3560).contains(count))
  }

  @Test("Shuffling keeps every element and reaches every order")
  func shuffling() {
    var generator = SplitMix64(seed: 11)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[generator.shuffled([1, 2, 3]), default: 0] += 1 }
    #expect(counts.count == 6)
    #expect(counts.keys.allSatisfy { $0.sorted() == [1, 2, 3] })
    #expect(counts.values.allSatisfy { (800...1200).contains($0) })
    #expect(generator.shuffled([Int]()).isEmpty)
  }

  @Test("Units lie in 0..<1 and normal numbers have the moments of the normal distribution")
  func moments() {
    var generator = SplitMix64(seed: 13)
    let units = (0..<20_000).map { _ in generator.unit() }
    #expect(units.allSatisfy { (0..<1).contains($0) })
    #expect(abs(units.reduce(0, +) / 20_000 - 0.5) < 0.015)

    let normal = (0..<20_000).map { _ in generator.normal() }
    func moment(_ power: Int) -> Double {
      normal.reduce(0) { sum, z in sum + (0..<power).reduce(1) { product, _ in product * z } }
        / 20_000
    }
    #expect(abs(moment(1)) < 0.05)
    #expect(abs(moment(2) - 1) < 0.06)
    #expect(abs(moment(3)) < 0.15)
    #expect(abs(moment(4) - 3) < 0.4)
  }
}
