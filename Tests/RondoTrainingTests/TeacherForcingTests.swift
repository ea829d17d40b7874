import RondoTensor
import Testing

@testable import RondoTraining

@Suite struct TeacherForcingTests {
  private func coins(
    _ rate: Double, _ granularity: TeacherForcing.Granularity, step: Int = 0, seed: UInt64 = 5
  ) -> [[Bool]]? {
    TeacherForcing(rate: .constant(rate), granularity: granularity, seed: seed)
      .coins(shape: [50, 40], step: step, epoch: 0)
      .map { coins in (0..<50).map { Array(coins.truths[$0 * 40..<($0 + 1) * 40]) } }
  }

  @Test("Always feeds everywhere, never feeds nowhere") func extremes() {
    #expect(coins(1, .sample) == nil)
    #expect(coins(7, .step) == nil, "a rate above 1 is 1")
    #expect(coins(0, .sample)?.joined().contains(true) == false)
    #expect(coins(-1, .batch)?.joined().contains(true) == false)
  }

  @Test("The share of coins is the rate") func share() throws {
    let rows = try #require(coins(0.3, .sample))
    let share = Double(rows.joined().filter { $0 }.count) / 2_000
    #expect(abs(share - 0.3) < 0.05)
  }

  @Test("A coin holds for a batch, a position or a sample") func granularity() throws {
    let steps = try #require(coins(0.5, .step))
    #expect(steps.allSatisfy { $0 == steps[0] } && Set(steps[0]).count == 2)
    let samples = try #require(coins(0.5, .sample))
    #expect(Set(samples).count == 50)
    for step in 0..<20 {
      if let batch = coins(0.5, .batch, step: step) { #expect(!batch.joined().contains(true)) }
    }
    let fed = (0..<200).filter { coins(0.5, .batch, step: $0) == nil }.count
    #expect((70...130).contains(fed))
  }

  @Test("A rate by epochs is the same throughout an epoch, however long that is") func epochs() {
    let forcing = TeacherForcing(
      rate: Schedule.linear(from: 1, to: 0, over: 2).perEpoch, seed: 5)
    for step in [0, 40, 900] {
      #expect(forcing.coins(shape: [50, 40], step: step, epoch: 0) == nil)
      let coins = forcing.coins(shape: [50, 40], step: step, epoch: 1)
      let share = Double(coins?.truths.count { $0 } ?? 0) / 2_000
      #expect(abs(share - 0.5) < 0.05)
      #expect(
        forcing.coins(shape: [50, 40], step: step, epoch: 2)?.truths.contains(true) == false)
    }
  }

  @Test("Coins depend on the seed and the step alone") func repeatable() {
    #expect(coins(0.5, .sample, step: 3) == coins(0.5, .sample, step: 3))
    #expect(coins(0.5, .sample, step: 3) != coins(0.5, .sample, step: 4))
    #expect(coins(0.5, .sample, step: 3) != coins(0.5, .sample, step: 3, seed: 6))
  }

  @Test("The coins of one step say nothing of the next, however they are shifted")
  func independence() throws {
    let earlier = Array(try #require(coins(0.5, .sample, step: 3)).joined())
    let later = Array(try #require(coins(0.5, .sample, step: 4)).joined())
    for shift in -100...100 {
      let places = max(0, -shift)..<min(later.count, later.count - shift)
      let agreeing = places.count { later[$0] == earlier[$0 + shift] }
      // Five standard deviations of about 2 000 fair coins.
      #expect(abs(Double(agreeing) / Double(places.count) - 0.5) < 0.058, "shifted by \(shift)")
    }
  }
}
