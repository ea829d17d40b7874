import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct GRUCellTests {
  @Test(
    "PyTorch computes the same step and gradients, wherever the reset acts", .tags(.golden),
    arguments: [
      ("gru-cell", GRUCell.Reset.afterProduct), ("gru-cell-before-product", .beforeProduct),
    ])
  func parity(name: String, reset: GRUCell.Reset) throws {
    let golden = try Golden(name)
    let cell = GRUCell(inputSize: 4, hiddenSize: 6, reset: reset)
    try golden.load(into: cell)
    let start = HiddenState(hidden: try golden.tensor("h"))
    let next = cell(try golden.tensor("x"), from: start)
    try golden.expect(next.hidden, equals: "hidden", within: 1e-7)
    (next.hidden * (try golden.tensor("coefficients.0"))).sum().backward()
    try golden.expectGradients(of: cell)
  }

  @Test("The two places of the reset are two functions", .tags(.golden))
  func forms() throws {
    let golden = try Golden("gru-cell-before-product")
    let cell = GRUCell(inputSize: 4, hiddenSize: 6)
    try golden.load(into: cell)
    let start = HiddenState(hidden: try golden.tensor("h"))
    let next = cell(try golden.tensor("x"), from: start).hidden
    // Some of these numbers lie above 1, where floats are 1.2e-7 apart.
    try golden.expect(next, equals: "hidden.afterProduct", within: 2e-7)
    expectDifferent(next, try golden.tensor("hidden"), by: 0.01)
  }

  @Test(
    "Finite differences give the same gradients",
    arguments: [GRUCell.Reset.afterProduct, .beforeProduct])
  func differences(reset: GRUCell.Reset) {
    seedRandomness(8)
    let cell = GRUCell(inputSize: 3, hiddenSize: 4, reset: reset)
    let x = Tensor(uniform: -1..<1, shape: [2, 3]).converted(to: .float64)
    checkGradient(of: cell) {
      cell(x * 0.5, from: cell(x, from: .zeros(hiddenSize: 4, like: x))).hidden.squared().sum()
    }
  }
}
