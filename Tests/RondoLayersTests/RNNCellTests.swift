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
