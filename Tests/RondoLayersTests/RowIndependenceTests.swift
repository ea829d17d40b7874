import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

/// The layers of which a row is a whole sequence have this law beside their other tests.
@Suite("The rows of a batch know nothing of one another")
struct RowIndependenceTests {
  private let x: Tensor

  init() {
    seedRandomness(31)
    x = Tensor(uniform: -2..<2, shape: [5, 4, 3])
  }

  private func check(sourceLocation: SourceLocation = #_sourceLocation, _ layer: (Tensor) -> Tensor)
  {
    checkRowIndependence(rowCount: 5, sourceLocation: sourceLocation) {
      layer(x.selecting($0, axis: 0))
    }
  }

  @Test("In a linear layer, a norm and a table")
  func basics() {
    let linear = Linear(from: 3, to: 6)
    check { linear($0) }
    let norm = LayerNorm(3)
    check { norm($0) }
    let table = Embedding(vocabularySize: 7, size: 6, paddingID: 0)
    let ids = Tensor(ids: [0, 3, 3, 1, 6, 0, 2, 2, 5, 4], shape: [5, 2])
    checkRowIndependence(rowCount: 5) { table(ids.selecting($0, axis: 0)) }
  }

  @Test("In a single cell")
  func cells() {
    func check(_ cell: some RecurrentCell) { self.check { takeStep(of: cell, on: $0[0..., 0]) } }
    check(RNNCell(inputSize: 3, hiddenSize: 6))
    check(LSTMCell(inputSize: 3, hiddenSize: 6))
    check(GRUCell(inputSize: 3, hiddenSize: 6))
    check(GRUCell(inputSize: 3, hiddenSize: 6, reset: .beforeProduct))
  }

  /// The second step of a cell, whose state differs by row.
  private func takeStep<Cell: RecurrentCell>(of cell: Cell, on x: Tensor) -> Tensor {
    let first = cell(x, from: .zeros(hiddenSize: 6, like: x))
    return concatenated(cell(-x, from: first).parts, axis: -1)
  }

  @Test("On a bridge", arguments: [Bridge.Kind.projection, .sum])
  func bridge(kind: Bridge.Kind) {
    let bridge = Bridge(kind, from: 3, directionCount: 2, to: 3, layerCount: 2)
    check { bridge(HiddenState(hidden: $0.permuted(1, 0, 2))).hidden.permuted(1, 0, 2) }
  }
}
