import RondoLayers
import RondoTensor
import Testing

@testable import RondoCheckpoints
@testable import RondoTraining

@Suite struct TrainerTests {
  private struct Place: Module {
    let weight = Parameter(Tensor([4] as [Float], shape: [1]))
  }

  /// A run that learns to reach zero; each epoch has three batches.
  private final class Run {
    let place = Place()
    var events: [String] = []
    var seen: [Int] = []
    var scores: [Double] = []
    var poisonedStep: Int?
    var poison = Poison.loss
    var stopAfter: Int?
    var clipping: GradientClipping? = .norm(1)

    /// What becomes infinite or no number at the poisoned step.
    enum Poison { case loss, gradients }

    func trainer(_ limits: TrainingLimits, from progress: TrainingProgress = TrainingProgress())
      -> Trainer
    {
      Trainer(
        optimizer: SGD(place.parameters, learningRate: 0.1), clipping: clipping, limits: limits,
        from: progress)
    }

    @discardableResult func run(
      _ trainer: Trainer, saving: @escaping (Trainer) -> Void = { _ in }
    ) throws -> EndReason {
      var hooks = Trainer.Hooks()
      if !scores.isEmpty {
        hooks.validate = { [self] in
          Validation(["score": scores.removeFirst()], judgedBy: "score", isHigherBetter: true)
        }
      }
      hooks.save = { [self] trainer, isBest in
        events.append("save \(trainer.progress.step)\(isBest ? " best" : "")")
        saving(trainer)
      }
      hooks.isStopRequested = { [self] in seen.count == stopAfter }
      hooks.observe = { [self] event in
        switch event {
        case .progressed(let report): events.append("report \(report.step)")
        case .validated(let report): events.append("validate \(report.step)")
        case .ended(_, let reason): events.append(reason.rawValue)
        case .began, .saved: break
        }
      }
      return try trainer.run(
        on: { epoch, start in Array((3 * epoch..<3 * epoch + 3).dropFirst(start)) },
        loss: { [self] batch, step in
          seen.append(batch)
          var loss = place.weight.value.squared().sum()
          if step == poisonedStep {
            // A square root is flat nowhere: at zero its slope is infinite.
            loss =
              poison == .loss ? loss * .nan : loss + (place.weight.value * 0).squareRoot().sum()
          }
          return BatchLoss(loss, targetTokenCount: 1)
        }, hooks: hooks)
    }
  }

  @Test("Epochs run in order, and end with a report and a checkpoint") func epochs() throws {
    let run = Run()
    #expect(try run.run(run.trainer(TrainingLimits(epochCount: 2, reportInterval: 4))) == .finished)
    #expect(run.seen == Array(0..<6))
    #expect(run.events == ["report 4", "report 6", "save 6", "finished"])
  }

  @Test("A limit of steps ends inside an epoch") func steps() throws {
    let run = Run()
    let limits = TrainingLimits(stepCount: 4, reportInterval: 2, checkpointInterval: 3)
    try run.run(run.trainer(limits))
    #expect(run.seen == Array(0..<4))
    #expect(run.events == ["report 2", "save 3", "report 4", "save 4", "finished"])
  }

  @Test("The best checkpoint is marked, and patience ends training") func patience() throws {
    let run = Run()
    run.scores = [1, 5, 3, 4, 9]
    let limits = TrainingLimits(epochCount: 9, reportInterval: 100, patience: 2)
    #expect(try run.run(run.trainer(limits)) == .stoppedEarly)
    let expected = [
      "validate 3", "save 3 best", "validate 6", "save 6 best", "validate 9", "save 9",
      "validate 12", "save 12", "report 12", "stoppedEarly",
    ]
    #expect(run.events == expected)
  }

