import RondoData
import RondoTraining

/// Trains an attentive encoder–decoder to convert dates to ISO 8601.
///
///     rondo train dates
///
/// Characters in, characters out: "Sunday, 20 July 1969" becomes "1969-07-20". The year comes last
/// in one and first in the other, and a month is a name, a short name or a number, so the model
/// has to learn the alignment.
struct DatesRecipe: GeneratedTaskRecipe {
  static let name = "dates"
  static let summary = "write dates as ISO 8601 does, characters in and out"
  static let names = TaskNames(
    title: "Dates", subtitle: "from many notations to ISO 8601, dates never trained on",
    example: "date")

  /// Not used: the dates come from a generator.
  var data = DataOptions()
  /// The first year.
  var firstYear = 1900
  /// The last year.
  var lastYear = 2099
  /// A thousand batches of 64, validated every 100.
  var practice = PracticeSettings(
    exampleCount: 20_000, stepCount: 1_000, validationInterval: 100)
  /// Characters on both sides.
  var tokens = TokenizerSettings(
    sourceTokenizer: .learned(.characters), targetTokenizer: .learned(.characters),
    vocabularySize: 400)
  /// A bidirectional GRU with Bahdanau attention.
  var network = Seq2SeqSettings(embeddingSize: 32, hiddenSize: 96)
  /// A learning rate that falls along a cosine.
  var learning = LearningSettings(learningRate: .cosine(from: 4e-3, to: 1e-4, over: 1_000))

  static let help =
    DataOptions.help + PracticeSettings.help + TokenizerSettings.help + Seq2SeqSettings.help
    + LearningSettings.help
    + ["firstYear": "first year, from 1600", "lastYear": "last year, at most 9999"]

  /// Creates the recipe with its defaults.
  init() {}

  func checkTask() throws(RecipeError) {
    try require(
      firstYear >= 1600 && lastYear <= 9999 && firstYear <= lastYear,
      "years are from 1600 to 9999, the first before the last")
    // One day in ten is held out.
    try require(
      practice.heldOutCount <= 20 * (lastYear - firstYear + 1), "heldOutCount is too large")
  }

  func pairs(_ count: Int, _ part: ExamplePart) -> [AlignedPair] {
    DateNotations(years: firstYear...lastYear).examples(count, part, seed: learning.seed)
      .map(\.pair)
  }

  func shown(_ predictions: [Prediction]) -> [Prediction] { Array(predictions.prefix(3)) }
}
