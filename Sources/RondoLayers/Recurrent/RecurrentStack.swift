import RondoTensor

/// A stack of Elman layers, run over whole sequences.
public typealias RNN = RecurrentStack<RNNCell>

/// A stack of long short-term memory layers, run over whole sequences.
public typealias LSTM = RecurrentStack<LSTMCell>

/// A stack of gated recurrent units, run over whole sequences.
public typealias GRU = RecurrentStack<GRUCell>

/// A stack of recurrent layers, run over whole sequences.
///
/// Each layer takes the hidden states of the layer below, in both directions where the stack is
/// bidirectional. The arithmetic is that of the cell; here every layer and direction runs as one
/// operation over all steps. Batches are `[B, T, E]`; use `transposed(0, 1)` for one with its steps
/// first, `[T, B, E]`.
///
/// For cells with options, create the stack with a closure:
///
/// ```swift
/// let gru = GRU(inputSize: 8, hiddenSize: 16) {
///   GRUCell(inputSize: $0, hiddenSize: $1, reset: .beforeProduct)
/// }
/// ```
public struct RecurrentStack<Cell: RecurrentCell>: Module {
  /// The layers, bottom layer first.
  public let cells: [RecurrentLayer<Cell>]
  /// Applied between layers, but not before the first or after the last.
  public let dropout: Dropout

  /// Creates a stack of layers.
  ///
  /// - Parameters:
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of hidden features per direction.
  ///   - layerCount: The number of layers.
  ///   - dropout: The dropout rate between layers.
  ///   - isBidirectional: Whether every layer also runs backward.
  ///   - makeCell: Creates a cell from its input size and its hidden size.
  public init(
    inputSize: Int, hiddenSize: Int, layerCount: Int = 1, dropout: Double = 0,
    isBidirectional: Bool = false,
    cell makeCell: (Int, Int) -> Cell = { Cell(inputSize: $0, hiddenSize: $1) }
  ) {
    guard layerCount > 0 else {
      fatalError("a recurrent stack has at least one layer, and not \(layerCount)")
    }
    let outputSize = isBidirectional ? 2 * hiddenSize : hiddenSize
    cells = (0..<layerCount).map { layer in
      let size = layer == 0 ? inputSize : outputSize
      let forward = makeCell(size, hiddenSize)
      guard isBidirectional else { return .forward(forward) }
      return .bidirectional(
        Bidirectional(forward: forward, backward: makeCell(size, hiddenSize)))
    }
    self.dropout = Dropout(dropout)
  }

  /// E, the number of input features.
  public var inputSize: Int { cells[0].forward.inputSize }

  /// H, the number of hidden features per direction.
  public var hiddenSize: Int { cells[0].forward.hiddenSize }

  /// Two for a bidirectional stack, and otherwise one.
  public var directionCount: Int { cells[0].backward == nil ? 1 : 2 }

  /// Runs over a batch of sequences.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, T, E]`.
  ///   - lengths: The number of real steps in each row, possibly zero, or `nil` when no row is
  ///     padded. Without it, padding is processed like any other input.
  ///   - state: The state before the first step, `[layers · directions, B, H]`, or `nil` for
  ///     zeros.
  ///   - form: Whether to run fused or step by step.
  /// - Returns: The top layer's hidden states, `[B, T, H · directions]`, zero after the end of a
  ///   row, and the state after the last real step, `[layers · directions, B, H]`.
  public func callAsFunction(
    _ x: Tensor, lengths: [Int]? = nil, from state: Cell.State? = nil, form: LayerForm = .fused
  ) -> RecurrentOutput<Cell.State> {
    checkInput(x)
    let lengths = RowLengths(lengths, of: x)
    let start = startingState(state, for: x)
    var sequence = x
    var ends: [Cell.State] = []
    for (index, layer) in cells.enumerated() {
      if index > 0 { sequence = dropout(sequence) }
      let output = layer.read(
        sequence, lengths: lengths,
        from: start.layers(from: index * directionCount, count: directionCount), form: form)
      sequence = output.sequence
      ends.append(output.state)
    }
    return RecurrentOutput(
      sequence: sequence, state: .joining(ends) { concatenated($0, axis: 0) })
  }

  /// Stops the program when the shape of the input does not fit.
  func checkInput(_ x: Tensor) {
    guard x.rank == 3, x.shape[1] > 0 else {
      fatalError("\(name) expects [B, T, E] with at least one step and got \(x.shape)")
    }
    guard x.shape[2] == inputSize else {
      fatalError(
        "\(name) expects \(inputSize) features and got \(x.shape[2]); "
          + "is the embedding the right size?")
    }
  }

  /// The given initial state, or zeros.
  func startingState(_ state: Cell.State?, for x: Tensor) -> Cell.State {
    let expected = [cells.count * directionCount, x.shape[0], hiddenSize]
    guard let state else { return .zeros(shape: expected, like: x) }
    for found in state.parts.map(\.shape) where found != expected {
      let axes = ["layers · directions", "batch", "hidden size"]
      let wrong = zip(axes, zip(expected, found)).first { $1.0 != $1.1 }
      let reason = wrong.map { "the axis \($0) is \($1.1) in place of \($1.0)" }
      fatalError(
        "\(name) expects an initial state of shape \(expected) and got \(found); "
          + (found.count == 3 ? reason ?? "" : "it has \(found.count) axes in place of 3"))
    }
    return state
  }

  private var name: String { "a stack of \(Cell.self)" }
}
