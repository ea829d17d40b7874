import Foundation
import RondoTensor
import Testing

@testable import RondoDecoding

@Suite("Beam search")
struct BeamSearchTests {
  static let penalties = [0, 0.6, 1, 2]

  /// A model given by the probabilities after each text; texts are written with tokens a to z,
  /// `.` is the end, and what is not listed is impossible.
  static func model(_ table: [String: [Character: Double]]) -> TableModel {
    TableModel { _, read in
      let text = Self.text(Array(read.dropFirst()))
      var scores = [Double](repeating: -.infinity, count: 10)
      for (character, probability) in table[text] ?? [:] {
        scores[token(character)] = log(probability)
      }
      return scores
    }
  }

  static func token(_ character: Character) -> Int {
    character == "." ? 3 : 4 + Int(character.asciiValue ?? 0) - 97
  }

  static func text(_ tokens: [Int]) -> String {
    String(tokens.map { Character(Unicode.Scalar(UInt8($0 - 4 + 97))) })
  }

  static func search(_ search: BeamSearch, _ model: TableModel) -> [Hypothesis] {
    search(model, after: TableModel.starts(1), from: model.state([0]))[0]
  }

  /// The likeliest first token leads into a thicket.
  static var gardenPath: TableModel {
    model([
      "": ["a": 0.6, "b": 0.4],
      "a": ["a": 0.4, "b": 0.3, ".": 0.3], "aa": [".": 1], "ab": [".": 1],
      "b": ["c": 0.9, ".": 0.1], "bc": [".": 1],
    ])
  }

  @Test("A wider beam finds what greedy choice walks past")
  func gardenPath() {
    let one = Self.search(
      BeamSearch(width: 1, lengthPenalty: 0, maximumLength: 9), Self.gardenPath)
    #expect(one.map { Self.text($0.tokens) } == ["aa"])
    let three = Self.search(
      BeamSearch(width: 3, lengthPenalty: 0, hypothesisCount: 3, maximumLength: 9), Self.gardenPath)
    #expect(three.map { Self.text($0.tokens) } == ["bc", "aa", "a"])
    for (found, probability) in zip(three, [0.36, 0.24, 0.18]) {
      #expect(found.isFinished)
      #expect(abs(found.logProbability - log(probability)) < 1e-12)
    }
  }

  @Test("The score divides by the length, the end included, as Wu et al. do")
  func lengthPenalty() {
    let model = Self.model([
      "": ["a": 0.4, ".": 0.6], "a": ["b": 1], "ab": ["c": 1], "abc": [".": 1],
    ])
    let plain = Self.search(
      BeamSearch(width: 2, lengthPenalty: 0, hypothesisCount: 2, maximumLength: 9), model)
    #expect(plain.map { Self.text($0.tokens) } == ["", "abc"])
    let long = Self.search(
      BeamSearch(width: 2, lengthPenalty: 2, hypothesisCount: 2, maximumLength: 9), model)
    #expect(long.map { Self.text($0.tokens) } == ["abc", ""])
    // ((5 + 4) / 6)² is 2.25, and ((5 + 1) / 6)² is 1.
    #expect(abs(long[0].score - log(0.4) / 2.25) < 1e-12)
    #expect(abs(long[1].score - log(0.6)) < 1e-12)
  }

  @Test("A beam that holds every sequence is an exhaustive search", arguments: 0..<60)
  func exhaustive(seed: Int) {
    // Three tokens and the end; up to five steps make 121 finished sequences and 243 cut ones.
    let model = TableModel.random(seed: seed, vocabularySize: 6 + seed % 2)
    let maximumLength = 3 + seed % 3
    for penalty in Self.penalties {
      let everything = model.everySequence(table: seed, maximumLength: maximumLength)
        .map { tokens, logProbability in
          let length = Double(tokens.count + 1)
          return (tokens, score: logProbability / pow((5 + length) / 6, penalty))
        }
        .sorted { $0.score > $1.score }
      for count in [1, 2, 7] {
        let search = BeamSearch(
          width: 2000, lengthPenalty: penalty, hypothesisCount: count, maximumLength: maximumLength)
        let found = search(model, after: TableModel.starts(1), from: model.state([seed]))[0]
        #expect(found.map(\.tokens) == everything.prefix(count).map { $0.0 })
        for (hypothesis, expected) in zip(found, everything) {
          #expect(abs(hypothesis.score - expected.score) < 1e-9)
        }
      }
    }
  }

