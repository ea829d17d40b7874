import RondoTensor

/// One step of a recurrent network.
///
/// A cell needs only its equation: ``read(_:lengths:from:isReversed:)`` repeats it over a
/// sequence. The cells of this library also run a whole sequence as one fused operation.
public protocol RecurrentCell<State>: Module {
  /// The state that is carried from one step to the next.
  associatedtype State: RecurrentState

  /// Creates a cell.
  ///
  /// - Parameters:
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of hidden features.
  init(inputSize: Int, hiddenSize: Int)

  /// E, the number of input features.
  var inputSize: Int { get }

  /// H, the number of hidden features.
  var hiddenSize: Int { get }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, E]`.
  ///   - state: The state before the step.
  /// - Returns: The state after the step.
  func callAsFunction(_ x: Tensor, from state: State) -> State

  /// Runs over whole sequences, in one fused operation where there is one.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, T, E]`.
  ///   - lengths: The number of real steps in each row, or `nil` when no row is padded.
  ///   - state: The state before the first step, `[B, H]`.
  ///   - isReversed: Whether each row is read from its last real step to its first.
  /// - Returns: The hidden state at every step, `[B, T, H]`, and the final state, `[B, H]`.
  func read(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool
  ) -> RecurrentOutput<State>
}

extension RecurrentCell {
  /// Runs over whole sequences step by step.
  public func read(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool
  ) -> RecurrentOutput<State> {
    readStepwise(x, lengths: lengths, from: state, isReversed: isReversed)
  }

  /// Runs over whole sequences step by step.
  ///
  /// At a padding step a row keeps its state and outputs zeros, whether the sequence is read
  /// forward or backward; so padding affects neither direction.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, T, E]`.
  ///   - lengths: The number of real steps in each row, or `nil` when no row is padded.
  ///   - state: The state before the first step, `[B, H]`.
  ///   - isReversed: Whether each row is read from its last real step to its first.
  /// - Returns: The hidden state at every step, `[B, T, H]`, and the final state, `[B, H]`.
  public func readStepwise(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool
  ) -> RecurrentOutput<State> {
    let states = states(x, lengths: lengths, from: state, isReversed: isReversed)
    let sequence = stacked(states.map(\.hidden), axis: 1)
    return RecurrentOutput(
      sequence: lengths?.clearingPadding(of: sequence) ?? sequence,
      state: states[isReversed ? 0 : states.count - 1])
  }

  /// The state after every step, in the order of the sequence, each `[B, H]`; at padding steps a
  /// row keeps the state that it has.
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

  /// Runs over whole sequences in the given form.
  func read(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool, form: LayerForm
  ) -> RecurrentOutput<State> {
    switch form {
    case .fused: read(x, lengths: lengths, from: state, isReversed: isReversed)
    case .stepwise: readStepwise(x, lengths: lengths, from: state, isReversed: isReversed)
    }
  }
}
