import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct LSTMCellTests {
  @Test("PyTorch computes the same step and gradients", .tags(.golden))
  func parity() throws {
    let golden = try Golden("lstm-cell")
    let cell = LSTMCell(inputSize: 4, hiddenSize: 6)
    try golden.load(into: cell)
    let start = LSTMState(hidden: try golden.tensor("h"), cell: try golden.tensor("c"))
    let next = cell(try golden.tensor("x"), from: start)
    try golden.expect(next.hidden, equals: "hidden", within: 1e-6)
    try golden.expect(next.cell, equals: "cell", within: 1e-6)
    let loss =
      (next.hidden * (try golden.tensor("coefficients.0"))).sum()
      + (next.cell * (try golden.tensor("coefficients.1"))).sum()
    loss.backward()
    try golden.expectGradients(of: cell)
  }

  @Test("The form with one matrix over [x; h] and one bias converts exactly", .tags(.golden))
  func joined() throws {
    let golden = try Golden("lstm-joined")
    let (weight, bias) = (try golden.tensor("weight"), try golden.tensor("bias"))
    let cell = LSTMCell(joinedWeight: weight, joinedBias: bias)
    #expect(cell.inputSize == 4 && cell.hiddenSize == 6)
    #expect(cell.joinedWeight.scalars == weight.scalars)
    #expect(cell.joinedBias.scalars == bias.scalars)
    let start = LSTMState(hidden: try golden.tensor("h"), cell: try golden.tensor("c"))
    let next = cell(try golden.tensor("x"), from: start)
    try golden.expect(next.hidden, equals: "hidden", within: 1e-6)
    try golden.expect(next.cell, equals: "cell", within: 1e-6)
  }

  @Test("Two matrices and two biases join into one of each that compute the same")
  func joining() throws {
    let golden = try Golden("lstm-cell")
    let cell = LSTMCell(inputSize: 4, hiddenSize: 6)
    try golden.load(into: cell)
    let (x, h) = (try golden.tensor("x"), try golden.tensor("h"))
    let sum = concatenated([x, h], axis: -1).linear(cell.joinedWeight, cell.joinedBias)
    let gates = sum.split(into: 4, axis: -1)
    let next =
      gates[1].sigmoid() * (try golden.tensor("c")) + gates[0].sigmoid() * gates[2].tanh()
    try golden.expect(next, equals: "cell", within: 1e-6)
    try golden.expect(gates[3].sigmoid() * next.tanh(), equals: "hidden", within: 1e-6)
  }

  @Test("A joined weight that has no room for input, or a bias of another size, is refused")
  func wrongJoined() async {
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTMCell(
        joinedWeight: Tensor(repeating: 0, shape: [8, 2]),
        joinedBias: Tensor(repeating: 0, shape: [8]))
    }
    #expect(message(of: weight).contains("[4H, E + H] with E above zero, and not [8, 2]"))
    let bias = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTMCell(
        joinedWeight: Tensor(repeating: 0, shape: [8, 5]),
        joinedBias: Tensor(repeating: 0, shape: [4]))
    }
    #expect(message(of: bias).contains("a joined bias has the shape [8], and not [4]"))
  }

  @Test("The gates of a step explain its states")
  func gates() {
    seedRandomness(9)
    let cell = LSTMCell(inputSize: 3, hiddenSize: 4)
    let x = Tensor(uniform: -1..<1, shape: [2, 3])
    let start = LSTMState(
      hidden: Tensor(uniform: -1..<1, shape: [2, 4]), cell: Tensor(uniform: -1..<1, shape: [2, 4]))
    // A closed input gate and an open forget gate keep the cell.
    let bias = Tensor(
      [-50, 50, 0, 0].flatMap { Array(repeating: Float($0), count: 4) }, shape: [16])
    cell.inputBias.assign(bias)
    let gates = cell.gates(x, from: start)
    #expect(gates.input.scalars.allSatisfy { $0 < 1e-6 })
    #expect(gates.forget.scalars.allSatisfy { $0 > 1 - 1e-6 })
    let next = cell(x, from: start)
    expectEqual(next.cell, start.cell, within: 1e-6)
    expectEqual(next.hidden, gates.output * start.cell.tanh(), within: 1e-6)
  }

  @Test("A forget bias is the sum of both biases of the forget gate, and of no other")
  func forgetBias() {
    let cell = LSTMCell(inputSize: 3, hiddenSize: 5, forgetBias: 1)
    let sum = (cell.inputBias.value + cell.hiddenBias.value).split(into: 4, axis: 0)
    #expect(sum[1].scalars.allSatisfy { $0 == 1 })
    #expect([0, 2, 3].allSatisfy { gate in sum[gate].scalars.allSatisfy { abs($0) < 0.9 } })
  }

  @Test("Finite differences give the same gradients")
  func differences() {
    seedRandomness(7)
    let cell = LSTMCell(inputSize: 3, hiddenSize: 4)
    let x = Tensor(uniform: -1..<1, shape: [2, 3]).converted(to: .float64)
    checkGradient(of: cell) {
      let first = cell(x, from: .zeros(hiddenSize: 4, like: x))
      let second = cell(x * 0.5, from: first)
      return second.hidden.sum() + second.cell.squared().sum()
    }
  }
}
