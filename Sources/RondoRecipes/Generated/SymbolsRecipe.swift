import RondoData
import RondoTraining

/// Trains an encoder–decoder to copy, reverse or sort symbols.
///
///     rondo train symbols --set task=reverse --set attention=none
///
/// These tasks analyse sequence-to-sequence models: how much a final state of fixed size can hold,
/// what attention changes, and what teacher forcing hides. Lengths are drawn uniformly from
/// `shortest` to `longest`; without `shortest` all sequences have the same length.
///
/// The defaults are those of the teacher forcing comparison: eight of twenty symbols, a
/// unidirectional LSTM with 64 features, no attention, 5 000 pairs seen 40 times.
struct SymbolsRecipe: GeneratedTaskRecipe {
  static let name = "symbols"
  static let summary = "copy, reverse or sort symbols, with known places to look"
  static let names = TaskNames(
    title: "Symbols", subtitle: "sequences never trained on", example: "sequence")

  /// Not used: the symbols come from a generator.
  var data = DataOptions()
  /// What to do with the symbols: copy, reverse or sort.
  var task = SymbolTask.Kind.reverse
  /// The number of different symbols.
  var symbolCount = 20
  /// The smallest number of symbols in a sequence, or none for sequences of one length.
  var shortest: Int?
  /// The largest number of symbols in a sequence.
  var longest = 8
  /// Forty epochs of 5 000 pairs in batches of 64.
  var practice = PracticeSettings(
    exampleCount: 5_000, stepCount: 3_160, validationInterval: 395)
  /// Each symbol is a word.
  var tokens = TokenizerSettings(
    sourceTokenizer: .learned(.words), targetTokenizer: .learned(.words), vocabularySize: 1_000)
  /// An LSTM without attention, which passes on only its final state.
  var network = Seq2SeqSettings(
    embeddingSize: 64, hiddenSize: 64, cell: .lstm, isBidirectional: false, attention: nil)
  /// A constant learning rate.
  var learning = LearningSettings(learningRate: .constant(3e-3))

  static let help =
    DataOptions.help + PracticeSettings.help + TokenizerSettings.help + Seq2SeqSettings.help
    + LearningSettings.help
    + [
      "task": "what to do with the symbols: copy, reverse or sort",
      "symbolCount": "number of different symbols",
      "shortest": "smallest number of symbols in a sequence, or none for one length",
      "longest": "largest number of symbols in a sequence",
    ]

  /// Creates the recipe with its defaults.
  init() {}

  func checkTask() throws(RecipeError) {
    try require(
      (1...1_000).contains(longest) && (1...longest).contains(shortest ?? longest),
      "lengths are from 1 to 1000, shortest before longest")
    try require((2...900).contains(symbolCount), "symbolCount is from 2 to 900")
    try require(practice.heldOutCount <= 1_000_000, "heldOutCount is at most 1000000")
    // One sequence in ten is held out, and held-out sequences must all differ.
    var possible = 1
    for _ in 0..<longest where possible < 20 * practice.heldOutCount { possible *= symbolCount }
    try require(
      possible >= 20 * practice.heldOutCount,
      "there are too few different sequences for heldOutCount; make them longer")
  }

  func pairs(_ count: Int, _ part: ExamplePart) -> [AlignedPair] {
    let generator = SymbolTask(
      task, symbolCount: symbolCount, lengths: (shortest ?? longest)...longest)
    return generator.examples(count, part, seed: learning.seed).map(generator.pair)
  }

  func shown(_ predictions: [Prediction]) -> [Prediction] {
    Array(predictions.filter { $0.inputTokens.count <= 30 }.prefix(3))
  }
}
