import RondoTensor

/// Two recurrences over the same sequences, one reading forward and one backward.
///
/// The backward direction begins at the last real step of each row and never sees the padding. Both
/// outputs are concatenated at every step, so position t depends on the steps before and after it;
/// such a layer cannot serve to predict the next token, which it has already read.
///
/// - Source: Schuster and Paliwal,
///   [Bidirectional Recurrent Neural Networks](https://doi.org/10.1109/78.650093), 1997.
public struct Bidirectional<Cell: RecurrentCell>: Module {
  /// Reads each row from its first step to its last.
  public let forward: Cell
  /// Reads each row from its last real step to its first.
  public let backward: Cell

  /// Combines a forward and a backward cell.
  ///
  /// - Parameters:
  ///   - forward: Reads each row from its first step to its last.
  ///   - backward: Reads each row from its last real step to its first; of the same sizes.
  public init(forward: Cell, backward: Cell) {
    guard
      forward.inputSize == backward.inputSize, forward.hiddenSize == backward.hiddenSize
    else {
      fatalError(
        "Bidirectional expects two cells of the same sizes and got "
          + "\(forward.inputSize) → \(forward.hiddenSize) and "
          + "\(backward.inputSize) → \(backward.hiddenSize)")
    }
    self.forward = forward
    self.backward = backward
  }

  /// Runs over a batch of sequences.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, T, E]`.
  ///   - lengths: The number of real steps in each row, or `nil` when no row is padded.
  ///   - state: The states of both directions before their first steps, `[2, B, H]`, or `nil`
  ///     for zeros.
  ///   - form: Whether to run fused or step by step.
  /// - Returns: The concatenated hidden states, `[B, T, 2H]`, and the final states, `[2, B, H]`.
  public func callAsFunction(
    _ x: Tensor, lengths: [Int]? = nil, from state: Cell.State? = nil, form: LayerForm = .fused
  ) -> RecurrentOutput<Cell.State> {
    read(
      x, lengths: RowLengths(lengths, of: x),
      from: state ?? .zeros(shape: [2, x.shape[0], forward.hiddenSize], like: x), form: form)
  }

  func read(
    _ x: Tensor, lengths: RowLengths?, from state: Cell.State, form: LayerForm
  ) -> RecurrentOutput<Cell.State> {
    let outputs = [forward, backward].enumerated().map { direction, cell in
      cell.read(
        x, lengths: lengths, from: state.mapped { $0.selecting(direction, axis: 0) },
        isReversed: direction == 1, form: form)
    }
    return RecurrentOutput(
      sequence: concatenated(outputs.map(\.sequence), axis: -1),
      state: .joining(outputs.map(\.state)) { stacked($0, axis: 0) })
  }
}
