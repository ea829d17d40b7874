import RondoCheckpoints
import RondoTensor
import RondoTraining

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A running comparison: one folder with a run folder for each combination and seed.
///
/// Runs are trained one after another. An interrupted comparison resumes where it stopped; finished
/// runs are not trained again.
public struct Comparison {
  /// What is compared.
  public let plan: ComparisonPlan
  /// The folder of all runs.
  public let path: String
  /// The device of the models.
  public let device: Device
  /// The number of threads, or `nil` to choose it by the sizes of the model.
  public let threads: Int?
  /// Called after every step; true stops training.
  public var isStopRequested: () -> Bool = { false }
  /// Receives every training event.
  public var observe: (TrainingEvent) throws -> Void = { _ in }
  /// Receives messages for the user.
  public var say: (String) -> Void = { _ in }

  private static let planName = "comparison.json"

  /// Starts a comparison, or opens an existing one to resume it.
  ///
  /// - Parameters:
  ///   - plan: What is compared.
  ///   - path: The folder; one that exists must hold the same comparison. `nil` makes the next
  ///     folder `runs/compare-<recipe>-<n>`.
  ///   - device: The device of the models.
  ///   - threads: The number of threads, or `nil` to choose it by the sizes of the model.
  /// - Throws: `RecipeError` when the folder holds something else or a setting does not fit,
  ///   `CheckpointError` when it cannot be written.
  public init(
    _ plan: ComparisonPlan, at path: String?, on device: Device = .cpu, threads: Int? = nil
  ) throws {
    // A setting that does not fit is found before hours are spent on the others.
    let type = try recipeType(named: plan.recipe)
    for variant in plan.variants { _ = try plan.recipe(type, variant, seed: plan.seeds[0]) }
    self.plan = plan
    self.path = try path ?? Self.nextFolder(for: plan.recipe)
    self.device = device
    self.threads = threads
    try claim()
  }

  /// Trains and evaluates every combination.
  ///
  /// - Returns: The findings, or `nil` when a stop was requested; everything is saved.
  /// - Throws: Any error of training, evaluating and writing.
  public func run() throws -> ComparisonFindings? {
    let type = try recipeType(named: plan.recipe)
    var trials: [ComparisonFindings.Trial] = []
    let all = plan.variants.flatMap { variant in plan.seeds.map { (variant, $0) } }
    for (index, (variant, seed)) in all.enumerated() {
      say("run \(index + 1) of \(all.count): \(variant.title(seed: seed))")
      do {
        guard let trial = try trial(of: type, variant, seed: seed) else { return nil }
        trials.append(trial)
      } catch {
        removeIfUnused()
        throw error
      }
    }
    return ComparisonFindings(plan: plan, trials: trials)
  }

  // MARK: - Parts

  /// Trains one run to its end and evaluates it; `nil` when it was interrupted.
  private func trial<R: Recipe>(
    of type: R.Type, _ variant: Variant, seed: UInt64
  ) throws -> ComparisonFindings.Trial? {
    let recipe = try plan.recipe(type, variant, seed: seed)
    let folderPath = "\(path)/\(plan.folderName(of: variant, seed: seed))"
    let isBegun = FileManager.default.fileExists(atPath: folderPath)
    let folder =
      isBegun
      ? try RunFolder(resumingAt: folderPath)
      : try RunFolder.create(recipe, on: device, threads: threads, at: folderPath)
    var run = Run(folder: folder, device: device)
    (run.isStopRequested, run.observe, run.say) = (isStopRequested, observe, say)
    var record = try TrialRecord(in: folder)
    if record.outcome == nil {
      if isBegun { try folder.checkData() }
      Threads.count = folder.description.threadCount
      let start = processorSeconds()
      do {
        let reason = try recipe.train(in: run)
        record.seconds += processorSeconds() - start
        if reason != .interrupted {
          record.outcome = .judged(
            evaluation: try recipe.evaluate(run, options: PredictionOptions()))
        }
      } catch let error as DivergenceError {
        record.seconds += processorSeconds() - start
        record.outcome = .diverged(reason: "\(error)")
        say("\(error)")
      } catch {
        if !isBegun { folder.removeIfUnused() }
        throw error
      }
      try record.write(to: folder)
    }
    guard let outcome = record.outcome else { return nil }
    return ComparisonFindings.Trial(
      variant: variant, seed: seed, seconds: record.seconds, outcome: outcome,
      history: try run.history())
  }

  private static func nextFolder(for recipe: String) throws -> String {
    let prefix = "compare-\(recipe)-"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "runs")) ?? []
    let taken = names.compactMap { name in
      name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
    }
    return "runs/\(prefix)\((taken.max() ?? 0) + 1)"
  }

  /// Makes the folder with its plan, or finds the same plan in it.
  private func claim() throws {
    let file = "\(path)/\(Self.planName)"
    if let bytes = FileManager.default.contents(atPath: file) {
      guard let found = try? JSONDecoder().decode(ComparisonPlan.self, from: bytes) else {
        throw CheckpointError.damaged(file: file, problem: "it is no plan of a comparison")
      }
      guard found == plan else {
        throw RecipeError.wrongRun("\(path) holds another comparison; choose another --folder")
      }
      return
    }
    if FileManager.default.fileExists(atPath: path) {
      throw RecipeError.wrongRun("\(path) exists and is no comparison; choose another --folder")
    }
    try write(jsonText(of: plan), to: Self.planName)
  }

  /// Removes the folder again when it holds the plan alone, and so leaves its name free.
  private func removeIfUnused() {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    if names == [Self.planName] { try? FileManager.default.removeItem(atPath: path) }
  }

  /// Writes a file of the comparison atomically.
  ///
  /// - Parameters:
  ///   - text: The new content of the file.
  ///   - name: The name of the file, such as `report.html`.
  /// - Throws: `CheckpointError` when the file cannot be written.
  public func write(_ text: String, to name: String) throws(CheckpointError) {
    try writeFile(Array(text.utf8), to: "\(path)/\(name)")
  }
}

/// The record of a run that outlives an interruption.
private struct TrialRecord: Codable {
  /// The processor seconds of training so far.
  var seconds = 0.0
  /// How training ended, once it has.
  var outcome: ComparisonFindings.Outcome?

  private static let fileName = "trial.json"

  init(in folder: RunFolder) throws {
    guard FileManager.default.fileExists(atPath: folder.path(of: Self.fileName)) else { return }
    let bytes = try folder.read(Self.fileName)
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    } catch {
      throw CheckpointError.damaged(
        file: folder.path(of: Self.fileName), problem: "it is no record of a trial")
    }
  }

  func write(to folder: RunFolder) throws {
    try folder.write(Array(jsonText(of: self).utf8), to: Self.fileName)
  }
}
