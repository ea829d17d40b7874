import ArgumentParser
import RondoCheckpoints
import RondoRecipes

/// `rondo resume`: goes on as if training had never stopped.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a run, to the bytes of an uninterrupted one.")

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run")) var path: String
  @OptionGroup var place: DeviceOptions

  func run() throws {
    let device = try place.checkedDevice()
    let folder = try RunFolder(resumingAt: path)
    try folder.checkData()
    let (run, recipe) = try Run.open(folder, on: device, isTraining: true)
    try show(recipe.train(in: run), of: run)
  }
}
