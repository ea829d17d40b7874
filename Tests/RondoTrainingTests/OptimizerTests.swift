import RondoCheckpoints
import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@testable import RondoTraining

@Suite(.tags(.golden)) struct OptimizerTests {
  private struct Place: Module {
    let weight: Parameter
  }

  /// Where each of five steps ends, `[5, 3, 4]`.
  private func path(of make: ([NamedParameter]) -> any Optimizer) throws -> Tensor {
    let golden = try Golden("optimizers")
    let place = Place(weight: Parameter(try golden.tensor("start")))
    let optimizer = make(place.parameters)
    let path = try golden.tensor("gradients").split(into: 5, axis: 0).map { gradient in
      optimizer.step(minimizing: (place.weight.value * gradient.squeezed(axis: 0)).sum())
      return place.weight.value.detached().copied()
    }
    #expect(optimizer.stepCount == 5)
    return stacked(path, axis: 0)
  }

  @Test("Each of five steps ends where PyTorch's ends") func parity() throws {
    let golden = try Golden("optimizers")
    try golden.expect(try path { SGD($0, learningRate: 0.1) }, equals: "sgd")
    try golden.expect(
      try path { SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.01) },
      equals: "sgd-momentum")
    try golden.expect(
      try path { Adam($0, learningRate: 0.01, betas: (0.8, 0.95), weightDecay: 0.02) },
      equals: "adam")
    try golden.expect(
      try path { AdamW($0, learningRate: 0.01, betas: (0.8, 0.95), weightDecay: 0.1) },
      equals: "adamw")
  }

  @Test("A parameter that gets its first gradient late moves as PyTorch's does") func late() throws
  {
    struct Pair: Module {
      let early: Parameter
      let late: Parameter
    }
    let golden = try Golden("optimizers")
    let start = try golden.tensor("start")
    func path(of make: ([NamedParameter]) -> any Optimizer) throws -> Tensor {
      let pair = Pair(early: Parameter(start.copied()), late: Parameter(start.copied()))
      let optimizer = make(pair.parameters)
      let path = try golden.tensor("gradients").split(into: 5, axis: 0).enumerated()
        .map { step, gradient in
          let gradient = gradient.squeezed(axis: 0)
          let early = (pair.early.value * gradient).sum()
          let both = early + (pair.late.value * gradient).sum()
          optimizer.step(minimizing: step < 2 ? early : both)
          return pair.late.value.detached().copied()
        }
      return stacked(path, axis: 0)
    }
    try golden.expect(
      try path { Adam($0, learningRate: 0.01, betas: (0.8, 0.95), weightDecay: 0.02) },
      equals: "adam-late")
    try golden.expect(
      try path { AdamW($0, learningRate: 0.01, betas: (0.8, 0.95), weightDecay: 0.1) },
      equals: "adamw-late")
  }

  @Test("Ten steps of a language model lose what PyTorch's lose") func lossCurve() throws {
    struct LanguageModel: Module {
      let embedding = Embedding(vocabularySize: 11, size: 8)
      let lstm = LSTM(inputSize: 8, hiddenSize: 12)
      let head = Linear(from: 12, to: 11)
    }
    let golden = try Golden("loss-curve")
    let model = LanguageModel()
    try golden.load(into: model)
    let optimizer = AdamW(model.parameters, learningRate: 1e-2, weightDecay: 0.1)
    let ids = try golden.tensor("ids")
    let losses = (0..<10).map { _ in
      let states = model.lstm(model.embedding(ids[0..., ..<8])).sequence
      let loss = crossEntropy(model.head(states), ids[0..., 1...], ignoring: 0)
      return Float(optimizer.step(minimizing: loss, clipping: .norm(0.25)).loss)
    }
    try golden.expect(Tensor(losses, shape: [10]), equals: "losses", within: 1e-4)
  }

  @Test("An optimizer that got its memory back goes on as if nothing had happened")
  func resuming() throws {
    func run(interrupted: Bool) throws -> [Float] {
      let place = Place(weight: Parameter(Tensor([1, -2, 3] as [Float], shape: [3])))
      var optimizer = AdamW(place.parameters, learningRate: 0.1)
      for step in 0..<6 {
        if interrupted, step == 3 {
          let memory = Checkpoint(optimizer.memory.mapValues { $0.copied() })
          optimizer = AdamW(place.parameters, learningRate: 0.1)
          try optimizer.restore(memory, stepCount: 3)
        }
        optimizer.step(minimizing: place.weight.value.power(4).sum())
      }
      return place.weight.value.scalars
    }
    #expect(try run(interrupted: true) == run(interrupted: false))
  }

  @Test("Memory that does not fit is named, and changes nothing") func wrongMemory() {
    let place = Place(weight: Parameter(repeating: 0, shape: [2]))
    let optimizer = Adam(place.parameters, learningRate: 0.1)
    func error(size: Int) -> CheckpointError? {
      let saved = Checkpoint(["first.weight": Tensor(repeating: 1, shape: [size])])
      return #expect(throws: CheckpointError.self) { try optimizer.restore(saved, stepCount: 1) }
    }
    let source = "the checkpoint"
    #expect(
      error(size: 3) == .wrongShape("first.weight", expected: [2], found: [3], source: source))
    #expect(error(size: 2) == .missingTensor("second.weight", nearest: nil, source: source))
    #expect(optimizer.memory.values.allSatisfy { $0.scalars.allSatisfy { $0 == 0 } })
    #expect(optimizer.stepCount == 0)
  }

  @Test("A loss that is not a number moves nothing") func notANumber() {
    let place = Place(weight: Parameter(repeating: 1, shape: [1]))
    let optimizer = SGD(place.parameters, learningRate: 1)
    let step = optimizer.step(minimizing: (place.weight.value * .nan).sum())
    #expect(step.loss.isNaN && place.weight.value.item == 1 && optimizer.stepCount == 0)
  }

  @Test(
    "Gradients that are not finite move nothing, though the loss is finite, clipped or not",
    arguments: [nil, GradientClipping.norm(1), .value(1)])
  func poisonedGradients(clipping: GradientClipping?) {
    let place = Place(weight: Parameter(repeating: 0, shape: [2]))
    let optimizer = AdamW(place.parameters, learningRate: 1)
    // The slope of a square root at zero has no end.
    let step = optimizer.step(
      minimizing: place.weight.value.squareRoot().sum(), clipping: clipping)
    #expect(step.loss == 0 && step.divergence == .gradientNorm(.infinity))
    #expect(place.weight.value.scalars == [0, 0] && optimizer.stepCount == 0)
    #expect(optimizer.memory.values.allSatisfy { $0.scalars.allSatisfy { $0 == 0 } })
  }

  @Test("A parameter that the loss does not reach stays") func unreached() {
    struct Pair: Module {
      let used = Parameter(repeating: 1, shape: [1])
      let unused = Parameter(repeating: 1, shape: [1])
    }
    let pair = Pair()
    let optimizer = AdamW(pair.parameters, learningRate: 0.1, weightDecay: 0.5)
    optimizer.step(minimizing: pair.used.value.sum())
    #expect(pair.unused.value.item == 1 && pair.used.value.item < 1)
  }
}
