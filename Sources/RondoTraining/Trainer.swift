import RondoLayers
import RondoTensor

/// Trains a model on batches, step by step, and reports events.
///
/// The trainer decides the order of things: schedule, loss, backward pass, clipping, optimizer,
/// reports, validation, checkpoints, early stopping. The caller supplies the batches and their
/// loss:
///
/// ```swift
/// let trainer = Trainer(optimizer: AdamW(model.parameters, learningRate: 1e-3))
/// try trainer.run(
///   on: { epoch, start in batches.epoch(epoch, from: start) },
///   loss: { batch, step in model.loss(on: batch, padding: 0, step: step) })
/// ```
///
/// Everything runs on the calling thread, which owns the model; events are plain `Sendable` data.
public final class Trainer {
  /// The optimizer, which holds the parameters.
  public let optimizer: any Optimizer
  /// The learning rate by step, or `nil` to keep the optimizer's.
  public let learningRate: Schedule?
  /// How gradients are clipped, or `nil` for not at all.
  public let clipping: GradientClipping?
  /// When to stop, report, validate and save.
  public let limits: TrainingLimits
  /// The progress of training so far.
  public private(set) var progress: TrainingProgress
  /// The number of steps in an epoch, if known, for estimating the time that is left.
  public var stepsPerEpoch: Int?

  private var savedStep: Int?

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - optimizer: The optimizer, which holds the parameters.
  ///   - learningRate: The learning rate by step, or `nil` to keep the optimizer's.
  ///   - clipping: How gradients are clipped, or `nil` for not at all.
  ///   - limits: When to stop, report, validate and save.
  ///   - progress: The progress to continue from.
  public init(
    optimizer: any Optimizer, learningRate: Schedule? = nil, clipping: GradientClipping? = nil,
    limits: TrainingLimits = TrainingLimits(), from progress: TrainingProgress = TrainingProgress()
  ) {
    self.optimizer = optimizer
    self.learningRate = learningRate
    self.clipping = clipping
    self.limits = limits
    self.progress = progress
  }

  /// Optional callbacks of a training run.
  public struct Hooks {
    /// Evaluates the model on held-out data.
    public var validate: (() throws -> Validation)?
    /// Writes a checkpoint; the flag says whether the model is the best so far.
    public var save: ((Trainer, Bool) throws -> Void)?
    /// Receives every event.
    public var observe: (TrainingEvent) throws -> Void = { _ in }
    /// Called after every step; true stops training.
    public var isStopRequested: () -> Bool = { false }

    /// Creates hooks that do nothing.
    public init() {}
  }

  /// Trains until a limit is reached.
  ///
  /// - Parameters:
  ///   - epoch: Returns the batches of an epoch from a given index on, always in the same order.
  ///   - loss: Returns the loss of a batch, with its gradient history; called in training mode.
  ///   - hooks: Callbacks for validation, checkpoints and events.
  /// - Returns: Why training ended.
  /// - Throws: `DivergenceError` when the loss or its gradients are not finite, before any
  ///   parameter is updated, or when a step has overflowed a parameter, before that is saved; and
  ///   any error of the closures.
  @discardableResult
  public func run<Epoch: Sequence>(
    on epoch: (_ epoch: Int, _ start: Int) throws -> Epoch,
    loss: (_ batch: Epoch.Element, _ step: Int) throws -> BatchLoss,
    hooks: Hooks = Hooks()
  ) throws -> EndReason {
    try hooks.observe(.began(step: progress.step, totalStepCount: totalStepCount))
    training: while !isFinished {
      if isOutOfPatience { return try stopEarly(hooks) }
      let firstStep = progress.step - progress.batchIndex
      for batch in try epoch(progress.epoch, progress.batchIndex) {
        try takeStep(on: batch, loss: loss)
        if progress.step.isMultiple(of: limits.reportInterval) || isFinished {
          try report(to: hooks)
        }
        if isDue(limits.validationInterval) { try validate(hooks) }
        if isOutOfPatience { return try stopEarly(hooks) }
        if hooks.isStopRequested() {
          try save(isBest: false, hooks)
          return try end(.interrupted, hooks)
        }
        if isDue(limits.checkpointInterval) { try save(isBest: false, hooks) }
        if isFinished { break training }
      }
      guard progress.step > firstStep else {
        fatalError("Trainer: epoch \(progress.epoch) has no batches; is the training data empty?")
      }
      progress.epoch += 1
      progress.batchIndex = 0
      if limits.validationInterval == nil { try validate(hooks) }
    }
    try report(to: hooks)
    try validate(hooks)
    try save(isBest: false, hooks)
    return try end(.finished, hooks)
  }

  /// Adopts the progress of a saved state.
  func goOn(from saved: TrainingProgress) {
    progress = saved
    savedStep = saved.step
  }

  // MARK: - Steps

