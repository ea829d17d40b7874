import RondoData
import Testing

@Suite struct BatchPlanTests {
  private let lengths: [SequenceLengths]

  init() {
    var generator = SplitMix64(seed: 1)
    lengths = (0..<2000).map { _ in
      let source = 1 + generator.number(below: 40)
      return SequenceLengths(source: source, target: max(2, source + generator.number(in: -5...5)))
    }
  }

  private func placeCount(_ batch: [Int]) -> Int {
    let source = batch.map { lengths[$0].source }.max() ?? 0
    let target = batch.map { lengths[$0].target }.max() ?? 0
    return batch.count * (source + target)
  }

  private static let orders: [BatchOrder] = [
    .given, .byLength, .shuffled(seed: 1), .shuffled(seed: 1, windowSize: 100),
    .shuffled(seed: 1, windowSize: 1),
  ]

  @Test("Every example is in exactly one batch of an epoch", arguments: orders)
  func partition(order: BatchOrder) {
    for size in [BatchSize.rows(64), .tokens(1000)] {
      let plan = BatchPlan(lengths: lengths, size: size, order: order, epoch: 3)
      #expect(plan.batches.flatMap { $0 }.sorted() == Array(0..<2000))
    }
  }

  @Test("A batch never holds more tokens than its budget, padding included", arguments: orders)
  func tokenBudget(order: BatchOrder) {
    let plan = BatchPlan(lengths: lengths, size: .tokens(1000), order: order)
    #expect(plan.batches.allSatisfy { placeCount($0) <= 1000 })
    // Nor much less: the next example did not fit.
    let full = plan.batches.count { placeCount($0) > 700 }
    #expect(full * 10 >= plan.batches.count * 9)
  }

  @Test("Batches of so many rows are full but for one", arguments: orders)
  func rowCounts(order: BatchOrder) {
    let plan = BatchPlan(lengths: lengths, size: .rows(64), order: order)
    #expect(plan.batches.map(\.count).sorted() == [2000 % 64] + Array(repeating: 64, count: 31))
  }

  @Test("An example beyond the budget is a batch of its own")
  func longExample() {
    let lengths = [3, 100, 2, 2].map { SequenceLengths(source: $0) }
    let plan = BatchPlan(lengths: lengths, size: .tokens(10), order: .given)
    #expect(plan.batches == [[0], [1], [2, 3]])
    let first = BatchPlan(lengths: [lengths[1], lengths[0]], size: .tokens(10), order: .given)
    #expect(first.batches == [[0], [1]])
    #expect(BatchPlan(lengths: [], size: .tokens(10), order: .given).batches.isEmpty)
  }

  @Test("The padding share counts what a hand count finds")
  func paddingShare() {
    let lengths = [(1, 2), (3, 2), (2, 5)].map { SequenceLengths(source: $0.0, target: $0.1) }
    // Batches [0, 1]: 2 · (3 + 2) places; [2]: 7 places; 15 tokens in 17 places.
    let plan = BatchPlan(lengths: lengths, size: .rows(2), order: .given)
    #expect(abs(plan.paddingShare - 2.0 / 17) < 1e-12)
  }

  @Test("Sorting within windows saves padding, and sorting everything saves the most")
  func bucketing() {
    func share(_ order: BatchOrder) -> Double {
      BatchPlan(lengths: lengths, size: .tokens(1000), order: order).paddingShare
    }
    let unsorted = share(.shuffled(seed: 1, windowSize: 1))
    let windows = share(.shuffled(seed: 1, windowSize: 200))
    let sorted = share(.byLength)
    #expect(unsorted > 0.3)
    #expect(windows < unsorted / 2)
    #expect(sorted < windows && sorted < 0.1)
  }

  @Test("An epoch is planned alike each time, and unlike any other epoch or seed")
  func seeds() {
    func plan(seed: UInt64, epoch: Int) -> BatchPlan {
      BatchPlan(lengths: lengths, size: .rows(32), order: .shuffled(seed: seed), epoch: epoch)
    }
    #expect(plan(seed: 1, epoch: 0) == plan(seed: 1, epoch: 0))
    let plans = [plan(seed: 1, epoch: 0), plan(seed: 1, epoch: 1), plan(seed: 2, epoch: 0)]
    #expect(Set(plans).count == 3)
    // Batches come in no order of length, and their members differ from epoch to epoch.
    let widths = plans[0].batches.map { lengths[$0[0]].source }
    #expect(widths != widths.sorted() && widths != widths.sorted(by: >))
    let members = plans.map { Set($0.batches.map(Set.init)) }
    #expect(members[0] != members[1])
  }

  @Test("Examples are read as given, or from the shortest to the longest")
  func fixedOrders() {
    let given = BatchPlan(lengths: lengths, size: .rows(10), order: .given)
    #expect(given.batches.flatMap { $0 } == Array(0..<2000))
    let sorted = BatchPlan(lengths: lengths, size: .rows(10), order: .byLength)
      .batches.flatMap { $0 }.map { lengths[$0].source }
    #expect(sorted == lengths.map(\.source).sorted())
  }
}
