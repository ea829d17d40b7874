import RondoTensor

extension RecurrentStack where Cell: GatedCell {
  /// Runs over a batch of sequences and records the activations of every gate at every step.
  ///
  /// The activations are those of the network itself: it is run step by step, by the equations of
  /// its cells, with its own parameters and in the current mode.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, T, E]`.
  ///   - lengths: The number of real steps in each row, or `nil` when no row is padded.
  ///   - state: The state before the first step, `[layers · directions, B, H]`, or `nil` for
  ///     zeros.
  /// - Returns: One trace per layer and direction, in the order of the states: bottom layer first,
  ///   forward before backward.
  public func trace(
    _ x: Tensor, lengths: [Int]? = nil, from state: Cell.State? = nil
  ) -> [GateTrace<Cell>] {
    checkInput(x)
    let lengths = RowLengths(lengths, of: x)
    let start = startingState(state, for: x)
    var (sequence, traces) = (x, [GateTrace<Cell>]())
    for (index, layer) in cells.enumerated() {
      if index > 0 { sequence = dropout(sequence) }
      let directions = [layer.forward, layer.backward].compactMap(\.self)
      let found = directions.enumerated().map { direction, cell in
        let first = start.mapped { $0.selecting(index * directionCount + direction, axis: 0) }
        return cell.trace(sequence, lengths: lengths, from: first, isReversed: direction == 1)
      }
      sequence = concatenated(found.map(\.states.hidden), axis: -1)
      traces += found
    }
    return traces
  }
}
