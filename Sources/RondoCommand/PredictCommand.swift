import ArgumentParser
import Foundation
import RondoCheckpoints
import RondoData
import RondoPlots
import RondoRecipes

/// `rondo predict`: lines in, lines out, in order.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Use the best model of a run as a filter: lines in, lines out.",
    discussion: """
      Each line of standard input gives one line of standard output, in order; a line that arrives \
      on a pipe is answered at once. With --best N a line gives N lines, best first and empty \
      where fewer are found. An answer that holds line breaks has spaces in their place; --json \
      keeps them.
      """)

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run")) var path: String
  @Flag(help: "Print a JSON object for each line, with tokens, scores and attention.")
  var json = false
  @Flag(help: "Draw the attention weights, on standard error.") var attention = false
  @Option(help: "Outputs for each line, best first.") var best = 1
  @OptionGroup var decoding: DecodingOptions
  @OptionGroup var place: DeviceOptions

  /// How many lines are worked on together; fewer with attention, whose weights are many.
  private var batchSize: Int { keepsAttention ? 64 : 256 }
  private var keepsAttention: Bool { json || attention }

  func validate() throws {
    guard (1...1024).contains(best) else {
      throw ValidationError("--best is from 1 to 1024 and got \(best)")
    }
  }

  func run() throws {
    let (run, recipe) = try Run.open(RunFolder(readingAt: path), on: place.checkedDevice())
    var options = decoding.options
    options.hypothesisCount = best
    options.keepsAttention = keepsAttention
    let predict = try recipe.predictor(run, options: options)
    let input = LineInput()
    while let lines = try input.next(atMost: batchSize) {
      for prediction in predict(lines.map(text)) { try show(prediction, recipe.sides) }
    }
  }

  /// The text of a line; invalid text is reported and treated as an empty line.
  private func text(_ line: Line) -> String {
    switch line.text {
    case .success(let text): return text
    case .failure(let damage):
      Terminal.say("rondo: \(damage); it gives an empty line")
      return ""
    }
  }

  private func show(_ prediction: Prediction, _ sides: SideNames) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      try Terminal.write(String(decoding: try encoder.encode(prediction), as: UTF8.self) + "\n")
    } else {
      let outputs = [prediction.output] + prediction.alternatives.map(\.output)
      let missing = Array(repeating: "", count: max(0, best - outputs.count))
      let breaks: Set<Character> = ["\n", "\r", "\r\n"]
      let lines = (outputs + missing).map { String($0.map { breaks.contains($0) ? " " : $0 }) }
      try Terminal.write(lines.joined(separator: "\n") + "\n")
    }
    if attention, let map = HeatMap(attentionOf: prediction, sides: sides) {
      Terminal.say(map.terminal(width: Terminal.width, style: Terminal.errorStyle))
    }
  }
}
