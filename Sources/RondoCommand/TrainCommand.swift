import ArgumentParser
import RondoCheckpoints
import RondoRecipes

/// `rondo train`: a recipe, from data to a model.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a recipe; 'rondo recipes' lists them.",
    discussion: """
      Everything goes to a run folder: runs/<recipe>-<n>, or --run. Ctrl-C finishes the step, saves \
      and ends with 130, SIGTERM with 143; 'rondo resume' goes on.
      """)

  @Argument(help: "The recipe, such as translation.") var recipe: String
  @OptionGroup var files: DataFileOptions
  @Option(name: .customLong("set"), help: "Change a setting, such as hiddenSize=512. Repeatable.")
  var settings: [String] = []
  @Option(name: .customLong("run"), help: "The folder of the run, which must not exist.")
  var path: String?
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var place: DeviceOptions

  func validate() throws {
    if path == "" { throw ValidationError("--run names a folder, and got an empty name") }
  }

  func run() throws {
    try start(try recipeType(named: recipe))
  }

  private func start<R: Recipe>(_ type: R.Type) throws {
    var recipe = try RecipeForm.setting(settings, in: R())
    recipe.data = files.changing(recipe.data)
    let device = try place.checkedDevice()
    let folder = try RunFolder.create(recipe, on: device, threads: threads.threads, at: path)
    let (run, _) = try Run.open(folder, on: device, isTraining: true)
    Terminal.say("run folder: \(folder.path)")
    try show(recipe.begin(in: run), of: run)
  }
}
