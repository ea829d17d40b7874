import RondoData
import RondoTensor
import Testing

@Suite struct BatchesTests {
  private static let examples = SymbolTask(.reverse, symbolCount: 30, lengths: 1...20)
    .examples(700, seed: 1)
  private static let frame = FrameIDs(padding: 0, start: 2, end: 3)

  private let batches = Batches(
    examples, size: .tokens(400), order: .shuffled(seed: 42, windowSize: 100), frame: frame)

  private struct Content: Equatable {
    let position: BatchPosition
    let rows: [Int]
    let source: [Int]
    let target: [Int]

    init(_ batch: Batch) {
      (position, rows) = (batch.position, batch.rows)
      (source, target) = (batch.source.ids, batch.target.ids)
    }
  }

  @Test("An epoch gives the batches of its plan, in order, with their examples")
  func content() {
    var index = 0
    for batch in batches.epoch(2) {
      let rows = batches.epoch(2).plan.batches[index]
      let expected = Batch(padding: rows.map { Self.examples[$0] }, frame: Self.frame)
      #expect(batch.rows == rows)
      #expect(batch.source.ids == expected.source.ids)
      #expect(batch.target.ids == expected.target.ids)
      #expect(batch.sourceLengths == rows.map { Self.examples[$0].source.count })
      #expect(batch.position == BatchPosition(epoch: 2, index: index))
      index += 1
    }
    #expect(index == batches.epoch(2).count)
    #expect(index > 20)
  }

  @Test("A run that stops anywhere goes on with the very next batch")
  func resuming() {
    let whole = batches.epoch(1).map(Content.init)
    for start in [0, 1, 5, whole.count - 1, whole.count] {
      let rest = batches.epoch(1, from: start)
      #expect(rest.count == whole.count - start)
      #expect(rest.map(Content.init) == Array(whole[start...]))
    }
    // Another process would begin from the same examples and seed.
    let again = Batches(
      Self.examples, size: .tokens(400), order: .shuffled(seed: 42, windowSize: 100),
      frame: Self.frame)
    #expect(again.epoch(1, from: 3).map(Content.init) == Array(whole[3...]))
  }

  @Test("Epochs differ in order and agree in content")
  func epochs() {
    let first = batches.map(\.rows)
    let second = batches.epoch(1).map(\.rows)
    #expect(first != second)
    #expect(first.flatMap { $0 }.sorted() == Array(0..<700))
    #expect(second.flatMap { $0 }.sorted() == Array(0..<700))
    #expect(batches.epoch(0).map(\.rows) == first)
  }

  @Test("The padding share of the epoch is that of its batches together")
  func paddingShare() {
    var (tokenCount, placeCount) = (0, 0)
    for batch in batches {
      tokenCount += batch.tokenCount
      placeCount += batch.source.count + batch.target.count
    }
    #expect(abs(batches.paddingShare - (1 - Double(tokenCount) / Double(placeCount))) < 1e-12)
    #expect(batches.paddingShare < 0.2)
  }

  @Test("Many readers at once each get every batch, and one may stop early")
  func concurrency() async {
    let batches = batches
    let expected = batches.map(\.rows)
    await withTaskGroup(of: [[Int]].self) { group in
      for number in 0..<8 {
        group.addTask {
          let limit = number.isMultiple(of: 2) ? 3 : Int.max
          return Batches(
            Self.examples, size: .tokens(400), order: .shuffled(seed: 42, windowSize: 100),
            frame: Self.frame
          ).prefix(limit).map(\.rows)
        }
      }
      for await rows in group { #expect(rows == expected || rows == Array(expected.prefix(3))) }
    }
  }
}
