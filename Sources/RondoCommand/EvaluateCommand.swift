import ArgumentParser
import Foundation
import RondoCheckpoints
import RondoPlots
import RondoRecipes

/// `rondo evaluate`: how good the best model of a run is.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judge the best model of a run.")

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run")) var path: String
  @Option(parsing: .upToNextOption, help: "Other files to judge on.") var data: [String] = []
  @Option(help: "Column or field of the source: a number from 1, or a name.")
  var sourceField: String?
  @Option(help: "Column or field of the target: a number from 1, or a name.")
  var targetField: String?
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var decoding: DecodingOptions
  @OptionGroup var place: DeviceOptions

  func run() throws {
    let (run, recipe) = try Run.open(RunFolder(readingAt: path), on: place.checkedDevice())
    var options = decoding.options
    if !data.isEmpty {
      var files = recipe.data
      files.validation = data
      files.sourceField = sourceField ?? files.sourceField
      files.targetField = targetField ?? files.targetField
      options.data = files
    }
    let evaluation = try recipe.evaluate(run, options: options)
    try Terminal.write(json ? jsonText(of: evaluation) : table(of: evaluation))
  }

  private func table(of evaluation: Evaluation) -> String {
    var lines = ["judged on    \(evaluation.data)"]
    for (name, value) in evaluation.figures.sorted(by: { $0.key < $1.key }) {
      lines.append(name.padding(toLength: 13, withPad: " ", startingAt: 0) + number(value))
    }
    for signature in evaluation.signatures { lines.append("signature    \(signature)") }
    for table in evaluation.tables {
      lines += ["", table.title]
      for row in [table.columns] + table.rows {
        lines.append(
          row.map { $0.padding(toLength: max(15, $0.count + 1), withPad: " ", startingAt: 0) }
            .joined().trimmingCharacters(in: .whitespaces))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
