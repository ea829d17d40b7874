import ArgumentParser
import Foundation
import RondoRecipes

/// `rondo compare`: one recipe with several values of its settings, side by side.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Train a recipe with several settings, and judge them alike.",
    discussion: """
      Every combination is trained from fresh weights with a fresh optimizer; runs of one seed see \
      the same examples in the same order. A value that diverges is named, and the others go on. \
      Ctrl-C or SIGTERM saves, and the same command with --folder goes on.

      rondo compare symbols --vary attention=none,bahdanau --vary longest=5,10,20
      rondo compare symbols --seeds 7,8 --vary 'teacherForcing=1,0,linear(from: 1, to: 0, over: 3160)'
      """)

  @Argument(help: "The recipe, such as symbols.") var recipe: String
  @Option(
    name: .customLong("vary"),
    help: "A setting and its values, such as attention=none,bahdanau. Repeatable.")
  var variations: [String] = []
  @Option(help: "Seeds with commas between them; figures are means over them.") var seeds = "7"
  @Option(
    name: .customLong("set"),
    help: "Change a setting of all runs, such as stepCount=500. Repeatable.")
  var settings: [String] = []
  @OptionGroup var files: DataFileOptions
  @Option(help: "The folder of all runs; runs/compare-<recipe>-<n> when left out.")
  var folder: String?
  @OptionGroup var threads: ThreadOptions
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var place: DeviceOptions

  func run() throws {
    let numbers = seeds.split(separator: ",").map {
      UInt64($0.trimmingCharacters(in: .whitespaces))
    }
    guard !numbers.contains(nil) else {
      throw RecipeError.wrongValue(
        seeds, setting: "--seeds", expected: "whole numbers, such as 7,8")
    }
    let plan = try ComparisonPlan(
      of: recipe, settings: settings, data: files.changing(DataOptions()),
      varying: variations.map { try Variation($0) }, seeds: numbers.compactMap(\.self))
    var comparison = try Comparison(
      plan, at: folder, on: place.checkedDevice(), threads: threads.threads)
    let printer = ProgressPrinter()
    StopFlag.install()
    comparison.isStopRequested = { StopFlag.isRequested }
    comparison.observe = { printer.show($0) }
    comparison.say = { printer.line($0) }
    printer.line("folder: \(comparison.path)")
    guard let result = try comparison.run() else {
      Terminal.say("go on with the same command and --folder \(comparison.path.shellWord)")
      throw Interruption()
    }
    try comparison.write(jsonText(of: result.plain), to: "result.json")
    try comparison.write(result.report.html, to: "report.html")
    let table = result.table
    let text = TextTable(
      columns: table.columns, rows: table.rows,
      leftAligned: Set(0..<plan.variations.count))
    try Terminal.write(json ? jsonText(of: result.plain) : text.text)
    Terminal.say("report: \(comparison.path)/report.html")
  }
}
