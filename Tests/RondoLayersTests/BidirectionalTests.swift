import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct BidirectionalTests {
  private let pair: Bidirectional<LSTMCell>
  private let x: Tensor

  init() {
    seedRandomness(21)
    pair = Bidirectional(
      forward: LSTMCell(inputSize: 3, hiddenSize: 4),
      backward: LSTMCell(inputSize: 3, hiddenSize: 4))
    x = Tensor(uniform: -1..<1, shape: [2, 5, 3])
  }

  @Test("The backward half reads each row from its own last step", arguments: LayerForm.allCases)
  func reversal(form: LayerForm) {
    let output = pair(x, lengths: [3, 5], form: form)
    let reversed = x.narrowed(axis: 1, from: 0, count: 3).reversed(axis: 1)
    var state = LSTMState.zeros(hiddenSize: 4, like: x)
    let steps = (0..<3).map { step in
      state = pair.backward(reversed.selecting(step, axis: 1), from: state)
      return state.hidden.selecting(0, axis: 0)
    }
    expectEqual(output.sequence[0, 0..<3, 4...], stacked(steps.reversed(), axis: 0))
    expectEqual(output.state.cell[1, 0], state.cell[0])
  }

  @Test("The state of a row joins what forward read last and backward read last")
  func state() {
    let output = pair(x, lengths: [3, 5])
    expectEqual(output.state.hidden[0, 0], output.sequence[0, 2, 0..<4], within: 0)
    expectEqual(output.state.hidden[1, 0], output.sequence[0, 0, 4...], within: 0)
  }

  @Test("A pair has twice the parameters, under the names of its directions")
  func parameters() {
    #expect(pair.parameterCount == 2 * pair.forward.parameterCount)
    #expect(pair.parameters[4].path == "backward.inputWeight")
  }

  @Test("Cells of different sizes are refused")
  func sizes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bidirectional(
        forward: GRUCell(inputSize: 3, hiddenSize: 4),
        backward: GRUCell(inputSize: 3, hiddenSize: 5))
    }
    #expect(message(of: result).contains("of the same sizes and got 3 → 4 and 3 → 5"))
  }
}