  @Test("Of equals the last is best, but patience waits for a better one") func ties() throws {
    let run = Run()
    run.scores = [5, 5, 4, 5]
    let limits = TrainingLimits(epochCount: 9, reportInterval: 100, patience: 3)
    #expect(try run.run(run.trainer(limits)) == .stoppedEarly)
    let saves = run.events.filter { $0.hasPrefix("save") }
    #expect(saves == ["save 3 best", "save 6 best", "save 9", "save 12 best"])
  }

  @Test("A score that is no number is never best", arguments: [Double.nan, .infinity])
  func poisonedScores(first: Double) throws {
    let run = Run()
    run.scores = [first, 5, -first, 4]
    let limits = TrainingLimits(epochCount: 9, reportInterval: 100, patience: 2)
    #expect(try run.run(run.trainer(limits)) == .stoppedEarly)
    let saves = run.events.filter { $0.hasPrefix("save") }
    #expect(saves == ["save 3", "save 6 best", "save 9", "save 12"])
  }

  @Test("A state that was gathered stays what it was while training goes on")
  func gathered() throws {
    let place = Place()
    let trainer = Trainer(optimizer: Adam(place.parameters, learningRate: 0.1))
    func step() { trainer.optimizer.step(minimizing: place.weight.value.squared().sum()) }
    step()
    let state = try trainer.state(of: place, on: .cpu)
    let moments = state.optimizer.tensors.mapValues(\.scalars)
    step()
    #expect(state.optimizer.tensors.mapValues(\.scalars) == moments)
    #expect(trainer.optimizer.memory.mapValues(\.scalars) != moments)
  }

  /// What makes a state unfit.
  enum Misfit: CaseIterable { case shape, memory, model, randomness }

  @Test("A state that does not fit changes neither model nor trainer", arguments: Misfit.allCases)
  func unfit(misfit: Misfit) throws {
    let place = Place()
    let trainer = Trainer(optimizer: Adam(place.parameters, learningRate: 0.1))
    trainer.optimizer.step(minimizing: place.weight.value.sum())
    let state = try trainer.state(of: place, on: .cpu)
    trainer.optimizer.step(minimizing: place.weight.value.sum())
    func values() -> [String: [Float]] {
      trainer.optimizer.memory.merging(["weight": place.weight.value]) { $1 }
        .mapValues(\.scalars)
    }
    let before = values()

    var (model, optimizer, randomness) = (state.model, state.optimizer, state.randomness)
    switch misfit {
    case .shape: optimizer.tensors["second.weight"] = Tensor(repeating: 1, shape: [3])
    case .memory: optimizer.tensors["second.weight"] = nil
    case .model: model.tensors = [:]
    case .randomness: randomness["cpu"] = RandomState(bytes: [1])
    }
    let unfit = TrainingState(
      step: state.step, model: model, optimizer: optimizer, randomness: randomness,
      progress: state.progress, folder: nil)
    let error = #expect(throws: CheckpointError.self) { try trainer.restore(unfit, into: place) }
    #expect(error?.description.contains("should have shape [1]") == (misfit == .shape))
    #expect(values() == before && trainer.optimizer.stepCount == 2)

    try trainer.restore(state, into: place)
    #expect(values() != before && trainer.optimizer.stepCount == 1)
  }

  @Test("Without patience left, a run that goes on takes no step more") func noPatience() throws {
    let run = Run()
    run.scores = [5, 4]
    let limits = TrainingLimits(epochCount: 9, reportInterval: 100, patience: 1)
    var saved = TrainingProgress()
    let trainer = run.trainer(limits)
    #expect(try run.run(trainer) { saved = $0.progress } == .stoppedEarly)
    let resumed = Run()
    #expect(try resumed.run(resumed.trainer(limits, from: saved)) == .stoppedEarly)
    #expect(resumed.seen.isEmpty && resumed.events == ["report 6", "stoppedEarly"])
  }

