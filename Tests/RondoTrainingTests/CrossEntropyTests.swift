import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@testable import RondoTraining

@Suite(.tags(.golden)) struct CrossEntropyTests {
  @Test("Padding and smoothing in the loss are PyTorch's", arguments: [0, 0.1])
  func crossEntropyLoss(smoothing: Double) throws {
    let golden = try Golden("cross-entropy")
    let logits = try golden.tensor("logits").recordingGradient()
    let loss = crossEntropy(
      logits, try golden.tensor("targets"), ignoring: 0, smoothing: smoothing)
    loss.backward()
    let name = smoothing == 0 ? "0" : "0.1"
    try golden.expect(loss, equals: "loss-\(name)", within: 1e-6)
    try golden.expect(try #require(logits.gradient), equals: "gradient-\(name)", within: 1e-7)
  }

  @Test("Padding adds nothing to the loss") func paddingInLoss() throws {
    let golden = try Golden("cross-entropy")
    let (logits, targets) = (try golden.tensor("logits"), try golden.tensor("targets"))
    let wider = concatenated([targets, Tensor(ids: [0, 0, 0], shape: [3, 1])], axis: 1)
    let more = concatenated([logits, Tensor(repeating: 9, shape: [3, 1, 6])], axis: 1)
    let difference =
      crossEntropy(more, wider, ignoring: 0, smoothing: 0.1).item
      - crossEntropy(logits, targets, ignoring: 0, smoothing: 0.1).item
    #expect(abs(difference) < 1e-7)
  }

  @Test("A loss without kept scores is PyTorch's", arguments: [0, 0.1])
  func fusedLoss(smoothing: Double) throws {
    let golden = try Golden("cross-entropy")
    let x = try golden.tensor("logits").recordingGradient()  // [3, T, 6]
    let output = Linear(from: 6, to: 6, hasBias: false)
    let unit = (0..<36).map { $0 % 7 == 0 ? Float(1) : 0 }
    output.weight.assign(Tensor(unit, shape: [6, 6]))
    let loss = crossEntropy(
      of: output, on: x, try golden.tensor("targets"), ignoring: 0, smoothing: smoothing)
    loss.backward()
    let name = smoothing == 0 ? "0" : "0.1"
    try golden.expect(loss, equals: "loss-\(name)", within: 1e-6)
    try golden.expect(try #require(x.gradient), equals: "gradient-\(name)", within: 1e-6)
  }

  @Test("Scores kept or not, the loss and its gradients are the same", arguments: [true, false])
  func fusedEqualsPlain(hasBias: Bool) throws {
    seedRandomness(5)
    let output = Linear(from: 24, to: 70, hasBias: hasBias)
    let data = Tensor(normalWithMean: 0, deviation: 1, shape: [4, 9, 24])
    let targets = Tensor(ids: (0..<36).map { $0 * 11 % 70 }, shape: [4, 9])
    func gradients(_ loss: (Tensor) -> Tensor) throws -> [Tensor] {
      let x = data.recordingGradient()
      for named in output.parameters { named.parameter.clearGradient() }
      let value = loss(x)
      value.backward()
      return [value.detached(), try #require(x.gradient)]
        + (try output.parameters.map { try #require($0.parameter.gradient) })
    }
    let plain = try gradients { crossEntropy(output($0), targets, ignoring: 0, smoothing: 0.1) }
    let fused = try gradients {
      crossEntropy(of: output, on: $0, targets, ignoring: 0, smoothing: 0.1)
    }
    #expect(fused.count == (hasBias ? 4 : 3))
    for (index, pair) in zip(fused, plain).enumerated() {
      expectEqual(pair.0, pair.1, within: 2e-6, "result \(index)")
    }
  }
}
