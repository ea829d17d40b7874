import ArgumentParser
import Foundation
import RondoCheckpoints
import RondoPlots
import RondoRecipes
import RondoTraining

/// `rondo schedule`: what a learning rate or a share of teacher forcing will be.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Draw schedules before anything is trained with them.",
    discussion: """
      Without arguments it draws four ways in which teacher forcing is reduced.

      rondo schedule 'linear(from: 1, to: 0.5, over: 80)' 'inverseSigmoid(steepness: 12)'
      """)

  @Argument(help: "Schedules, written as for --set.") var schedules: [String] = []
  @Option(help: "How many epochs, or steps, are drawn.") var epochs = 100
  @Option(help: "Write a page with the picture and its numbers.") var report: String?
  @Flag(help: "Replace the page if there is one.") var replace = false

  func validate() throws {
    guard (5...1_000_000).contains(epochs) else {
      throw ValidationError("--epochs is from 5 to 1000000 and got \(epochs)")
    }
  }

  func run() throws {
    if let report { try ExistingFileError.check([report], isReplacing: replace) }
    let view =
      schedules.isEmpty
      ? ScheduleView.teacherForcing(over: epochs)
      : ScheduleView(try schedules.map { ($0, try Schedule($0)) }, over: epochs)
    let table = view.table
    let picture = view.chart.terminal(width: Terminal.width, style: Terminal.outputStyle)
    let text = TextTable(columns: table.columns, rows: table.rows, leftAligned: [0]).text
    try Terminal.write("\(picture)\n\n\(text)")
    guard let report else { return }
    let page = Report(
      "Schedules", subtitle: "\(epochs) epochs, or steps, from 0",
      parts: [
        .figure(view.chart, caption: "Each keeps its last value when it is over."),
        .table(DataTable(columns: table.columns, rows: table.rows), caption: "Values."),
      ])
    try writeFile(Array(page.html.utf8), to: report)
  }
}
