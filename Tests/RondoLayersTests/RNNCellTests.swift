import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct RNNCellTests {
  @Test("PyTorch computes the same step and gradients", .tags(.golden))
  func parity() throws {
    let golden = try Golden("rnn-cell")
    let cell = RNNCell(inputSize: 4, hiddenSize: 6)
    try golden.load(into: cell)
    let next = cell(
      try golden.tensor("x"), from: HiddenState(hidden: try golden.tensor("h")))
    try golden.expect(next.hidden, equals: "hidden", within: 1e-6)
    (next.hidden * (try golden.tensor("coefficients.0"))).sum().backward()
    try golden.expectGradients(of: cell)
  }

  @Test("PyTorch computes the same step in double precision, to twelve places", .tags(.golden))
  func doubleParity() throws {
    let golden = try Golden("rnn-cell-double")
    let cell = RNNCell(inputSize: 4, hiddenSize: 6)
    cell.convert(to: .float64)
    try golden.load(into: cell)
    let next = cell(
      try golden.tensor("x"), from: HiddenState(hidden: try golden.tensor("h")))
    #expect(next.hidden.type == .float64)
    try golden.expect(next.hidden, equals: "hidden", within: 1e-12)
    (next.hidden * (try golden.tensor("coefficients.0"))).sum().backward()
    try golden.expectGradients(of: cell, within: 1e-12)
  }

  @Test(
    "The gradient of weights that serve every step is the sum of what each step contributes",
    arguments: LayerForm.allCases)
  func sharing(form: LayerForm) throws {
    seedRandomness(26)
    let x = Tensor(uniform: -1..<1, shape: [2, 4, 3])
    let shared = RNN(inputSize: 3, hiddenSize: 5)
    let ofStep = (0..<4).map { _ in RNNCell(inputSize: 3, hiddenSize: 5) }
    for cell in ofStep {
      for (own, other) in zip(cell.parameters, shared.parameters) {
        own.parameter.assign(other.parameter.value)
      }
    }
    let weights = Tensor(uniform: -1..<1, shape: [2, 4, 5])
    (shared(x, form: form).sequence * weights).sum().backward()

    var (state, states) = (HiddenState.zeros(hiddenSize: 5, like: x), [Tensor]())
    for (step, cell) in ofStep.enumerated() {
      state = cell(x.selecting(step, axis: 1), from: state)
      states.append(state.hidden)
    }
    (stacked(states, axis: 1) * weights).sum().backward()
    for (index, named) in shared.parameters.enumerated() {
      let contributions = try ofStep.map { try #require($0.parameters[index].parameter.gradient) }
      let sum = stacked(contributions, axis: 0).sum(axis: 0)
      expectEqual(try #require(named.parameter.gradient), sum, within: 1e-6, named.path)
      // The first step reads a memory of zeros, and the last one alone is not the whole.
      expectDifferent(sum, contributions[3])
    }
  }

  @Test(
    "One step by hand: tanh(0.5·1 + 0.25·2 + 0.1 + 0.2·0.5) = tanh(1.2)",
    arguments: [(ScalarType.float32, 1e-6), (.float64, 1e-12)])
  func byHand(type: ScalarType, tolerance: Double) {
    let cell = RNNCell(inputSize: 2, hiddenSize: 1)
    cell.convert(to: type)
    cell.inputWeight.assign(Tensor([0.5, 0.25] as [Double], shape: [1, 2]))
    cell.inputBias.assign(Tensor([0.1] as [Double], shape: [1]))
    cell.hiddenWeight.assign(Tensor([0.2] as [Double], shape: [1, 1]))
    cell.hiddenBias.assign(Tensor([0.0] as [Double], shape: [1]))
    let x = Tensor([1, 2] as [Double], shape: [1, 2]).converted(to: type)
    let start = Tensor([0.5] as [Double], shape: [1, 1]).converted(to: type)
    let next = cell(x, from: HiddenState(hidden: start))
    #expect(abs(next.hidden.item - 0.833_654_607_012_155_2) < tolerance)
  }

  @Test("Finite differences give the same gradients")
  func differences() {
    seedRandomness(6)
    let cell = RNNCell(inputSize: 3, hiddenSize: 4)
    let x = Tensor(uniform: -1..<1, shape: [2, 3]).converted(to: .float64)
    checkGradient(of: cell) {
      cell(x * 0.5, from: cell(x, from: .zeros(hiddenSize: 4, like: x))).hidden.squared().sum()
    }
  }
}
