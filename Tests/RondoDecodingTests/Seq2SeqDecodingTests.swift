import RondoModels
import RondoTensor
import RondoTestSupport
import Testing

@testable import RondoDecoding

@Suite("Decoding a sequence-to-sequence model")
struct Seq2SeqDecodingTests {
  /// A kind of model to decode.
  struct Kind: CustomTestStringConvertible, Sendable {
    let cell: RecurrentKind
    let attention: AttentionKind?
    var hasInputFeeding = false

    var testDescription: String {
      "\(cell), \(attention.map { "\($0)" } ?? "no attention")\(hasInputFeeding ? ", fed" : "")"
    }

    func model() -> Seq2Seq {
      seedRandomness(17)
      return Seq2Seq(
        sourceVocabularySize: 13, targetVocabularySize: 11, embeddingSize: 8, hiddenSize: 12,
        cell: cell, isBidirectional: attention != .luongDot, attention: attention,
        hasInputFeeding: hasInputFeeding)
    }
  }

  /// Every cell with every attention and with none, and some that are fed their readout.
  static let kinds: [Kind] =
    RecurrentKind.allCases.flatMap { cell in
      ([nil] + AttentionKind.allCases).map { Kind(cell: cell, attention: $0) }
    } + [
      Kind(cell: .rnn, attention: .luongGeneral, hasInputFeeding: true),
      Kind(cell: .lstm, attention: .bahdanau, hasInputFeeding: true),
    ]

  static let lengths = [6, 2, 4, 1, 5]

  /// Five sources of different lengths, or one of them alone.
  static func source(_ rows: [Int]) -> (ids: Tensor, lengths: [Int]) {
    let lengths = rows.map { Self.lengths[$0] }
    let width = lengths.max() ?? 0
    let ids = rows.flatMap { row in
      (0..<width).map { $0 < Self.lengths[row] ? 4 + (3 * row + 5 * $0) % 9 : 0 }
    }
    return (Tensor(ids: ids, shape: [rows.count, width]), lengths)
  }

  static func decode(_ search: BeamSearch, _ model: Seq2Seq, _ rows: [Int]) -> [[Hypothesis]] {
    let (ids, lengths) = source(rows)
    return withoutGradients {
      search(
        model, after: TableModel.starts(rows.count), from: model.encode(ids, lengths: lengths),
        maximumLengths: lengths.map { 2 * $0 + 3 })
    }
  }

  @Test("A beam of one is greedy", arguments: kinds)
  func widthOne(kind: Kind) {
    let model = kind.model()
    let (ids, lengths) = Self.source(Array(0..<5))
    let greedy = withoutGradients {
      GreedyDecoder(maximumLength: 12)(
        model, after: TableModel.starts(5), from: model.encode(ids, lengths: lengths),
        maximumLengths: lengths.map { 2 * $0 + 3 })
    }
    let beam = Self.decode(
      BeamSearch(width: 1, lengthPenalty: 0, maximumLength: 12), model, Array(0..<5))
    #expect(beam == greedy.map { [$0] })
  }

  @Test("A sentence is translated alike alone and in a batch", arguments: kinds)
  func batchedEqualsSingle(kind: Kind) throws {
    let model = kind.model()
    let search = BeamSearch(width: 4, hypothesisCount: 3, maximumLength: 12)
    let batched = Self.decode(search, model, Array(0..<5))
    for row in 0..<5 {
      let single = Self.decode(search, model, [row])[0]
      #expect(batched[row].map(\.tokens) == single.map(\.tokens))
      for (together, alone) in zip(batched[row], single) {
        // Products of other sizes add in another order.
        #expect(abs(together.logProbability - alone.logProbability) < 1e-4)
        guard kind.attention != nil else {
          #expect(together.attention == nil)
          continue
        }
        let rows = try #require(together.attention)
        let expected = try #require(alone.attention)
        #expect(rows.count == together.tokens.count + (together.isFinished ? 1 : 0))
        for (weights, others) in zip(rows, expected) {
          let length = Self.lengths[row]
          #expect(weights.dropFirst(length).allSatisfy { $0 == 0 })
          #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
          #expect(zip(weights, others).allSatisfy { abs($0 - $1) < 1e-5 })
        }
      }
    }
  }

  @Test(
    "A hypothesis has the probability and attention of its tokens read at once", arguments: kinds)
  func agreesWithWholeTarget(kind: Kind) throws {
    let model = kind.model()
    let search = BeamSearch(width: 3, hypothesisCount: 3, maximumLength: 9)
    for row in 0..<5 {
      let (ids, lengths) = Self.source([row])
      for hypothesis in Self.decode(search, model, [row])[0] {
        let written = hypothesis.tokens + (hypothesis.isFinished ? [3] : [])
        let output = withoutGradients {
          model(
            ids, lengths: lengths,
            target: Tensor(ids: [2] + written.dropLast(), shape: [1, written.count]))
        }
        let scores = output.logits.logSoftmax(axis: -1)
          .gathering(Tensor(ids: written, shape: [1, written.count, 1]), axis: -1)
        #expect(abs(scores.sum().item - hypothesis.logProbability) < 1e-4)
        if let attention = output.attention {
          let rows = try #require(hypothesis.attention)
          expectEqual(
            Tensor(rows.flatMap(\.self), shape: attention.shape), attention, within: 1e-5)
        }
      }
    }
  }
}
