import RondoModels
import RondoTensor

/// Greedy decoding: generates the most probable token at every step.
///
/// The rows of a batch are independent: each ends by itself and then leaves the batch. Where two
/// tokens are equally probable, the one with the lower identifier is chosen.
///
/// ```swift
/// let decoder = GreedyDecoder(
///   maximumLength: 80, endID: frame.end, bannedIDs: [frame.padding, frame.start])
/// let starts = Tensor(
///   ids: Array(repeating: frame.start, count: lengths.count), shape: [lengths.count])
/// let hypotheses = decoder(model, after: starts, from: model.encode(source, lengths: lengths))
/// ```
public struct GreedyDecoder: Sendable {
  /// The maximum number of tokens to generate for a row, including the end token.
  public let maximumLength: Int
  /// The token that ends a sequence.
  public let endID: Int
  /// Tokens that are never generated.
  public let bannedIDs: [Int]
  /// Whether hypotheses keep their attention weights.
  public let keepsAttention: Bool

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - maximumLength: The maximum number of tokens generated for a row, including the end token.
  ///   - endID: The token that ends a sequence.
  ///   - bannedIDs: Tokens that are never generated, such as padding and start.
  ///   - keepsAttention: Whether hypotheses keep their attention weights, which take memory for each
  ///     token and source position.
  public init(
    maximumLength: Int, endID: Int, bannedIDs: [Int] = [], keepsAttention: Bool = true
  ) {
    guard maximumLength > 0 else {
      fatalError("GreedyDecoder writes at least one token, and not \(maximumLength)")
    }
    self.maximumLength = maximumLength
    self.endID = endID
    self.bannedIDs = bannedIDs
    self.keepsAttention = keepsAttention
  }

  /// Generates the continuation of each row.
  ///
  /// - Parameters:
  ///   - model: The model that predicts tokens.
  ///   - tokens: The last token of each row, usually `<bos>` at the beginning, `[B]`.
  ///   - state: The state before those tokens are fed.
  ///   - maximumLengths: A lower maximum for each row, or `nil`.
  /// - Returns: One hypothesis for each row.
  public func callAsFunction<Model: AutoregressiveModel>(
    _ model: Model, after tokens: Tensor, from state: Model.State, maximumLengths: [Int]? = nil
  ) -> [Hypothesis] {
    withoutGradients {
      var front = SearchFront(model, after: tokens, from: state)
      let limits = LengthLimits(maximumLength, rows: maximumLengths, rowCount: front.rowCount)
      var drafts = Array(repeating: Draft(), count: front.rowCount)
      var running = Array(drafts.indices)  // the draft of each row of the front

      while !running.isEmpty {
        let answer = front.ask()
        let choices = TokenChoice.likeliest(1, in: answer.logits, excluding: bannedIDs)
        let weights = answer.attentionRows(ifKept: keepsAttention)
        var moves: [SearchFront<Model>.Move] = []
        for (row, draft) in running.enumerated() {
          guard let choice = choices[row].first else { continue }
          drafts[draft] = drafts[draft].writing(choice, endID: endID, weights: weights[row])
          if !drafts[draft].isFinished, drafts[draft].stepCount < limits[draft] {
            moves.append(.init(row: row, token: choice.token))
          }
        }
        running = moves.map { running[$0.row] }
        if !moves.isEmpty { front.advance(from: answer, by: moves) }
      }
      return drafts.map { $0.hypothesis() }
    }
  }
}
