import RondoData
import RondoModels
import RondoPlots
import RondoTensor
import RondoText
import RondoTraining

/// Trains a recurrent encoder–decoder to translate sentences.
///
///     rondo train translation --train train.de train.en --validation val.de val.en
///
/// The tokens are lowercased words, unless other tokenizers are named; the cell and the attention
/// are hyperparameters. Without files it trains on number words, so that it runs anywhere.
///
/// Expect at least 31 BLEU on Multi30k German to English with a GRU and Bahdanau attention, decoded
/// with a beam of five, and at least four less without attention.
struct TranslationRecipe: Recipe {
  static let name = "translation"
  static let summary = "translate sentences, words in and words out"

  /// Parallel texts; the first file is the source.
  var data = DataOptions()
  /// From the first file to the second, or backward.
  var direction = Direction.forward
  /// Whether text is lowercased, in training and in scores.
  var isLowercased = true
  /// Words on both sides.
  var tokens = TokenizerSettings(
    sourceTokenizer: .learned(.words), targetTokenizer: .learned(.words), vocabularySize: 10_000)
  /// The minimum count of a word in the vocabulary, or of a pair to be merged.
  var minimumCount = 2
  /// The maximum length of a sentence; longer ones are left out of training.
  var maximumLength = 60
  /// The number of source and target tokens in a batch, padding included.
  var batchTokens = 3_000
  /// The maximum number of epochs.
  var epochCount = 20
  /// The number of validations without a better BLEU after which training stops.
  var patience: Int? = 3
  /// A bidirectional GRU with Bahdanau attention.
  var network = Seq2SeqSettings(embeddingSize: 256, hiddenSize: 256, dropout: 0.4)
  /// Some six thousand steps with a falling learning rate.
  var learning = LearningSettings(
    learningRate: .cosine(from: 1e-3, to: 5e-5, over: 6_000), weightDecay: 0.01,
    labelSmoothing: 0.1)

  static let help =
    DataOptions.help + TokenizerSettings.help + Seq2SeqSettings.help + LearningSettings.help
    + [
      "direction": "forward, from the first file or field to the second, or backward",
      "isLowercased": "lower capital letters in training, unless sentencepiece-bpe, and scores",
      "minimumCount": "how often a word must occur to be in the vocabulary, or a pair to merge",
      "maximumLength": "longer sentences are left out of training",
      "batchTokens": "source and target tokens in a batch, padding included",
      "epochCount": "how often all examples are seen at most",
      "patience": "validations without a better BLEU after which training stops, or none",
    ]

  /// Creates the recipe with its defaults.
  init() {}

  var sides: SideNames {
    let languages = data.languages.map { direction($0) }
    return SideNames(from: languages?.source, to: languages?.target)
  }

  func check() throws(RecipeError) {
    try tokens.check()
    try require(
      [minimumCount, maximumLength, batchTokens, epochCount, patience ?? 1].allSatisfy { $0 > 0 },
      "counts, lengths and patience are above 0")
    for problem in [data.problem, network.problem, learning.problem] {
      if let problem { throw .unfit("translation: \(problem)") }
    }
  }

  func threadCount(available: Int) -> Int {
    ThreadPlan.threadCount(
      rows: batchTokens / 2, inputSize: network.hiddenSize, outputSize: tokens.vocabularySize,
      available: available)
  }