  @Test("A beam of one is greedy, whatever the length penalty and with ties", arguments: 0..<60)
  func widthOne(seed: Int) {
    let model = TableModel.random(
      seed: seed, vocabularySize: 4 + seed % 5, levels: seed % 3 == 0 ? 3 : 1 << 20)
    let tables = Array(0..<5)
    let greedy = GreedyDecoder(maximumLength: 9)(
      model, after: TableModel.starts(5), from: model.state(tables))
    for penalty in Self.penalties {
      let found = BeamSearch(width: 1, lengthPenalty: penalty, maximumLength: 9)(
        model, after: TableModel.starts(5), from: model.state(tables))
      #expect(found.map { $0.map(\.tokens) } == greedy.map { [$0.tokens] })
      #expect(found.map { $0.map(\.logProbability) } == greedy.map { [$0.logProbability] })
      #expect(found.map { $0.map(\.attention) } == greedy.map { [$0.attention] })
      if penalty == 0 { #expect(found == greedy.map { [$0] }) }
    }
  }

  @Test("A batch mate never changes an answer, bit for bit", arguments: 0..<30)
  func batchedEqualsSingle(seed: Int) {
    var model = TableModel.random(
      seed: seed, vocabularySize: 8, levels: seed % 2 == 0 ? 4 : 1 << 20)
    model.type = .float32
    let tables = Array(0..<7)
    let limits = tables.map { 2 + $0 }
    let search = BeamSearch(
      width: 1 + seed % 6, lengthPenalty: Self.penalties[seed % 4],
      hypothesisCount: 1 + seed % 2 * (seed % 6) / 2,
      maximumLength: 7)
    let batched = search(
      model, after: TableModel.starts(7), from: model.state(tables), maximumLengths: limits)
    for table in tables {
      let single = search(
        model, after: TableModel.starts(1), from: model.state([table]),
        maximumLengths: [limits[table]])
      #expect(batched[table] == single[0])
    }
  }

  @Test(
    "Every hypothesis has the probability and the attention of its own tokens", arguments: 0..<30)
  func ownTrace(seed: Int) throws {
    let model = TableModel.random(seed: seed, vocabularySize: 9)
    let search = BeamSearch(
      width: 2 + seed % 5, hypothesisCount: 2, maximumLength: 4 + seed % 4)
    let found = search(model, after: TableModel.starts(4), from: model.state([3, 1, 4, 15]))
    for (table, hypotheses) in zip([3, 1, 4, 15], found) {
      #expect(hypotheses.count == 2)
      #expect(Set(hypotheses).count == 2)
      for hypothesis in hypotheses {
        let expected = model.logProbability(
          table: table, tokens: hypothesis.tokens, isFinished: hypothesis.isFinished)
        #expect(abs(hypothesis.logProbability - expected) < 1e-9)
        let written = hypothesis.tokens + (hypothesis.isFinished ? [3] : [])
        let rows = try #require(hypothesis.attention)
        #expect(
          rows
            == written.indices.map {
              TableModel.weights(table: table, read: [2] + hypothesis.tokens.prefix($0))
            })
        #expect(Set(hypothesis.tokens).isDisjoint(with: [0, 2, 3]))
      }
    }
  }

  @Test("The search stops as soon as nothing can overtake, and not before")
  func stopping() {
    let chain: [String: [Character: Double]] = [
      "": [".": 0.5, "a": 0.5], "a": ["b": 1], "ab": ["c": 1], "abc": [".": 0.9, "a": 0.1],
      "abca": [".": 1],
    ]
    // By probability alone, 0.5 · 0.9 cannot beat 0.5, and a tie would not either.
    let plain = Self.model(chain)
    let first = Self.search(BeamSearch(width: 3, lengthPenalty: 0, maximumLength: 9), plain)
    #expect(first.map { Self.text($0.tokens) } == [""])
    #expect(plain.questions.rowCounts.count == 1)
    // By length as well it may, so the search goes on to the end of the chain and stops there: the
    // tenth that is left cannot reach log 0.45 / 1.5 even at nine tokens, log 0.05 / (14 / 6).
    let long = Self.model(chain)
    let second = Self.search(BeamSearch(width: 3, lengthPenalty: 1, maximumLength: 9), long)
    #expect(second.map { Self.text($0.tokens) } == ["abc"])
    #expect(long.questions.rowCounts == [1, 1, 1, 1])
    // With two to return, the search has to see the second one end.
    let two = Self.search(
      BeamSearch(width: 3, lengthPenalty: 0, hypothesisCount: 2, maximumLength: 9), plain)
    #expect(two.map { Self.text($0.tokens) } == ["", "abc"])
  }

