import Foundation
import RondoCheckpoints
import RondoData
import RondoLayers
import RondoPlots
import RondoTensor
import RondoTraining

extension Run {
  /// Trains a model and saves everything in the run folder: checkpoints, metrics, the best model.
  ///
  /// When the folder holds a saved state, training resumes from it.
  ///
  /// - Parameters:
  ///   - trainer: The trainer.
  ///   - model: The model.
  ///   - batches: The batches of the training data.
  ///   - loss: Returns the loss of a batch.
  ///   - validate: Evaluates the model on held-out data.
  /// - Returns: Why training ended.
  /// - Throws: Any error of training and writing.
  func run(
    _ trainer: Trainer, model: some Module, on batches: Batches,
    loss: (Batch, Int) throws -> BatchLoss, validate: @escaping () throws -> Validation
  ) throws -> EndReason {
    if device != folder.description.device {
      say(
        "the run began on \(folder.description.device) and continues on \(device), "
          + "so it will not end in the bytes of an uninterrupted one")
    }
    if let state = try folder.resume(on: device) {
      try trainer.restore(state, into: model)
      let (epoch, done) = (trainer.progress.epoch, trainer.progress.batchIndex)
      guard done <= batches.epoch(epoch).count else {
        throw CheckpointError.damaged(
          file: state.progressFile, problem: "epoch \(epoch) has fewer than \(done) batches")
      }
    }
    trainer.stepsPerEpoch = batches.count
    var hooks = Trainer.Hooks()
    hooks.validate = validate
    hooks.isStopRequested = isStopRequested
    hooks.save = { trainer, isBest in
      try folder.save(trainer.state(of: model, on: device), isBest: isBest)
    }
    hooks.observe = { event in
      if let line = MetricsLine(event) { try folder.append(line) }
      try observe(event)
    }
    return try trainer.run(on: { batches.epoch($0, from: $1) }, loss: loss, hooks: hooks)
  }

  /// Returns the reports of the run so far.
  ///
  /// - Returns: All reports, in order.
  /// - Throws: `CheckpointError` when they cannot be read or are damaged.
  public func history() throws -> TrainingHistory {
    var history = TrainingHistory()
    for line in try folder.metrics(as: MetricsLine.self) { history.add(line.event) }
    return history
  }

  /// The settings of a recipe and the environment of the run, for the report.
  func facts(of recipe: some Recipe) throws -> [Report.Fact] {
    let form = try RecipeForm.settings(of: recipe)
    let description = folder.description
    return form.map { Report.Fact($0.name, $0.value) } + [
      Report.Fact("threads", "\(description.threadCount)"), Report.Fact("device", "\(device)"),
      Report.Fact("Rondo", description.rondo), Report.Fact("LibTorch", description.libTorch),
    ]
  }

  /// Writes the report of the run.
  func draw(_ report: Report) throws {
    try folder.write(Array(report.html.utf8), to: "report.html")
  }

  /// Reads a corpus and reports unusable lines.
  func read(_ corpus: Corpus) throws -> [TextPair] {
    let contents = try corpus.read()
    if contents.tally.damagedCount > 0 { say("\(contents.tally)") }
    if let finding = contents.tally.misreading.finding,
      let encoding = contents.tally.misreading.encoding
    {
      say("\(contents.tally.source): \(finding); repair it with --misread-as \(encoding.rawValue)")
    }
    return contents.records.map { TextPair(source: $0.fields[0], target: $0.fields[1]) }
  }
}