  func train(in run: Run) throws -> EndReason {
    // Sentence pairs: the user's files, or number words.
    let pairs = try run.pairs(for: data, direction, seed: learning.seed)
    let training = pairs.training

    // Each language has its own words.
    seedRandomness(learning.seed)
    let translator = try run.translator(makeModel: network.model) {
      Sides(
        source: try tokenizer(tokens.sourceTokenizer, of: training.map(\.source)),
        target: try tokenizer(tokens.targetTokenizer, of: training.map(\.target)))
    }
    let model = translator.model
    let examples = training.map(translator.example).filter {
      max($0.source.count, $0.target.count) <= maximumLength && !$0.source.isEmpty
    }
    try require(
      !examples.isEmpty,
      "no training pair has 1 to \(maximumLength) tokens; raise maximumLength")
    let unknownShares = translator.unknownShares(of: pairs.validation)
    run.say(
      "\(examples.count) training pairs, \(pairs.validation.count) validation pairs, "
        + "\(translator.source.vocabularySize) and \(translator.target.vocabularySize) tokens, "
        + "\(unknownShares.map(\.value).joined(separator: " and ")) of validation unknown, "
        + "\(model.parameterCount) parameters, \(Threads.count) thread(s)")

    // Batches of as many tokens as fit, in a new order each epoch.
    let batches = Batches(
      examples, size: .tokens(batchTokens), order: .shuffled(seed: learning.seed),
      frame: translator.frame, on: run.device)
    run.say("\(batches.count) batches an epoch, \(percent(batches.paddingShare)) padding")

    // Training, validated by BLEU after every epoch.
    let reason = try run.teach(
      translator, learning, on: batches,
      limits: TrainingLimits(
        epochCount: epochCount, reportInterval: 10,
        checkpointInterval: learning.checkpointInterval, patience: patience),
      validate: {
        let judgement = translator.judge(
          pairs.validation, options: PredictionOptions(), by: measure, say: run.say)
        return Validation(judgement.figures, judgedBy: "bleu", isHigherBetter: true)
      })
    if reason != .interrupted { try draw(run, pairs.validation, stepsPerEpoch: batches.count) }
    return reason
  }

  func evaluate(_ run: Run, options: PredictionOptions) throws -> Evaluation {
    let options = try options.decided(beamWidth: Self.beamWidth)
    let translator = try run.bestTranslator(makeModel: network.model)
    let pairs: [TextPair]
    if let files = options.data {
      pairs = try run.read(files.parallelCorpus(files.validation)).map { direction($0) }
    } else {
      try run.folder.checkData()
      pairs = try run.pairs(for: data, direction, seed: learning.seed).validation
    }
    let judgement = translator.judge(pairs, options: options, by: measure, say: run.say)
    return Evaluation(
      data: (options.data ?? data).judged, figures: judgement.figures,
      signatures: judgement.signatures, tables: [judgement.byLength.table])
  }

  func predictor(
    _ run: Run, options: PredictionOptions
  ) throws -> ([String]) -> [Prediction] {
    let options = try options.decided(beamWidth: Self.beamWidth)
    let translator = try run.bestTranslator(makeModel: network.model)
    return { translator.translate($0, options: options, say: run.say) }
  }

  // MARK: - Parts

  /// The beam width unless another is requested.
  private static let beamWidth = 5

  private var measure: Translator.Measure { .sentences(isLowercased: isLowercased) }

  private func tokenizer(_ choice: TokenizerChoice, of lines: [String]) throws -> Tokenizer {
    try choice.tokenizer(
      for: lines, vocabularySize: tokens.vocabularySize, minimumCount: minimumCount,
      isLowercased: isLowercased)
  }

  private func draw(
    _ run: Run, _ validation: [TextPair], stepsPerEpoch: Int
  ) throws {
    let translator = try run.bestTranslator(makeModel: network.model)
    let judgement = try translator.judge(
      validation, options: PredictionOptions().decided(beamWidth: Self.beamWidth), by: measure,
      say: run.say)
    let folder = run.folder.path.shellWord
    try run.draw(
      TranslationReport(
        title: "Translation", subtitle: data.train.joined(separator: " → "),
        settings: try run.facts(of: self) + translator.unknownShares(of: validation),
        history: try run.history(),
        stepsPerEpoch: stepsPerEpoch, judgement: judgement,
        highlights: [
          Report.Fact("BLEU, beam 5", (judgement.figures["bleu"] ?? .nan).rounded(places: 2)),
          Report.Fact("chrF", (judgement.figures["chrf"] ?? .nan).rounded(places: 2)),
          Report.Fact("perplexity", (judgement.figures["perplexity"] ?? .nan).rounded(places: 2)),
        ], examples: Array(judgement.predictions.prefix(3)), sides: sides,
        commands: [
          "rondo predict \(folder) < sentences.txt", "rondo evaluate \(folder) --beam 5",
          "rondo resume \(folder)",
        ], forcing: learning.teacherForcing
      ).report)
  }
}
