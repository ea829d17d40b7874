import RondoTensor

/// One layer of a recurrent stack, in one direction or in both.
///
/// The parts are those of the active case, so parameters are named `cells.0.inputWeight` in a
/// unidirectional stack, and `cells.0.forward.inputWeight` in a bidirectional one.
public enum RecurrentLayer<Cell: RecurrentCell>: Module, CustomReflectable {
  /// Reads each row from its first step to its last.
  case forward(Cell)
  /// Reads each row in both directions.
  case bidirectional(Bidirectional<Cell>)

  /// The parts of the active case.
  public var customMirror: Mirror {
    switch self {
    case .forward(let cell): Mirror(reflecting: cell)
    case .bidirectional(let pair): Mirror(reflecting: pair)
    }
  }

  /// The cell that reads forward.
  public var forward: Cell {
    switch self {
    case .forward(let cell): cell
    case .bidirectional(let pair): pair.forward
    }
  }

  /// The cell that reads backward, if there is one.
  public var backward: Cell? {
    switch self {
    case .forward: nil
    case .bidirectional(let pair): pair.backward
    }
  }

  /// Runs over a batch of sequences, with an initial state per direction, `[directions, B, H]`.
  func read(
    _ x: Tensor, lengths: RowLengths?, from state: Cell.State, form: LayerForm
  ) -> RecurrentOutput<Cell.State> {
    switch self {
    case .bidirectional(let pair):
      return pair.read(x, lengths: lengths, from: state, form: form)
    case .forward(let cell):
      let output = cell.read(
        x, lengths: lengths, from: state.mapped { $0.selecting(0, axis: 0) }, isReversed: false,
        form: form)
      return RecurrentOutput(
        sequence: output.sequence, state: output.state.mapped { $0.expandedDimensions(axis: 0) })
    }
  }
}
