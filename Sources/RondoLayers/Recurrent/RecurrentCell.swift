import RondoTensor

/// One step of a recurrent network.
///
/// A cell needs only its equation: ``read(_:lengths:from:isReversed:)`` repeats it over a
/// sequence. The cells of this library also run a whole sequence as one operation.
public protocol RecurrentCell<State>: Module {
  /// What the cell remembers between two steps.
  associatedtype State: RecurrentState

  /// Creates a cell.
  ///
  /// - Parameters:
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of features in the memory.
  init(inputSize: Int, hiddenSize: Int)

  /// E, the number of input features.
  var inputSize: Int { get }

  /// H, the number of features in the memory.
  var hiddenSize: Int { get }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, E]`.
  ///   - state: The state before the step.
  /// - Returns: The state after the step.
  func callAsFunction(_ x: Tensor, from state: State) -> State

  /// Reads whole sequences, in one operation where there is one.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, T, E]`.
  ///   - lengths: The real steps of each row, or `nil` when no row is padded.
  ///   - state: The state before the first step, `[B, H]`.
  ///   - isReversed: Whether each row is read from its last real step to its first.
  /// - Returns: The hidden state at every step, `[B, T, H]`, and the state at the end, `[B, H]`.
  func read(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool
  ) -> RecurrentOutput<State>
}

extension RecurrentCell {
  /// Reads whole sequences step by step.
  public func read(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool
  ) -> RecurrentOutput<State> {
    readStepwise(x, lengths: lengths, from: state, isReversed: isReversed)
  }

  /// Reads whole sequences step by step.
  ///
  /// A row that has ended, or that read backward has not begun, keeps its state and shows zeros;
  /// so the padding of a row leaves no trace in either direction.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, T, E]`.
  ///   - lengths: The real steps of each row, or `nil` when no row is padded.
  ///   - state: The state before the first step, `[B, H]`.
  ///   - isReversed: Whether each row is read from its last real step to its first.
  /// - Returns: The hidden state at every step, `[B, T, H]`, and the state at the end, `[B, H]`.
  public func readStepwise(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool
  ) -> RecurrentOutput<State> {
    let states = states(x, lengths: lengths, from: state, isReversed: isReversed)
    let sequence = stacked(states.map(\.hidden), axis: 1)
    return RecurrentOutput(
      sequence: lengths?.clearingPadding(of: sequence) ?? sequence,
      state: states[isReversed ? 0 : states.count - 1])
  }

  /// The state after every step was read, in the order of the steps, each `[B, H]`; that of a row
  /// that has ended, or has not begun, is the one that it keeps.
  func states(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool
  ) -> [State] {
    let steps = Array(0..<x.shape[1])
    var (state, states) = (state, [State]())
    for step in isReversed ? steps.reversed() : steps {
      let next = self(x.selecting(step, axis: 1), from: state)
      state =
        lengths.map { lengths in
          let hasEnded = lengths.hasEnded(before: step)
          return .joining([next, state]) { $0[0].replacing(with: $0[1], where: hasEnded) }
        } ?? next
      states.append(state)
    }
    return isReversed ? states.reversed() : states
  }

  /// Reads whole sequences in the form asked for.
  func read(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool, form: LayerForm
  ) -> RecurrentOutput<State> {
    switch form {
    case .fused: read(x, lengths: lengths, from: state, isReversed: isReversed)
    case .stepwise: readStepwise(x, lengths: lengths, from: state, isReversed: isReversed)
    }
  }
}