  @Test("A finished hypothesis keeps its place in the beam")
  func placesAreKept() {
    let model = Self.model([
      "": [".": 0.5, "a": 0.3, "b": 0.2], "a": [".": 0.6, "c": 0.4], "b": [".": 1],
      "ac": [".": 1],
    ])
    let found = Self.search(
      BeamSearch(width: 2, lengthPenalty: 2, hypothesisCount: 2, maximumLength: 9), model)
    #expect(found.map { Self.text($0.tokens) } == ["", "a"])
    #expect(model.questions.rowCounts == [1, 1])
  }

  @Test("What was cut ranks behind everything that finished")
  func cutHypotheses() {
    let model = Self.model([
      "": ["a": 0.9, "b": 0.1], "a": ["a": 0.9, "b": 0.1], "aa": ["a": 1], "ab": ["a": 1],
      "b": [".": 0.01, "a": 0.99], "ba": ["b": 1],
    ])
    let found = Self.search(
      BeamSearch(width: 9, lengthPenalty: 1, hypothesisCount: 3, maximumLength: 3), model)
    #expect(found.map { Self.text($0.tokens) } == ["b", "aaa", "bab"])
    #expect(found.map(\.isFinished) == [true, false, false])
  }

  @Test("Equals are ordered by the better parent, then by the lower token")
  func ties() {
    // Nothing is ever preferred; banned tokens and the end take part in the vocabulary of six.
    let model = TableModel { _, _ in [0, 0, 0, 0, 0, 0] }
    let found = Self.search(
      BeamSearch(width: 4, lengthPenalty: 0, hypothesisCount: 4, maximumLength: 2), model)
    // The first step finds [1], the end, [4] and [5]; the second fills three places from [1].
    #expect(found.map(\.tokens) == [[], [1], [1, 1], [1, 4]])
    #expect(found.map(\.isFinished) == [true, true, false, false])
    let wide = TableModel { _, _ in Array(repeating: 1.5, count: 50) }
    let first = Self.search(
      BeamSearch(width: 5, lengthPenalty: 0, hypothesisCount: 5, maximumLength: 1), wide)
    #expect(first.map(\.tokens) == [[], [1], [4], [5], [6]])
  }

  @Test("A beam wider than the vocabulary returns what there is")
  func widerThanVocabulary() {
    let model = TableModel.random(seed: 5, vocabularySize: 5)
    let found = Self.search(
      BeamSearch(width: 40, hypothesisCount: 40, maximumLength: 1), model)
    // One step over <unk>, the end and one word: one finished, and two cut.
    #expect(found.count == 3)
    #expect(found.map(\.isFinished) == [true, false, false])
    #expect(Set(found.map(\.tokens)) == [[], [1], [4]])
  }

  @Test("Where nothing is possible, what was written so far is returned")
  func impossible() {
    let dead = TableModel { _, _ in Array(repeating: -.infinity, count: 6) }
    let empty = Self.search(BeamSearch(width: 3, hypothesisCount: 3, maximumLength: 4), dead)
    #expect(
      empty == [Hypothesis(tokens: [], isFinished: false, logProbability: 0, score: 0)])
    let short = Self.model(["": ["a": 0.5, "b": 0.5], "a": ["b": 1], "b": [".": 1]])
    let found = Self.search(
      BeamSearch(width: 3, lengthPenalty: 0, hypothesisCount: 3, maximumLength: 5), short)
    #expect(found.map { Self.text($0.tokens) } == ["b", "ab"])
    #expect(found.map(\.isFinished) == [true, false])
    let broken = TableModel { _, read in
      read.count == 1 ? [0, 0, 0, 0, 5, 0] : [.nan, 0, 0, 0, 0, 0]
    }
    let cut = Self.search(BeamSearch(width: 3, maximumLength: 5), broken)
    #expect(cut.map(\.isFinished) == [true])
    let alone = Self.search(BeamSearch(width: 1, maximumLength: 5), broken)
    #expect(alone.map(\.tokens) == [[4]])
  }
}