  private func takeStep<Batch>(
    on batch: Batch, loss: (Batch, Int) throws -> BatchLoss
  ) throws {
    let start = ContinuousClock.now
    if let learningRate {
      optimizer.learningRate = learningRate(step: progress.step, epoch: progress.epoch)
    }
    let batchLoss = try withMode(.training) { try loss(batch, progress.step) }
    let outcome = optimizer.step(minimizing: batchLoss.value, clipping: clipping)
    if let quantity = outcome.divergence {
      throw DivergenceError(step: progress.step, quantity: quantity)
    }
    progress.step += 1
    progress.batchIndex += 1
    progress.window.add(batchLoss, outcome, seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func report(to hooks: Hooks) throws {
    let window = progress.window
    guard window.stepCount > 0 else { return }
    progress.window = TrainingProgress.Window()
    let steps = Double(window.stepCount)
    try hooks.observe(
      .progressed(
        StepReport(
          step: progress.step, epoch: progress.epoch, stepsPerEpoch: stepsPerEpoch,
          loss: window.loss / Double(max(1, window.lossTokenCount)),
          learningRate: optimizer.learningRate,
          gradientNorm: window.gradientNorm / steps,
          clippedShare: clipping.map { _ in Double(window.clippedCount) / steps },
          forcedShare: window.forcedTokenCount == 0
            ? nil : Double(window.forcedCount) / Double(window.forcedTokenCount),
          paddingShare: 1 - Double(window.tokenCount) / Double(max(1, window.slotCount)),
          tokensPerSecond: Double(window.tokenCount) / max(window.seconds, 1e-9),
          secondsLeft: totalStepCount.map {
            Double($0 - progress.step) * window.seconds / steps
          })))
  }

  // MARK: - Ends

  /// The number of steps at the end; an estimate where epochs differ in length, as they do when
  /// batches are cut by tokens.
  private var totalStepCount: Int? {
    var byEpochs: Int?
    if let epochs = limits.epochCount, let steps = stepsPerEpoch {
      let (rest, isTooLarge) = (epochs - progress.epoch).multipliedReportingOverflow(by: steps)
      let done = progress.step - progress.batchIndex
      if !isTooLarge, rest < Int.max - done { byEpochs = max(progress.step, done + rest) }
    }
    guard let byEpochs, let bySteps = limits.stepCount else { return byEpochs ?? limits.stepCount }
    return min(byEpochs, bySteps)
  }

  private var isFinished: Bool {
    if let count = limits.stepCount, progress.step >= count { return true }
    if let count = limits.epochCount, progress.epoch >= count { return true }
    return false
  }

  private var isOutOfPatience: Bool {
    limits.patience.map { progress.validationsSinceBest >= $0 } ?? false
  }

  private func isDue(_ interval: Int?) -> Bool {
    interval.map { progress.step.isMultiple(of: $0) } ?? false
  }

  /// Validates and saves the model, unless this step has already been validated.
  private func validate(_ hooks: Hooks) throws {
    guard let validate = hooks.validate, progress.validatedStep != progress.step else { return }
    try checkParameters()
    progress.validatedStep = progress.step
    let start = ContinuousClock.now
    let validation = try withoutGradients { try validate() }
    let score = validation.isHigherBetter ? validation.score : -validation.score
    // Of equal scores the latest is best, but only a strictly better one resets patience. A score
    // that is not finite is neither.
    let isBest = score.isFinite && progress.bestScore.map { score >= $0 } ?? true
    let isBetter = score.isFinite && progress.bestScore.map { score > $0 } ?? true
    progress.validationsSinceBest = isBetter ? 0 : progress.validationsSinceBest + 1
    if isBest { (progress.bestScore, progress.bestStep) = (score, progress.step) }
    try hooks.observe(
      .validated(
        ValidationReport(
          step: progress.step, figures: validation.figures.filter(\.value.isFinite),
          isBest: isBest,
          seconds: (ContinuousClock.now - start) / .seconds(1))))
    try save(isBest: isBest, hooks)
  }

  private func save(isBest: Bool, _ hooks: Hooks) throws {
    guard let save = hooks.save, isBest || savedStep != progress.step else { return }
    try checkParameters()
    savedStep = progress.step
    try save(self, isBest)
    try hooks.observe(.saved(step: progress.step, isBest: isBest))
  }

  /// Prevents parameters that overflowed in a step, though its loss and gradients were finite, from
  /// being validated or saved.
  private func checkParameters() throws(DivergenceError) {
    for named in optimizer.parameters {
      let isWhole = withoutGradients { named.parameter.value.isFinite().not().sum().item == 0 }
      guard isWhole else {
        throw DivergenceError(step: max(0, progress.step - 1), quantity: .parameter(named.path))
      }
    }
  }

  private func stopEarly(_ hooks: Hooks) throws -> EndReason {
    try report(to: hooks)
    return try end(.stoppedEarly, hooks)
  }

  private func end(_ reason: EndReason, _ hooks: Hooks) throws -> EndReason {
    try hooks.observe(.ended(step: progress.step, reason: reason))
    return reason
  }
}
