import ArgumentParser
import RondoRecipes

/// How to decode.
struct DecodingOptions: ParsableArguments {
  @Option(help: "Hypotheses that beam search keeps; 1 is greedy.") var beam: Int?
  @Option(help: "Strength of the length penalty of beam search; 1 when left out.")
  var lengthPenalty: Double?
  @Option(
    help: "Tokens of an answer at most; when left out, 12 for each input token and 20 more.")
  var maxLength: Int?

  func validate() throws {
    if let beam, !(1...1024).contains(beam) {
      throw ValidationError("--beam is from 1 to 1024 and got \(beam)")
    }
    if let lengthPenalty, lengthPenalty < 0 || !lengthPenalty.isFinite {
      throw ValidationError("--length-penalty is 0 or above and got \(lengthPenalty)")
    }
    if let maxLength, !(1...Prediction.longestOutput).contains(maxLength) {
      throw ValidationError(
        "--max-length is from 1 to \(Prediction.longestOutput) and got \(maxLength)")
    }
  }

  /// The options as recipes take them.
  var options: PredictionOptions {
    var options = PredictionOptions()
    options.beamWidth = beam
    options.lengthPenalty = lengthPenalty
    options.maximumLength = maxLength
    return options
  }
}
