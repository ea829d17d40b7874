import ArgumentParser
import RondoCheckpoints
import RondoRecipes
import RondoTensor

/// `rondo resume`: goes on as if training had never stopped.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a run, to the bytes of an uninterrupted one.")

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run")) var path: String
  @Option(
    help: "Where the model lives: cpu, cuda, cuda:1 or mps; the device of the run when left out.")
  var device: String?

  func run() throws {
    let named = try device.map { (name) throws(DeviceError) in try Device(name) }
    let folder = try RunFolder(resumingAt: path)
    let place = named ?? folder.description.device
    try place.check()
    try folder.checkData()
    let (run, recipe) = try Run.open(folder, on: place, isTraining: true)
    try show(recipe.train(in: run), of: run)
  }
}
