import ArgumentParser
import Foundation
import RondoCheckpoints
import RondoRecipes
import RondoTensor

/// `rondo train`: a recipe, from data to a model.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a recipe; 'rondo recipes' lists them.",
    discussion: """
      Everything goes to a run folder: runs/<recipe>-<n>, or --run. Ctrl-C finishes the step, saves \
      and ends with 130; 'rondo resume' goes on.
      """)

  @Argument(help: "The recipe, such as translation.") var recipe: String
  @Option(
    parsing: .upToNextOption, help: "Training files: one .tsv or .jsonl, or two parallel texts.")
  var train: [String] = []
  @Option(parsing: .upToNextOption, help: "Validation files, like the training files.")
  var validation: [String] = []
  @Option(help: "Column or field of the source: a number from 1, or a name.")
  var sourceField: String?
  @Option(help: "Column or field of the target: a number from 1, or a name.")
  var targetField: String?
  @Option(name: .customLong("set"), help: "Change a setting, such as hiddenSize=512. Repeatable.")
  var settings: [String] = []
  @Option(name: .customLong("run"), help: "The folder of the run, which must not exist.")
  var path: String?
  @Option(help: "Threads of an operation; computed from the sizes when left out.")
  var threads: Int?
  @OptionGroup var place: DeviceOptions

  func validate() throws {
    if let threads, !(1...4096).contains(threads) {
      throw ValidationError("--threads is from 1 to 4096 and got \(threads)")
    }
  }

  func run() throws {
    try start(try recipeType(named: recipe))
  }

  private func start<R: Recipe>(_ type: R.Type) throws {
    var recipe = try RecipeForm.setting(settings, in: R())
    if !train.isEmpty { recipe.data.train = train.map(absolute) }
    if !validation.isEmpty { recipe.data.validation = validation.map(absolute) }
    recipe.data.sourceField = sourceField ?? recipe.data.sourceField
    recipe.data.targetField = targetField ?? recipe.data.targetField
    let device = try place.checkedDevice()
    let folder = try RunFolder.create(recipe, threads: threads, at: path)
    let (run, _) = try Run.open(folder, on: device, isTraining: true)
    Terminal.say("run folder: \(folder.path)")
    try RondoCommand.train(recipe, in: run)
  }

  /// The path from the root, so that the run can be resumed from elsewhere.
  private func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }
}

extension RunFolder {
  /// Makes the folder of a new run.
  ///
  /// - Parameters:
  ///   - recipe: The recipe; its data files are hashed.
  ///   - threads: The number of threads, or `nil` for the number that the sizes are worth.
  ///   - path: The folder, or `nil` for the next one in `runs`.
  /// - Returns: The folder, with the recipe in it.
  /// - Throws: `RecipeError` when settings do not fit, `CheckpointError` when files cannot be read
  ///   or written.
  static func create<R: Recipe>(_ recipe: R, threads: Int?, at path: String?) throws -> RunFolder {
    try recipe.check()
    var files: [DataFile] = []
    for path in recipe.data.train + recipe.data.validation {
      files.append(try DataFile(hashing: path))
    }
    let available = ProcessInfo.processInfo.activeProcessorCount
    let description = RunDescription(
      recipe: R.name, threadCount: threads ?? recipe.threadCount(available: available), data: files)
    let contents = ["recipe.json": Array(try RecipeForm.text(of: recipe).utf8)]
    if let path { return try create(description, at: path, files: contents) }
    return try create(description, files: contents)
  }
}
