import ArgumentParser
import Foundation
import RondoCheckpoints
import RondoPlots
import RondoRecipes

/// `rondo evaluate`: the metrics of the best model of a run.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judge the best model of a run.")

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run")) var path: String
  @Option(parsing: .upToNextOption, help: "Other files to judge on.") var data: [String] = []
  @OptionGroup var fields: FieldOptions
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var decoding: DecodingOptions
  @OptionGroup var place: DeviceOptions

  func validate() throws {
    guard data.count == 1 || (fields.sourceField == nil && fields.targetField == nil) else {
      throw ValidationError(
        "--source-field and --target-field are of one .tsv or .jsonl file; name it with --data")
    }
    guard fields.misreadAs == nil || !data.isEmpty else {
      throw ValidationError("--misread-as repairs other files; name them with --data")
    }
  }

  func run() throws {
    let (run, recipe) = try Run.open(RunFolder(readingAt: path), on: place.checkedDevice())
    var options = decoding.options
    if !data.isEmpty {
      var files = fields.changing(recipe.data)
      files.validation = data
      options.data = files
    }
    let evaluation = try recipe.evaluate(run, options: options)
    try Terminal.write(json ? jsonText(of: evaluation) : table(of: evaluation))
  }

  private func table(of evaluation: Evaluation) -> String {
    let figures = TextTable(
      columns: ["judged on", evaluation.data],
      rows: evaluation.figures.sorted { $0.key < $1.key }.map { [$0.key, number($0.value)] }
        + evaluation.signatures.map { ["signature", $0] }, leftAligned: [0, 1])
    let tables = evaluation.tables.map { table in
      let columns = Set(table.columns.indices)
      return "\n\(table.title)\n"
        + TextTable(columns: table.columns, rows: table.rows, leftAligned: columns).text
    }
    return figures.text + tables.joined()
  }
}
