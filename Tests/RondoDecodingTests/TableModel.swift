import Foundation
import RondoDecoding
import RondoModels
import RondoTensor

/// A model that looks its scores up: every row has a table of its own.
struct TableModel: AutoregressiveModel {
  /// What the rows have read, and which table each has.
  struct State {
    var tables: [Int]
    var read: [[Int]]
  }

  /// Scores of the next token, from the table and everything read so far.
  let scores: (_ table: Int, _ read: [Int]) -> [Double]
  var type = ScalarType.float64
  var hasAttention = true
  /// What the search asked for.
  let questions = Questions()

  final class Questions {
    /// The number of rows of each question.
    var rowCounts: [Int] = []
    /// Whether a question was asked while gradients were recorded.
    var hasRecordedGradients = false
  }

  func next(after tokens: Tensor, from state: State) -> NextToken<State> {
    let read = zip(state.read, tokens.ids).map { $0 + [$1] }
    let rows = zip(state.tables, read).map(scores)
    questions.rowCounts.append(rows.count)
    let probe = Tensor([1] as [Float], shape: [1]).recordingGradient() * 2
    questions.hasRecordedGradients = questions.hasRecordedGradients || probe.recordsGradient
    return NextToken(
      logits: Tensor(rows.flatMap(\.self), shape: [rows.count, rows[0].count]).converted(to: type),
      state: State(tables: state.tables, read: read),
      attention: hasAttention ? attention(of: state.tables, read) : nil)
  }

  func selecting(_ rows: Tensor, of state: State) -> State {
    State(tables: rows.ids.map { state.tables[$0] }, read: rows.ids.map { state.read[$0] })
  }

  /// Weights that tell what was read: the table, a number for the tokens, and their count.
  private func attention(of tables: [Int], _ read: [[Int]]) -> Tensor {
    let rows = zip(tables, read).map { TableModel.weights(table: $0, read: $1) }
    return Tensor(rows.flatMap(\.self), shape: [rows.count, 3])
  }

  static func weights(table: Int, read: [Int]) -> [Float] {
    [Float(table), Float(read.reduce(0) { ($0 * 7 + $1) % 10_007 }), Float(read.count)]
  }

  /// The state before the start tokens of as many rows as there are tables.
  func state(_ tables: [Int]) -> State {
    State(tables: tables, read: Array(repeating: [], count: tables.count))
  }

  /// Start tokens for as many rows.
  static func starts(_ count: Int) -> Tensor {
    Tensor(ids: Array(repeating: startID, count: count), shape: [count])
  }

  static let startID = 2
  static let endID = 3
}

// MARK: - Random tables

extension TableModel {
  /// Scores that depend on the seed, the table and everything read.
  ///
  /// - Parameters:
  ///   - seed: Chooses the tables.
  ///   - vocabularySize: V; tokens 0 to 3 are special.
  ///   - levels: The number of different scores, few for many ties.
  /// - Returns: The model.
  static func random(seed: Int, vocabularySize: Int = 7, levels: Int = 1 << 20) -> TableModel {
    TableModel { table, read in
      (0..<vocabularySize).map { token in
        let hash = ([seed, table] + read + [token]).reduce(UInt64(0x9E37_79B9_7F4A_7C15)) {
          mixed($0 ^ UInt64(truncatingIfNeeded: $1 &+ 1))
        }
        return 4 * Double(hash % UInt64(levels)) / Double(levels)
      }
    }
  }

  /// The finalizer of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The logarithms of the probabilities after what was read, computed without tensors.
  func logProbabilities(table: Int, read: [Int]) -> [Double] {
    let scores = scores(table, read)
    let sum = scores.reduce(0) { $0 + exp($1) }
    return scores.map { $0 - log(sum) }
  }

  /// Every finished sequence that may be written in a number of steps, with its log-probability.
  func everySequence(
    table: Int, maximumLength: Int, bannedIDs: [Int] = [0, 2]
  ) -> [(tokens: [Int], logProbability: Double)] {
    func continuations(of tokens: [Int], _ sum: Double) -> [(tokens: [Int], logProbability: Double)]
    {
      guard tokens.count < maximumLength else { return [] }
      let next = logProbabilities(table: table, read: [TableModel.startID] + tokens)
      let ended = (tokens: tokens, logProbability: sum + next[TableModel.endID])
      let longer = next.indices
        .filter { $0 != TableModel.endID && !bannedIDs.contains($0) }
        .flatMap { continuations(of: tokens + [$0], sum + next[$0]) }
      return [ended] + longer
    }
    return continuations(of: [], 0)
  }

  /// The log-probability of a hypothesis, computed without tensors.
  func logProbability(table: Int, tokens: [Int], isFinished: Bool) -> Double {
    let written = tokens + (isFinished ? [TableModel.endID] : [])
    return written.indices.reduce(0) { sum, index in
      let read = [TableModel.startID] + written[..<index]
      return sum + logProbabilities(table: table, read: Array(read))[written[index]]
    }
  }
}

// With the special tokens of the table model; 0 is padding.

extension GreedyDecoder {
  init(maximumLength: Int) {
    self.init(
      maximumLength: maximumLength, endID: TableModel.endID, bannedIDs: [0, TableModel.startID])
  }
}

extension BeamSearch {
  init(
    width: Int, lengthPenalty: Double = 0.6, hypothesisCount: Int = 1, maximumLength: Int
  ) {
    self.init(
      width: width, lengthPenalty: lengthPenalty, hypothesisCount: hypothesisCount,
      maximumLength: maximumLength, endID: TableModel.endID, bannedIDs: [0, TableModel.startID])
  }
}
