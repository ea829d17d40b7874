import ArgumentParser
import Foundation
import RondoCheckpoints

/// The program `rondo`.
@main
struct RondoProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rondo",
    abstract: "Train, decode and look at sequence models.",
    discussion: "Data goes to standard output, everything else to standard error.",
    version: "rondo \(rondoVersion)",
    subcommands: [
      DemoCommand.self, TrainCommand.self, ResumeCommand.self, EvaluateCommand.self,
      PredictCommand.self, CompareCommand.self, RecipesCommand.self, ScheduleCommand.self,
      TokenizerCommand.self, DoctorCommand.self,
    ])

  static func main() {
    Terminal.occupyClosedStreams()
    // Ctrl-C ends the `tee` behind a pipe too; training still has to finish its step and save.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Failure(error).exit()
    }
  }
}
