import Foundation
import RondoTensor
import Testing

@testable import RondoDecoding

@Suite("Greedy decoding")
struct GreedyDecoderTests {
  /// Writes 4, 5, 6 and so on, and the end after as many tokens as the table says.
  static var counting: TableModel {
    TableModel { table, read in
      let written = read.count - 1
      return (0..<20).map { $0 == (written == table ? 3 : 4 + written) ? log(19 * 4) : 0 }
    }
  }

  @Test("The most probable token is written until the end is the most probable")
  func writesUntilEnd() {
    let decoder = GreedyDecoder(maximumLength: 10)
    let found = decoder(
      Self.counting, after: TableModel.starts(3), from: Self.counting.state([3, 0, 1]))
    #expect(found.map(\.tokens) == [[4, 5, 6], [], [4]])
    #expect(found.allSatisfy { $0.isFinished })
    // Each written token has the odds 19 · 4 to 19, a probability of 4/5.
    for (hypothesis, stepCount) in zip(found, [4.0, 1, 2]) {
      #expect(abs(hypothesis.logProbability - stepCount * log(0.8)) < 1e-12)
      #expect(hypothesis.score == hypothesis.logProbability)
    }
  }

  @Test("A row is cut at its own maximum length, and the end is counted")
  func maximumLengths() {
    let decoder = GreedyDecoder(maximumLength: 5)
    let found = decoder(
      Self.counting, after: TableModel.starts(4), from: Self.counting.state([9, 9, 2, 2]),
      maximumLengths: [3, 50, 3, 2])
    #expect(found.map(\.tokens) == [[4, 5, 6], [4, 5, 6, 7, 8], [4, 5], [4, 5]])
    #expect(found.map(\.isFinished) == [false, false, true, false])
  }

  @Test("A row that has ended is never computed again")
  func endedRowsLeave() {
    let model = TableModel(scores: Self.counting.scores, hasAttention: false)
    let found = GreedyDecoder(maximumLength: 10)(
      model, after: TableModel.starts(4), from: model.state([2, 0, 4, 2]))
    #expect(model.questions.rowCounts == [4, 3, 3, 1, 1])
    #expect(found.allSatisfy { $0.attention == nil })
  }

  @Test("A batch mate never changes an answer, bit for bit", arguments: 0..<20)
  func batchedEqualsSingle(seed: Int) {
    var model = TableModel.random(seed: seed, vocabularySize: 7)
    model.type = .float32
    let decoder = GreedyDecoder(maximumLength: 12)
    let tables = Array(0..<8)
    let limits = tables.map { 3 + $0 }
    let batched = decoder(
      model, after: TableModel.starts(8), from: model.state(tables), maximumLengths: limits)
    for table in tables {
      let single = decoder(
        model, after: TableModel.starts(1), from: model.state([table]),
        maximumLengths: [limits[table]])
      #expect(batched[table] == single[0])
    }
  }

  @Test("Tokens that may not be written keep their probability and lose their place")
  func bannedTokens() {
    let model = TableModel { _, read in
      read.count < 3 ? [log(5), 0, log(3), 0, log(2), 0] : [9, 0, 9, 8, 0, 0]
    }
    let found = GreedyDecoder(maximumLength: 5)(
      model, after: TableModel.starts(1), from: model.state([0]))
    #expect(found[0].tokens == [4, 4])
    let end = 8 - log(3 + 2 * exp(9.0) + exp(8.0))
    #expect(abs(found[0].logProbability - (2 * log(2.0 / 13) + end)) < 1e-12)

    let other = GreedyDecoder(maximumLength: 2, endID: 4, bannedIDs: [])(
      model, after: TableModel.starts(1), from: model.state([0]))
    #expect(other[0].tokens == [0, 0])
  }

  @Test("Of equally probable tokens the lowest identifier is written", arguments: [6, 50, 5000])
  func ties(vocabularySize: Int) {
    let model = TableModel { _, _ in
      (0..<vocabularySize).map { $0 == 1 || $0 == 3 ? -1 : 0 }
    }
    let found = GreedyDecoder(maximumLength: 3)(
      model, after: TableModel.starts(2), from: model.state([0, 1]))
    #expect(found.map(\.tokens) == [[4, 4, 4], [4, 4, 4]])
  }

  @Test("A row in which nothing is possible stops, and its mates go on")
  func impossibleRows() {
    let model = TableModel { table, read in
      if read.count == 3, table == 1 { return Array(repeating: -.infinity, count: 6) }
      if read.count == 2, table == 2 { return [0, 0, 0, 0, .nan, 0] }
      return [.infinity, -.infinity, 0, 0, 1, -.infinity].map { $0 == .infinity ? 7 : $0 }
    }
    let found = GreedyDecoder(maximumLength: 4)(
      model, after: TableModel.starts(3), from: model.state([0, 1, 2]))
    #expect(found.map(\.tokens) == [[4, 4, 4, 4], [4, 4], [4]])
    #expect(found.allSatisfy { !$0.isFinished && $0.logProbability.isFinite })
  }

  @Test("The attention of every token is returned, and that of the end")
  func attention() throws {
    let found = GreedyDecoder(maximumLength: 10)(
      Self.counting, after: TableModel.starts(2), from: Self.counting.state([2, 1]))
    let rows = try #require(found[0].attention)
    #expect(
      rows == [
        TableModel.weights(table: 2, read: [2]), TableModel.weights(table: 2, read: [2, 4]),
        TableModel.weights(table: 2, read: [2, 4, 5]),
      ])
    #expect(found[1].attention?.count == 2)
  }

  @Test("No history is recorded")
  func noGradients() {
    let model = TableModel.random(seed: 1)
    _ = GreedyDecoder(maximumLength: 2)(
      model, after: TableModel.starts(1), from: model.state([0]))
    _ = BeamSearch(width: 2, maximumLength: 2)(
      model, after: TableModel.starts(1), from: model.state([0]))
    #expect(!model.questions.hasRecordedGradients)
  }
}
