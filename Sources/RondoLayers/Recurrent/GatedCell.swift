import RondoTensor

/// A recurrent cell whose gates can be watched.
public protocol GatedCell<State, Gates>: RecurrentCell {
  /// What the gates let through in one step.
  associatedtype Gates: TensorGroup

  /// Computes the gates of a step, which show what a trained network does with an input.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, E]`.
  ///   - state: The state before the step, `[B, H]`.
  /// - Returns: The gates, each `[B, H]`.
  func gates(_ x: Tensor, from state: State) -> Gates
}

/// What the gates of one layer and direction did at every step, and what came of it.
///
/// All tensors are `[B, T, H]`, and zero after the end of a row.
public struct GateTrace<Cell: GatedCell> {
  /// The gates of every step.
  public let gates: Cell.Gates
  /// The state after every step; reading backward, after the steps that stand behind it were read.
  public let states: Cell.State
}

extension GatedCell {
  /// Reads whole sequences step by step and keeps what the gates did.
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
