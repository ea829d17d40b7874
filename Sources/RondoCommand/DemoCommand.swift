import ArgumentParser
import Foundation
import RondoCheckpoints
import RondoPlots
import RondoRecipes
import RondoTensor

/// `rondo demo`: a translator from nothing to a picture, in about a minute.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Train a translator of number words in about a minute, and show where it looks.")

  @OptionGroup var place: DeviceOptions

  func run() throws {
    try start(try recipeType(named: "number-words"))
  }

  private func start<R: Recipe>(_ type: R.Type) throws {
    let device = try place.checkedDevice()
    Terminal.say(
      """
      Teaching a network to say numbers in German: words in, letters out.
      "three hundred twenty-one" becomes "dreihunderteinundzwanzig", with units before tens.

      """)
    let folder = try RunFolder.create(R(), on: device, threads: nil, at: nil)
    let (run, recipe) = try Run.open(folder, on: device, isTraining: true)
    try RondoCommand.show(recipe.begin(in: run), of: run)
    try show(recipe, run)
  }

  private func show(_ recipe: any Recipe, _ run: Run) throws {
    let evaluation = try recipe.evaluate(run, options: PredictionOptions())
    let predict = try recipe.predictor(run, options: PredictionOptions())
    let lines = ["three hundred twenty-one", "ninety-eight thousand seven hundred sixty-five"]
    for prediction in predict(lines) {
      try Terminal.write("\n\(prediction.input) → \(prediction.output)\n")
      if let map = HeatMap(attentionOf: prediction, sides: recipe.sides),
        prediction.input == lines[0]
      {
        let picture = map.terminal(width: Terminal.width, style: Terminal.outputStyle)
        try Terminal.write("\n\(picture)\n")
      }
    }
    let exact = 100 * (evaluation.figures["exact"] ?? 0)
    let pointing = 100 * (evaluation.figures["pointing"] ?? 0)
    let program = CommandLine.arguments[0].shellWord
    let folder = run.folder.path.shellWord
    try Terminal.write(
      """

      exact match on \(evaluation.data): \(String(format: "%.1f", exact)) %
      letters whose attention points at the right word: \(String(format: "%.1f", pointing)) %
      pictures: \(run.folder.path(of: "report.html"))

      Try next:
        echo "twelve thousand three hundred four" | \(program) predict \
      \(folder) --attention
        \(program) evaluate \(folder) --beam 5
        \(program) train number-words --set attention=none

      """)
  }
}
