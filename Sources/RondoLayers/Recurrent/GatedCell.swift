import RondoTensor

/// A recurrent cell whose gate activations can be inspected.
public protocol GatedCell<State, Gates>: RecurrentCell {
  /// The gate activations of one step.
  associatedtype Gates: TensorGroup

  /// Computes the gate activations of a step, for inspecting a trained network.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, E]`.
  ///   - state: The state before the step, `[B, H]`.
  /// - Returns: The gate activations, each `[B, H]`.
  func gates(_ x: Tensor, from state: State) -> Gates
}

/// The gate activations and the states of one layer and direction at every step.
///
/// All tensors are `[B, T, H]`, and zero after the end of a row.
public struct GateTrace<Cell: GatedCell> {
  /// The gate activations at every step.
  public let gates: Cell.Gates
  /// The state after every step; in the backward direction, after the later steps have been read.
  public let states: Cell.State
}

extension GatedCell {
  /// Runs over whole sequences step by step and records the gate activations.
  func trace(
    _ x: Tensor, lengths: RowLengths?, from state: State, isReversed: Bool
  ) -> GateTrace<Self> {
    let after = states(x, lengths: lengths, from: state, isReversed: isReversed)
    let before: [State] = isReversed ? after[1...] + [state] : [state] + after.dropLast()
    let gates = before.enumerated().map { step, state in
      self.gates(x.selecting(step, axis: 1), from: state)
    }
    /// Joins the steps and leaves zeros after the end of each row.
    func joined<Group: TensorGroup>(_ steps: [Group]) -> Group {
      let all = Group.joining(steps) { stacked($0, axis: 1) }
      return lengths.map { all.mapped($0.clearingPadding(of:)) } ?? all
    }
    return GateTrace(gates: joined(gates), states: joined(after))
  }
}
