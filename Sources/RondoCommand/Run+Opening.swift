import Foundation
import RondoCheckpoints
import RondoPlots
import RondoRecipes
import RondoTensor
import RondoTraining

extension Run {
  /// Opens a run, with its threads and its recipe.
  ///
  /// - Parameters:
  ///   - folder: The folder of the run.
  ///   - device: The device of the model.
  ///   - isTraining: Whether Ctrl-C or SIGTERM stops at the end of a step, and progress is shown.
  /// - Returns: The run, and the recipe that created it.
  /// - Throws: `RecipeError` or `CheckpointError` when the folder holds no recipe of this program.
  static func open(
    _ folder: RunFolder, on device: Device, isTraining: Bool = false
  ) throws -> (run: Run, recipe: any Recipe) {
    Threads.count = folder.description.threadCount
    var run = Run(folder: folder, device: device)
    run.say = Terminal.say
    if isTraining {
      StopFlag.install()
      run.isStopRequested = { StopFlag.isRequested }
      let printer = ProgressPrinter()
      run.observe = { printer.show($0) }
      run.say = { printer.line($0) }
    }
    return (run, try recipe(of: folder))
  }

  private static func recipe(of folder: RunFolder) throws -> any Recipe {
    let type = try recipeType(named: folder.description.recipe)
    let bytes = try folder.read("recipe.json")
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw CheckpointError.damaged(
        file: folder.path(of: "recipe.json"), problem: "it is no recipe of \(type.name)")
    }
  }
}

/// Prints where the results are when training has ended; an interruption has its own exit code.
func show(_ reason: EndReason, of run: Run) throws {
  if reason == .interrupted {
    Terminal.say("go on with: rondo resume \(run.folder.path.shellWord)")
    throw Interruption()
  }
  let picture = try run.history().lossChart
    .terminal(width: Terminal.width, style: Terminal.errorStyle)
  Terminal.say("\n\(picture)\n")
  Terminal.say("report: \(run.folder.path(of: "report.html"))")
}
