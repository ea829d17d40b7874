import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct RecurrentStackTests {
  /// The ways of reading that every law is tried on.
  struct Reading: CustomTestStringConvertible, Sendable {
    let isBidirectional: Bool
    let isPacked: Bool
    let form: LayerForm

    var suffix: String { (isBidirectional ? "-bidirectional" : "") + (isPacked ? "-packed" : "") }
    var testDescription: String { "\(form)\(suffix)" }

    static let all = LayerForm.allCases.flatMap { form in
      [false, true].flatMap { isBidirectional in
        [false, true].map {
          Reading(isBidirectional: isBidirectional, isPacked: $0, form: form)
        }
      }
    }
  }

  private func checkParity<Cell: RecurrentCell>(
    _ name: String, _ reading: Reading, cell: (Int, Int) -> Cell
  ) throws {
    let golden = try Golden(name + reading.suffix)
    let stack = RecurrentStack(
      inputSize: 4, hiddenSize: 6, layerCount: 2, isBidirectional: reading.isBidirectional,
      cell: cell)
    try golden.load(into: stack)
    let x = try golden.tensor("x").recordingGradient()
    let start = try (0..<Cell.State.partCount).map {
      try golden.tensor("start.\($0)").recordingGradient()
    }
    let output = stack(
      x, lengths: reading.isPacked ? try golden.tensor("lengths").ids : nil,
      from: Cell.State(parts: start), form: reading.form)

    try golden.expect(output.sequence, equals: "sequence")
    for (index, part) in output.state.parts.enumerated() {
      try golden.expect(part, equals: "end.\(index)")
    }
    let outputs = [output.sequence] + output.state.parts
    let terms = try outputs.enumerated().map { index, output in
      (output * (try golden.tensor("coefficients.\(index)"))).sum()
    }
    stacked(terms, axis: 0).sum().backward()
    try golden.expectGradients(of: stack)
    try golden.expect(#require(x.gradient), equals: "gradient.x", within: 1e-4)
    for (index, part) in start.enumerated() {
      try golden.expect(#require(part.gradient), equals: "gradient.start.\(index)", within: 1e-4)
    }
  }

  @Test("PyTorch computes the same Elman networks", .tags(.golden), arguments: Reading.all)
  func rnn(reading: Reading) throws {
    try checkParity("rnn", reading) { RNNCell(inputSize: $0, hiddenSize: $1) }
  }

  @Test("PyTorch computes the same LSTMs", .tags(.golden), arguments: Reading.all)
  func lstm(reading: Reading) throws {
    try checkParity("lstm", reading) { LSTMCell(inputSize: $0, hiddenSize: $1) }
  }

  @Test("PyTorch computes the same GRUs", .tags(.golden), arguments: Reading.all)
  func gru(reading: Reading) throws {
    try checkParity("gru", reading) { GRUCell(inputSize: $0, hiddenSize: $1) }
  }

  @Test(
    "PyTorch computes the same GRUs that reset before the product", .tags(.golden),
    arguments: Reading.all)
  func gruBeforeProduct(reading: Reading) throws {
    try checkParity("gru-before-product", reading) {
      GRUCell(inputSize: $0, hiddenSize: $1, reset: .beforeProduct)
    }
  }

  @Test("A batch with its steps first is read after two axes change places", .tags(.golden))
  func stepsFirst() throws {
    let golden = try Golden("rnn-steps-first")
    let rnn = RNN(inputSize: 4, hiddenSize: 6, layerCount: 2)
    try golden.load(into: rnn)
    let x = try golden.tensor("x")
    #expect(x.shape == [5, 3, 4])
    for form in LayerForm.allCases {
      let output = rnn(
        x.transposed(0, 1), from: HiddenState(hidden: try golden.tensor("start")), form: form)
      try golden.expect(output.sequence.transposed(0, 1), equals: "sequence")
      try golden.expect(output.state.hidden, equals: "end")
    }
  }

  // MARK: - Laws

  private func forEachStack(
    layerCount: Int = 2, isBidirectional: Bool = true, _ check: (any Reader) -> Void
  ) {
    seedRandomness(11)
    check(
      RNN(inputSize: 3, hiddenSize: 5, layerCount: layerCount, isBidirectional: isBidirectional))
    check(
      LSTM(inputSize: 3, hiddenSize: 5, layerCount: layerCount, isBidirectional: isBidirectional))
    check(
      GRU(inputSize: 3, hiddenSize: 5, layerCount: layerCount, isBidirectional: isBidirectional))
    check(
      GRU(
        inputSize: 3, hiddenSize: 5, layerCount: layerCount, isBidirectional: isBidirectional
      ) { GRUCell(inputSize: $0, hiddenSize: $1, reset: .beforeProduct) })
  }

  @Test("Padding leaves no trace", arguments: LayerForm.allCases)
  func padding(form: LayerForm) {
    forEachStack { stack in
      let x = Tensor(uniform: -1..<1, shape: [4, 6, 3])
      let noise = Tensor(uniform: -9..<9, shape: [4, 6, 3])
      let lengths = [6, 2, 1, 4]
      checkPaddingInvariance(of: x, noise: noise, lengths: lengths, gradientsOf: stack) {
        stack.sequence($0, lengths: $1, form: form)
      }
      checkPaddingInvariance(
        of: x, noise: noise, lengths: lengths, output: .rows, gradientsOf: stack
      ) { stack.end($0, lengths: $1, form: form) }
    }
  }

  @Test("Without lengths a network reads the padding, and remembers it")
  func paddingWithoutLengths() {
    seedRandomness(12)
    let gru = GRU(inputSize: 3, hiddenSize: 5)
    let x = Tensor(uniform: -1..<1, shape: [1, 4, 3])
    expectDifferent(gru(x, lengths: [2]).state.hidden, gru(x).state.hidden)
  }

  @Test("The output is exactly zero after the end of a row", arguments: LayerForm.allCases)
  func zeroAfterEnd(form: LayerForm) {
    forEachStack { stack in
      let x = Tensor(uniform: -1..<1, shape: [2, 5, 3])
      let output = stack.sequence(x, lengths: [3, 5], form: form)
      #expect(output[0, 3...].scalars.allSatisfy { $0 == 0 })
      #expect(output[0, 0..<3].scalars.allSatisfy { $0 != 0 })
    }
  }

  @Test("A row of length zero keeps its initial state", arguments: LayerForm.allCases)
  func lengthZero(form: LayerForm) {
    seedRandomness(13)
    let lstm = LSTM(inputSize: 3, hiddenSize: 5, layerCount: 2, isBidirectional: true)
    let start = LSTMState(
      hidden: Tensor(uniform: -1..<1, shape: [4, 2, 5]),
      cell: Tensor(uniform: -1..<1, shape: [4, 2, 5]))
    let output = lstm(
      Tensor(uniform: -1..<1, shape: [2, 3, 3]), lengths: [0, 3], from: start, form: form)
    #expect(output.sequence[0].scalars.allSatisfy { $0 == 0 })
    expectEqual(output.state.hidden[0..., 0], start.hidden[0..., 0], within: 0)
    expectEqual(output.state.cell[0..., 0], start.cell[0..., 0], within: 0)
    expectDifferent(output.state.cell[0..., 1], start.cell[0..., 1])
  }

  @Test("The rows of a batch know nothing of one another", arguments: LayerForm.allCases)
  func rows(form: LayerForm) {
    forEachStack { stack in
      let x = Tensor(uniform: -1..<1, shape: [3, 4, 3])
      let lengths = [4, 2, 3]
      checkRowIndependence(rowCount: 3) { rows in
        stack.sequence(
          x.selecting(rows, axis: 0), lengths: rows.ids.map { lengths[$0] }, form: form)
      }
    }
  }

  @Test("A network that reads forward does not see the future", arguments: LayerForm.allCases)
  func causality(form: LayerForm) {
    forEachStack(isBidirectional: false) { stack in
      checkCausality(
        of: Tensor(uniform: -1..<1, shape: [2, 4, 3]),
        other: Tensor(uniform: -1..<1, shape: [2, 4, 3])
      ) { stack.sequence($0, lengths: [4, 4], form: form) }
    }
  }

  @Test("The fused form computes what the cell computes step by step")
  func fusedEqualsStepwise() {
    forEachStack { stack in
      let x = Tensor(uniform: -1..<1, shape: [5, 7, 3])
      checkFusedEqualsStepwise(of: stack) { form in
        [
          stack.sequence(x, lengths: [7, 1, 0, 5, 2], form: form),
          stack.end(x, lengths: [7, 1, 0, 5, 2], form: form),
        ]
      }
    }
  }

  @Test("The fused form agrees at sizes that fill no vector", arguments: [1, 7, 16, 33, 128])
  func fusedSizes(hiddenSize: Int) {
    seedRandomness(14)
    let gru = GRU(inputSize: 13, hiddenSize: hiddenSize)
    let lstm = LSTM(inputSize: 13, hiddenSize: hiddenSize)
    let rnn = RNN(inputSize: 13, hiddenSize: hiddenSize)
    let x = Tensor(uniform: -1..<1, shape: [9, 5, 13])
    checkFusedEqualsStepwise(of: gru) { [gru(x, form: $0).sequence] }
    checkFusedEqualsStepwise(of: lstm) { [lstm(x, form: $0).sequence] }
    checkFusedEqualsStepwise(of: rnn) { [rnn(x, form: $0).sequence] }
  }

  @Test("Finite differences give the same gradients through time")
  func differences() {
    seedRandomness(15)
    let gru = GRU(inputSize: 2, hiddenSize: 3, layerCount: 2, isBidirectional: true)
    let x = Tensor(uniform: -1..<1, shape: [2, 4, 2]).converted(to: .float64)
    checkGradient(of: gru, elementLimit: 6) {
      gru(x, lengths: [4, 2]).sequence.squared().sum()
    }
  }

  @Test("Dropout between layers is for training")
  func dropout() {
    seedRandomness(16)
    let lstm = LSTM(inputSize: 3, hiddenSize: 32, layerCount: 2, dropout: 0.5)
    let x = Tensor(uniform: -1..<1, shape: [2, 4, 3])
    checkDropoutIsForTraining { lstm(x).sequence }
  }

  @Test("Dropout touches neither the input nor the top layer")
  func dropoutOfOneLayer() {
    seedRandomness(17)
    let gru = GRU(inputSize: 3, hiddenSize: 8, dropout: 0.5)
    let x = Tensor(uniform: -1..<1, shape: [2, 4, 3])
    expectEqual(withMode(.training) { gru(x).sequence }, gru(x).sequence, within: 0)
  }

  // MARK: - Inventories

  @Test("Parameters are named by layer and direction")
  func paths() {
    let names = ["inputWeight", "hiddenWeight", "inputBias", "hiddenBias"]
    #expect(
      LSTM(inputSize: 3, hiddenSize: 5, layerCount: 2).parameters.map(\.path)
        == ["cells.0.", "cells.1."].flatMap { layer in names.map { layer + $0 } })
    #expect(
      GRU(inputSize: 3, hiddenSize: 5, layerCount: 2, isBidirectional: true).parameters.map(\.path)
        == ["cells.0.forward.", "cells.0.backward.", "cells.1.forward.", "cells.1.backward."]
        .flatMap { layer in names.map { layer + $0 } })
  }

  @Test("Networks of 10 inputs and 32 features have the parameters of PyTorch's")
  func counts() {
    #expect(RNN(inputSize: 10, hiddenSize: 32).parameterCount == 1408)
    #expect(LSTM(inputSize: 10, hiddenSize: 32).parameterCount == 5632)
    #expect(GRU(inputSize: 10, hiddenSize: 32).parameterCount == 4224)
    #expect(LSTM(inputSize: 10, hiddenSize: 32, isBidirectional: true).parameterCount == 11_264)
  }

  // MARK: - Mistakes

  @Test(
    "An initial state of the wrong shape stops with the name of the wrong axis",
    arguments: [
      ([1, 3, 4], "the axis layers · directions is 1 in place of 2"),
      ([2, 5, 4], "the axis batch is 5 in place of 3"),
      ([2, 3, 8], "the axis hidden size is 8 in place of 4"),
      ([3, 4], "it has 2 axes in place of 3"),
    ])
  func wrongState(shape: [Int], reason: String) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [shape] in
      let gru = GRU(inputSize: 2, hiddenSize: 4, layerCount: 2)
      let state = HiddenState(hidden: Tensor(repeating: 0, shape: shape))
      _ = gru(Tensor(repeating: 0, shape: [3, 6, 2]), from: state)
    }
    #expect(
      message(of: result).contains(
        "a stack of GRUCell expects an initial state of shape [2, 3, 4] and got \(shape); "
          + reason))
  }

  @Test("Input of the wrong size stops with both sizes and a hint")
  func wrongInput() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTM(inputSize: 256, hiddenSize: 4)(Tensor(repeating: 0, shape: [3, 6, 300]))
    }
    #expect(
      message(of: result).contains(
        "expects 256 features and got 300; is the embedding the right size?"))
  }

  @Test("A length beyond the batch stops with its row")
  func wrongLength() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RNN(inputSize: 2, hiddenSize: 4)(
        Tensor(repeating: 0, shape: [2, 6, 2]), lengths: [6, 7])
    }
    #expect(message(of: result).contains("row 1 of a batch with 6 steps got the length 7"))
  }
}

/// A stack of any cell, as the laws see it.
private protocol Reader: Module {
  func sequence(_ x: Tensor, lengths: [Int], form: LayerForm) -> Tensor
  func end(_ x: Tensor, lengths: [Int], form: LayerForm) -> Tensor
}

extension RecurrentStack: Reader {
  fileprivate func sequence(_ x: Tensor, lengths: [Int], form: LayerForm) -> Tensor {
    self(x, lengths: lengths, form: form).sequence
  }

  /// The last state, `[B, …]`.
  fileprivate func end(_ x: Tensor, lengths: [Int], form: LayerForm) -> Tensor {
    stacked(self(x, lengths: lengths, form: form).state.parts, axis: 0).permuted(2, 0, 1, 3)
  }
}