  @Test("Training goes on where it stopped, in the middle of an epoch") func resuming() throws {
    let whole = Run()
    try whole.run(whole.trainer(TrainingLimits(epochCount: 3)))

    let first = Run()
    first.stopAfter = 4
    let trainer = first.trainer(TrainingLimits(epochCount: 3))
    #expect(try first.run(trainer) == .interrupted)
    #expect(first.events.suffix(2) == ["save 4", "interrupted"])

    let second = Run()
    second.place.weight.assign(first.place.weight.value)
    try second.run(second.trainer(TrainingLimits(epochCount: 3), from: trainer.progress))
    #expect(first.seen + second.seen == whole.seen)
    #expect(second.place.weight.value.scalars == whole.place.weight.value.scalars)
  }

  @Test("A loss that is not a number stops with the step named") func divergence() {
    let run = Run()
    run.poisonedStep = 4
    #expect {
      try run.run(run.trainer(TrainingLimits(epochCount: 9, checkpointInterval: 2)))
    } throws: {
      ($0 as? DivergenceError)?.step == 4 && "\($0)".contains("step 4 is nan")
    }
    #expect(run.events.last == "save 4", "the checkpoint before stands")
  }

  @Test(
    "Gradients that are not finite stop training before they touch the model",
    arguments: [nil, GradientClipping.norm(1), .value(1)])
  func poisonedGradients(clipping: GradientClipping?) throws {
    let run = Run()
    (run.poisonedStep, run.poison, run.clipping) = (4, .gradients, clipping)
    let error = #expect(throws: DivergenceError.self) {
      try run.run(run.trainer(TrainingLimits(epochCount: 9, checkpointInterval: 1)))
    }
    #expect(
      error?.description
        == "training diverged: the norm of the gradients at step 4 is nan; what was saved "
        + "before is kept, try a lower learning rate or stronger clipping")
    #expect(run.events.last == "save 4" && run.place.weight.value.item.isFinite)
  }

  @Test("A parameter that a step overflowed is neither judged nor saved", arguments: 1...3)
  func overflow(way: Int) throws {
    let run = Run()
    run.scores = way == 1 ? [1] : []
    run.stopAfter = way == 2 ? 1 : nil
    let trainer = Trainer(
      optimizer: Adam(run.place.parameters, learningRate: 1e39),
      limits: TrainingLimits(
        stepCount: 9, validationInterval: 1, checkpointInterval: way == 3 ? 1 : nil))
    let error = #expect(throws: DivergenceError.self) { try run.run(trainer) }
    #expect(error == DivergenceError(step: 0, quantity: .parameter("weight")))
    #expect(error?.description.contains("step 0 left 'weight' without a finite value") == true)
    #expect(run.events.isEmpty && run.scores.count == (way == 1 ? 1 : 0))
  }

  @Test("Reports hold means over their steps") func reports() throws {
    let run = Run()
    var reports: [StepReport] = []
    var hooks = Trainer.Hooks()
    hooks.observe = { if case .progressed(let report) = $0 { reports.append(report) } }
    let trainer = run.trainer(TrainingLimits(stepCount: 2, reportInterval: 2))
    try trainer.run(
      on: { _, _ in [1, 3] },
      loss: { batch, _ in
        BatchLoss(
          run.place.weight.value.sum() * 0 + Double(batch), targetTokenCount: batch,
          tokenCount: 2 * batch, slotCount: 4 * batch, forcedCount: 1)
      }, hooks: hooks)
    let report = try #require(reports.first)
    #expect(report.loss == 2.5, "weighted by tokens")
    #expect(report.paddingShare == 0.5 && report.forcedShare == 0.5 && report.clippedShare == 0)
    #expect(report.gradientNorm == 0)
  }

  @Test(
    "The share of clipped steps is reported, and nothing where nothing is clipped",
    arguments: [(.norm(1), 0.5), (.value(1), 0.5), (.norm(9), 0), (nil, nil)]
      as [(GradientClipping?, Double?)])
  func clippedShare(clipping: GradientClipping?, share: Double?) throws {
    let run = Run()
    run.clipping = clipping
    var reports: [StepReport] = []
    var hooks = Trainer.Hooks()
    hooks.observe = { if case .progressed(let report) = $0 { reports.append(report) } }
    // The gradient of each step is its slope.
    try run.trainer(TrainingLimits(stepCount: 2, reportInterval: 2)).run(
      on: { _, _ in [0.5, 3] },
      loss: { slope, _ in BatchLoss(run.place.weight.value.sum() * slope, targetTokenCount: 1) },
      hooks: hooks)
    #expect(reports.map(\.clippedShare) == [share])
    #expect(reports.map(\.gradientNorm) == [1.75])
  }

  @Test("The time that is left is that of the steps before, for each step up to the nearer end")
  func secondsLeft() throws {
    func reports(_ limits: TrainingLimits, stepsPerEpoch: Int?) throws -> [StepReport] {
      let run = Run()
      var reports: [StepReport] = []
      var hooks = Trainer.Hooks()
      hooks.observe = { if case .progressed(let report) = $0 { reports.append(report) } }
      let trainer = run.trainer(limits)
      trainer.stepsPerEpoch = stepsPerEpoch
      try trainer.run(
        on: { _, _ in 0..<3 },
        loss: { _, _ in BatchLoss(run.place.weight.value.sum(), targetTokenCount: 1) },
        hooks: hooks)
      return reports
    }
    for (limits, stepsPerEpoch) in [
      (TrainingLimits(stepCount: 8, reportInterval: 2), nil),
      (TrainingLimits(epochCount: 3, stepCount: 8, reportInterval: 2), 3),
      (TrainingLimits(epochCount: 3, stepCount: 20, reportInterval: 2), 3),
    ] {
      let end = stepsPerEpoch == nil || limits.stepCount == 8 ? 8 : 9
      let found = try reports(limits, stepsPerEpoch: stepsPerEpoch)
      #expect(found.map(\.step) == [2, 4, 6, 8] + (end == 9 ? [9] : []))
      for report in found {
        // A step has one token.
        let expected = Double(end - report.step) / report.tokensPerSecond
        #expect(abs((report.secondsLeft ?? .nan) - expected) <= 1e-9 * expected)
      }
    }
    // Epochs of three steps, of which two were expected.
    let longer = try reports(TrainingLimits(epochCount: 3, reportInterval: 2), stepsPerEpoch: 2)
    let stepsLeft = longer.map { (($0.secondsLeft ?? .nan) * $0.tokensPerSecond).rounded() }
    #expect(stepsLeft == [4, 3, 1, 0, 0])
    let open = try reports(TrainingLimits(epochCount: 1, reportInterval: 2), stepsPerEpoch: nil)
    #expect(open.map(\.secondsLeft) == [nil, nil])
  }

  @Test("The step size may change by epoch") func ratePerEpoch() throws {
    let run = Run()
    let trainer = Trainer(
      optimizer: SGD(run.place.parameters, learningRate: 9),
      learningRate: Schedule.linear(from: 1, to: 0, over: 2).perEpoch,
      limits: TrainingLimits(epochCount: 3))
    var rates: [Double] = []
    try trainer.run(
      on: { _, start in Array(0..<2).dropFirst(start) },
      loss: { _, _ in
        rates.append(trainer.optimizer.learningRate)
        return BatchLoss(run.place.weight.value.sum(), targetTokenCount: 1)
      })
    #expect(rates == [1, 1, 0.5, 0.5, 0, 0])
  }

  @Test("Small products take one thread, large ones all") func threads() {
    #expect(ThreadPlan.threadCount(rows: 8, inputSize: 16, outputSize: 64, available: 2) == 1)
    #expect(ThreadPlan.threadCount(rows: 64, inputSize: 512, outputSize: 1024, available: 2) == 2)
  }
}
