import RondoModels
import RondoTensor

/// Beam search: follows several hypotheses at once and returns the best.
///
/// At every step each running hypothesis is extended by every token, and the most probable
/// extensions are kept. A finished hypothesis keeps its place in the beam: running and finished
/// hypotheses together never exceed the width. The search of a row stops when nothing is running,
/// or when no running hypothesis can still overtake the worst of those to be returned, even if it
/// lost no more probability up to its maximum length.
///
/// Hypotheses are ranked by
///
/// ```text
/// score = log p / ((5 + n) / 6)^α
/// ```
///
/// where n counts the tokens, including the end token. A hypothesis that was cut short ranks
/// behind all finished ones and is returned only when there are too few of these. Among equals, the
/// one extending the better hypothesis comes first, then the one with the lower token identifier,
/// then the one found earlier.
///
/// A width of one is a ``GreedyDecoder``; a width that holds every possible sequence is an
/// exhaustive search.
///
/// - Source: Sutskever, Vinyals and Le,
///   [Sequence to Sequence Learning with Neural Networks](https://arxiv.org/abs/1409.3215), 2014,
///   section 3.2; the score is that of Wu et al.,
///   [Google's Neural Machine Translation System](https://arxiv.org/abs/1609.08144), 2016,
///   equation 14, without the coverage penalty.
public struct BeamSearch: Sendable {
  /// The number of hypotheses to follow, known as the beam size.
  public let width: Int
  /// α, how strongly longer hypotheses are favoured; 0 ranks by probability alone.
  public let lengthPenalty: Double
  /// The number of hypotheses to return for each row.
  public let hypothesisCount: Int
  /// The maximum number of tokens to generate for a row, including the end token.
  public let maximumLength: Int
  /// The token that ends a sequence.
  public let endID: Int
  /// Tokens that are never generated.
  public let bannedIDs: [Int]
  /// Whether hypotheses keep their attention weights.
  public let keepsAttention: Bool

  /// Creates a search.
  ///
  /// - Parameters:
  ///   - width: The number of hypotheses to follow, which may exceed the vocabulary size.
  ///   - lengthPenalty: α, how strongly longer hypotheses are favoured, at least 0.
  ///   - hypothesisCount: The number of hypotheses to return for each row, at most the width.
  ///   - maximumLength: The maximum number of tokens generated for a row, including the end token.
  ///   - endID: The token that ends a sequence.
  ///   - bannedIDs: Tokens that are never generated, such as padding and start.
  ///   - keepsAttention: Whether hypotheses keep their attention weights, which take memory for each
  ///     token and source position.
  public init(
    width: Int, lengthPenalty: Double = 0.6, hypothesisCount: Int = 1, maximumLength: Int,
    endID: Int, bannedIDs: [Int] = [], keepsAttention: Bool = true
  ) {
    guard maximumLength > 0 else {
      fatalError("BeamSearch writes at least one token, and not \(maximumLength)")
    }
    guard hypothesisCount > 0, hypothesisCount <= width else {
      fatalError(
        "BeamSearch of width \(width) returns 1 to \(width) hypotheses, and not \(hypothesisCount)")
    }
    guard lengthPenalty >= 0, lengthPenalty.isFinite else {
      fatalError("BeamSearch expects a length penalty from 0 up, found \(lengthPenalty)")
    }
    self.width = width
    self.lengthPenalty = lengthPenalty
    self.hypothesisCount = hypothesisCount
    self.maximumLength = maximumLength
    self.endID = endID
    self.bannedIDs = bannedIDs
    self.keepsAttention = keepsAttention
  }

  /// Generates the best continuations of each row.
  ///
  /// - Parameters:
  ///   - model: The model that predicts tokens.
  ///   - tokens: The last token of each row, usually `<bos>` at the beginning, `[B]`.
  ///   - state: The state before those tokens are fed.
  ///   - maximumLengths: A lower maximum for each row, or `nil`.
  /// - Returns: The hypotheses of each row, best first: at least one, and fewer than requested
  ///   where fewer are possible.
  public func callAsFunction<Model: AutoregressiveModel>(
    _ model: Model, after tokens: Tensor, from state: Model.State, maximumLengths: [Int]? = nil
  ) -> [[Hypothesis]] {
    withoutGradients {
      var front = SearchFront(model, after: tokens, from: state)
      let limits = LengthLimits(maximumLength, rows: maximumLengths, rowCount: front.rowCount)
      var beams = (0..<front.rowCount).map { Beam(of: self, maximumLength: limits[$0]) }
      var moves: [SearchFront<Model>.Move] = []

      repeat {
        let answer = front.ask()
        let choices = TokenChoice.likeliest(width, in: answer.logits, excluding: bannedIDs)
        let weights = answer.attentionRows(ifKept: keepsAttention)
        moves = []
        var row = 0
        for index in beams.indices {
          let rows = row..<row + beams[index].running.count
          row = rows.upperBound
          let steps = beams[index].advance(choices: choices[rows], weights: weights[rows])
          moves += steps.map { .init(row: rows.lowerBound + $0.parent, token: $0.token) }
        }
        if !moves.isEmpty { front.advance(from: answer, by: moves) }
      } while !moves.isEmpty
      return beams.map { Array($0.ranked.prefix(hypothesisCount)) }
    }
  }
}
