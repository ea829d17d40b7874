import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct RecurrentStackTraceTests {
  private let x: Tensor
  private let lengths = [5, 2, 0, 3]

  init() {
    seedRandomness(25)
    x = Tensor(uniform: -1..<1, shape: [4, 5, 3])
  }

  /// Moves a network away from where it began, as training does.
  private func train(_ stack: some Module, _ loss: () -> Tensor) {
    for _ in 0..<20 {
      for named in stack.parameters { named.parameter.clearGradient() }
      loss().backward()
      withoutGradients {
        for named in stack.parameters {
          guard let gradient = named.parameter.gradient else { continue }
          named.parameter.assign(named.parameter.value - gradient * 0.5)
        }
      }
    }
  }

  /// The state before every step of one direction, `[B, T, H]`, from the states after.
  private func before(_ after: Tensor, _ start: Tensor, isReversed: Bool) -> Tensor {
    let first = start.expandedDimensions(axis: 1)
    return isReversed
      ? concatenated([after[0..., 1...], first], axis: 1)
      : concatenated([first, after[0..., ..<4]], axis: 1)
  }

  @Test("The trace of a trained LSTM is what its own states come from, token by token")
  func lstm() {
    let stack = LSTM(inputSize: 3, hiddenSize: 4, layerCount: 2, isBidirectional: true)
    train(stack) { (stack(x, lengths: lengths).sequence - 0.3).squared().mean() }
    let start = LSTMState(
      hidden: Tensor(uniform: -1..<1, shape: [4, 4, 4]),
      cell: Tensor(uniform: -1..<1, shape: [4, 4, 4]))
    let output = stack(x, lengths: lengths, from: start)
    let traces = stack.trace(x, lengths: lengths, from: start)
    #expect(traces.count == 4)
    let top = concatenated(traces[2...].map(\.states.hidden), axis: -1)
    expectEqual(top, output.sequence)

    for (index, trace) in traces.enumerated() {
      let (gates, states) = (trace.gates, trace.states)
      let isReversed = index % 2 == 1
      // The state of a row at its end is the last that the trace shows.
      for (row, length) in lengths.enumerated() where length > 0 {
        let last = isReversed ? 0 : length - 1
        expectEqual(states.cell[row, last], output.state.cell[index, row])
        expectEqual(states.hidden[row, last], output.state.hidden[index, row])
      }
      // Backward, a row begins at its end, where the trace of what was before holds a zero.
      let cells = before(states.cell, start.cell[index], isReversed: isReversed)
      let written = gates.forget * cells + gates.input * gates.candidate
      for (row, length) in lengths.enumerated() {
        let known = isReversed && length < 5 ? 0..<max(0, length - 1) : 0..<length
        guard !known.isEmpty else { continue }
        expectEqual(written[row, known], states.cell[row, known])
      }
      expectEqual(gates.output * states.cell.tanh(), states.hidden)
    }
  }

  @Test("The trace of a GRU is what its own states come from", arguments: [false, true])
  func gru(isBeforeProduct: Bool) {
    let stack = GRU(inputSize: 3, hiddenSize: 4, layerCount: 2) {
      GRUCell(
        inputSize: $0, hiddenSize: $1, reset: isBeforeProduct ? .beforeProduct : .afterProduct)
    }
    train(stack) { (stack(x, lengths: lengths).sequence - 0.3).squared().mean() }
    let traces = stack.trace(x, lengths: lengths)
    expectEqual(traces[1].states.hidden, stack(x, lengths: lengths).sequence)
    for trace in traces {
      let (gates, states) = (trace.gates, trace.states.hidden)
      let zeros = Tensor(repeating: 0, shape: [4, 4])
      let memory = before(states, zeros, isReversed: false)
      let isReal = AttentionMask.hidingPadding(lengths: lengths, count: 5).visible.reshaped(4, 5, 1)
      let expected = (1 - gates.update) * gates.candidate + gates.update * memory
      expectEqual(expected.replacing(with: 0, where: isReal.not()), states)
      #expect(gates.reset[0].scalars.allSatisfy { 0 < $0 && $0 < 1 })
    }
  }

  @Test("Gates are open or closed as their biases say, and zero after the end of a row")
  func biases() {
    let stack = LSTM(inputSize: 3, hiddenSize: 4)
    for named in stack.parameters {
      named.parameter.assign(Tensor(repeating: 0, shape: named.parameter.shape))
    }
    let biases = [-1, 2, 0.5, 0].flatMap { Array(repeating: Float($0), count: 4) }
    stack.cells[0].forward.inputBias.assign(Tensor(biases, shape: [16]))
    let gates = stack.trace(x, lengths: lengths)[0].gates
    // σ(−1), σ(2), tanh(0.5), σ(0)
    let expected = [0.268_941_421, 0.880_797_078, 0.462_117_157, 0.5] as [Float]
    for (gate, value) in zip(gates.parts, expected) {
      #expect(gate.shape == [4, 5, 4])
      #expect(gate[0].scalars.allSatisfy { abs($0 - value) < 1e-6 })
      #expect(gate[1, 2...].scalars.allSatisfy { $0 == 0 })
      #expect(gate[2].scalars.allSatisfy { $0 == 0 })
    }
  }
}
