import RondoModels
import RondoTensor

/// The state of a search: the last token of each row, and the model's state before it.
///
/// A row is a sequence that is still being generated. A finished one leaves the batch, so no more
/// work is done for it.
struct SearchFront<Model: AutoregressiveModel> {
  private let model: Model
  private var tokens: Tensor  // [R]
  private var state: Model.State

  /// Starts a search.
  ///
  /// - Parameters:
  ///   - model: The model that predicts tokens.
  ///   - tokens: The last token of each row, `[R]`.
  ///   - state: The state before those tokens are fed.
  init(_ model: Model, after tokens: Tensor, from state: Model.State) {
    guard tokens.rank == 1, tokens.type == .int64 else {
      fatalError(
        "a search begins after one token per row, int64 [B], and not \(tokens.type) \(tokens.shape)"
      )
    }
    self.model = model
    self.tokens = tokens
    self.state = state
  }

  /// The number of rows.
  var rowCount: Int { tokens.shape[0] }

  /// Predicts the next token of each row.
  func ask() -> NextToken<Model.State> {
    let answer = model.next(after: tokens, from: state)
    guard answer.logits.rank == 2, answer.logits.shape[0] == rowCount else {
      fatalError(
        "a search over \(rowCount) rows expects logits [\(rowCount), V] and got "
          + "\(answer.logits.shape)")
    }
    return answer
  }

  /// Continues from a prediction, with each of its rows once, more than once, or not at all.
  ///
  /// - Parameters:
  ///   - answer: The model's prediction.
  ///   - moves: The rows after the step.
  mutating func advance(from answer: NextToken<Model.State>, by moves: [Move]) {
    let rows = moves.map(\.row)
    if rows.elementsEqual(0..<rowCount) {
      state = answer.state
    } else {
      let chosen = Tensor(ids: rows, shape: [rows.count], on: tokens.device)
      state = model.selecting(chosen, of: answer.state)
    }
    tokens = Tensor(ids: moves.map(\.token), shape: [moves.count], on: tokens.device)
  }

  /// A row of a prediction that is continued, and the token that continues it.
  struct Move {
    let row: Int
    let token: Int
  }
}

extension NextToken {
  /// The attention weights of each row, copied to the host; all `nil` without attention, or if they
  /// are not kept.
  func attentionRows(ifKept isKept: Bool) -> [[Float]?] {
    let rowCount = logits.shape[0]
    guard isKept, let attention else { return Array(repeating: nil, count: rowCount) }
    let (weights, size) = (attention.scalars, attention.shape[1])
    return (0..<rowCount).map { Array(weights[$0 * size..<($0 + 1) * size]) }
  }
}
