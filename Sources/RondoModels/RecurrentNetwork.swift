import RondoLayers
import RondoTensor

/// A recurrent stack whose cell is chosen at run time.
///
/// The parts are those of the chosen stack, so its parameters are named `cells.0.inputWeight`.
public enum RecurrentNetwork: Module, CustomReflectable {
  /// A stack of Elman networks.
  case rnn(RNN)
  /// A stack of gated recurrent units.
  case gru(GRU)
  /// A stack of long short-term memories.
  case lstm(LSTM)

  /// Creates a stack.
  ///
  /// The forget bias of an LSTM is initialized to 1.
  ///
  /// - Parameters:
  ///   - kind: The cell.
  ///   - inputSize: E, the number of input features.
  ///   - hiddenSize: H, the number of hidden features per direction.
  ///   - layerCount: The number of layers.
  ///   - dropout: The dropout rate between layers.
  ///   - isBidirectional: Whether every layer also runs backward.
  public init(
    _ kind: RecurrentKind, inputSize: Int, hiddenSize: Int, layerCount: Int = 1,
    dropout: Double = 0, isBidirectional: Bool = false
  ) {
    func stack<Cell>(_ makeCell: (Int, Int) -> Cell) -> RecurrentStack<Cell> {
      RecurrentStack(
        inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount, dropout: dropout,
        isBidirectional: isBidirectional, cell: makeCell)
    }
    switch kind {
    case .rnn: self = .rnn(stack { RNNCell(inputSize: $0, hiddenSize: $1) })
    case .gru: self = .gru(stack { GRUCell(inputSize: $0, hiddenSize: $1) })
    case .lstm: self = .lstm(stack { LSTMCell(inputSize: $0, hiddenSize: $1, forgetBias: 1) })
    }
  }

  /// The state of any stack.
  public struct State {
    /// The tensors of the state, the hidden state first, each `[layers · directions, B, H]`.
    public let parts: [Tensor]

    /// The hidden state of the top layer, `[B, H]`.
    var top: Tensor { parts[0].selecting(-1, axis: 0) }

    /// The state of the selected rows.
    func selecting(_ rows: Tensor) -> State {
      State(parts: parts.map { $0.selecting(rows, axis: 1) })
    }

    /// The decoder state that a bridge makes of this encoder state.
    func crossing(_ bridge: Bridge) -> State { State(parts: bridge(parts)) }
  }

  /// The parts of the chosen stack.
  public var customMirror: Mirror {
    switch self {
    case .rnn(let stack): Mirror(reflecting: stack)
    case .gru(let stack): Mirror(reflecting: stack)
    case .lstm(let stack): Mirror(reflecting: stack)
    }
  }

  /// Runs over a batch of sequences.
  ///
  /// - Parameters:
  ///   - x: Input features, `[B, T, E]`.
  ///   - lengths: The number of real steps in each row, or `nil` when no row is padded.
  ///   - state: The state before the first step, or `nil` for zeros.
  ///   - form: Whether to run fused or step by step.
  /// - Returns: The top layer's hidden states, `[B, T, H · directions]`, and the final state.
  public func callAsFunction(
    _ x: Tensor, lengths: [Int]? = nil, from state: State? = nil, form: LayerForm = .fused
  ) -> RecurrentOutput<State> {
    func read<Cell>(_ stack: RecurrentStack<Cell>) -> RecurrentOutput<State> {
      let start = state.map { Cell.State(parts: $0.parts) }
      let output = stack(x, lengths: lengths, from: start, form: form)
      return RecurrentOutput(
        sequence: output.sequence, state: State(parts: output.state.parts))
    }
    switch self {
    case .rnn(let stack): return read(stack)
    case .gru(let stack): return read(stack)
    case .lstm(let stack): return read(stack)
    }
  }
}
