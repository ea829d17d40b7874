import RondoData
import RondoModels
import RondoPlots
import RondoTensor
import RondoText
import RondoTraining

/// Teaches a recurrent encoder–decoder to translate sentences.
///
///     rondo train translation --train train.de train.en --validation val.de val.en
///
/// Words, lower-cased, unless other tokenizers are named; the cell and the attention are
/// hyperparameters. Without files it learns
/// number words, so that it runs anywhere.
///
/// Expect at least 31 BLEU on Multi30k German to English with a GRU and Bahdanau attention, decoded
/// with a beam of five, and at least four less without attention.
struct TranslationRecipe: Recipe {
  static let name = "translation"
  static let summary = "translate sentences, words in and words out"

  /// Parallel texts; the first file is the source.
  var data = DataOptions()
  /// Whether capital letters are lowered, in training and in scores.
  var isLowercased = true
  /// The tokenizer of the source: a kind to learn, or a file.
  var sourceTokenizer = TokenizerChoice.learned(.words)
  /// The tokenizer of the target: a kind to learn, or a file.
  var targetTokenizer = TokenizerChoice.learned(.words)
  /// How often a word must occur to be in the vocabulary, or a pair to be merged.
  var minimumCount = 2
  /// The greatest size of each vocabulary.
  var vocabularySize = 10_000
  /// Longer sentences are left out of training.
  var maximumLength = 60
  /// Source and target tokens in a batch, padding included.
  var batchTokens = 3_000
  /// How often all examples are seen at most.
  var epochCount = 20
  /// Validations without a better BLEU after which training stops.
  var patience: Int? = 3
  /// Features of a word's vector.
  var embeddingSize = 256
  /// Features of the recurrent memories.
  var hiddenSize = 256
  /// Layers of the encoder.
  var encoderLayerCount = 1
  /// Layers of the decoder.
  var decoderLayerCount = 1
  /// The recurrent cell: rnn, gru or lstm.
  var cell = RecurrentKind.gru
  /// The attention, or none.
  var attention: AttentionKind? = .bahdanau
  /// Whether the decoder's previous readout is part of its input.
  var hasInputFeeding = false
  /// The dropout rate.
  var dropout = 0.4
  /// The share of probability spread over all words.
  var labelSmoothing = 0.1
  /// The step size.
  var learningRate = Schedule.cosine(from: 1e-3, to: 5e-5, over: 6_000)
  /// The pull towards zero.
  var weightDecay = 0.01
  /// The largest norm of the gradients.
  var clipping = 1.0
  /// How often the decoder reads the right token in training.
  var teacherForcing = Schedule.constant(1)
  /// What one coin of teacher forcing decides: batch, step or sample.
  var forcingGranularity = TeacherForcing.Granularity.sample
  /// Steps between two checkpoints beside those at the end of an epoch, or none.
  var checkpointInterval: Int?
  /// Where all random numbers start.
  var seed: UInt64 = 7

  static let help = DataOptions.help.merging([
    "isLowercased": "lower capital letters, in training and in scores",
    "sourceTokenizer": "bpe, byte-bpe, wordpiece, unigram, words, characters, or a tokenizer file",
    "targetTokenizer": "bpe, byte-bpe, wordpiece, unigram, words, characters, or a tokenizer file",
    "minimumCount": "how often a word must occur to be in the vocabulary, or a pair to merge",
    "vocabularySize": "greatest size of each vocabulary",
    "maximumLength": "longer sentences are left out of training",
    "batchTokens": "source and target tokens in a batch, padding included",
    "epochCount": "how often all examples are seen at most",
    "patience": "validations without a better BLEU after which training stops, or none",
    "embeddingSize": "features of a word's vector",
    "hiddenSize": "features of the recurrent memories",
    "encoderLayerCount": "layers of the encoder",
    "decoderLayerCount": "layers of the decoder",
    "cell": "rnn, gru or lstm",
    "attention": "bahdanau, luongDot, luongGeneral, luongConcat, or none",
    "hasInputFeeding": "the decoder's previous readout is part of its input",
    "dropout": "dropout rate, from 0 up to 1",
    "labelSmoothing": "share of probability spread over all words",
    "learningRate": "step size, a number or a schedule",
    "weightDecay": "pull towards zero",
    "clipping": "largest norm of the gradients",
    "teacherForcing": "how often the decoder reads the right token, a number or a schedule",
    "forcingGranularity": "what one coin of teacher forcing decides: batch, step or sample",
    "checkpointInterval": "steps between two further checkpoints, or none",
    "seed": "where all random numbers start",
  ]) { $1 }

  /// Creates the recipe with its defaults.
  init() {}

  func check() throws(RecipeError) {
    try sourceTokenizer.check()
    try targetTokenizer.check()
    try require(
      [
        minimumCount, maximumLength, batchTokens, epochCount, embeddingSize, hiddenSize,
        encoderLayerCount, decoderLayerCount,
      ].allSatisfy { $0 > 0 }, "counts and sizes are above 0")
    try require(vocabularySize > 4, "vocabularySize is above 4, the special tokens")
    try require((0..<1).contains(dropout) && clipping > 0, "dropout is in 0..<1, clipping above 0")
    try require((0..<1).contains(labelSmoothing), "labelSmoothing is in 0..<1")
  }

  func threadCount(available: Int) -> Int {
    ThreadPlan.threadCount(
      rows: batchTokens / 2, inputSize: hiddenSize, outputSize: vocabularySize,
      available: available)
  }

  func train(in run: Run) throws -> EndReason {
    // Sentence pairs: the user's files, or number words.
    let pairs = try run.pairs(for: data, seed: seed)
    let training = pairs.training

    // Each language has its own words.
    seedRandomness(seed)
    let translator = try run.translator(makeModel: makeModel) {
      (
        try tokenizer(sourceTokenizer, of: training.map { $0[0] }),
        try tokenizer(targetTokenizer, of: training.map { $0[1] })
      )
    }
    let model = translator.model
    let examples = training.map(translator.example).filter {
      max($0.source.count, $0.target.count) <= maximumLength && !$0.source.isEmpty
    }
    run.say(
      "\(examples.count) training pairs, \(pairs.validation.count) validation pairs, "
        + "\(translator.source.vocabularySize) and \(translator.target.vocabularySize) tokens, "
        + "\(percent(translator.source.unknownRate(of: pairs.validation.map { $0[0] }))) unknown, "
        + "\(model.parameterCount) parameters, \(Threads.count) thread(s)")

    // Batches of as many tokens as fit, in another order each epoch.
    let batches = Batches(
      examples, size: .tokens(batchTokens), order: .shuffled(seed: seed),
      frame: translator.frame, on: run.device)
    run.say("\(batches.count) batches an epoch, \(percent(batches.paddingShare)) padding")
    let forcing = TeacherForcing(
      rate: teacherForcing, granularity: forcingGranularity, seed: seed)

    // Step by step, judged by BLEU after every epoch.
    let trainer = Trainer(
      optimizer: AdamW(
        model.parameters, learningRate: learningRate(0), weightDecay: weightDecay),
      learningRate: learningRate, clipping: .norm(clipping),
      limits: TrainingLimits(
        epochCount: epochCount, reportInterval: 50, checkpointInterval: checkpointInterval,
        patience: patience))
    let reason = try run.run(
      trainer, model: model, on: batches,
      loss: { batch, step in
        model.loss(
          on: batch, padding: translator.frame.padding, forcing: forcing, step: step,
          smoothing: labelSmoothing)
      },
      validate: {
        let judgement = translator.judge(
          pairs.validation, options: PredictionOptions(), by: measure)
        return Validation(judgement.figures, judgedBy: "bleu", isHigherBetter: true)
      })
    if reason != .interrupted { try draw(run, pairs.validation) }
    return reason
  }

  func evaluate(_ run: Run, options: PredictionOptions) throws -> Evaluation {
    let translator = try run.bestTranslator(makeModel: makeModel)
    let pairs = try options.data.map { try run.read($0.parallelCorpus($0.validation)) }
    let judgement = translator.judge(
      try pairs ?? run.pairs(for: data, seed: seed).validation, options: beamed(options),
      by: measure)
    return Evaluation(
      data: (options.data ?? data).validation.joined(separator: " "), figures: judgement.figures,
      signatures: judgement.signatures, tables: [judgement.lengthTable])
  }

  func predictor(
    _ run: Run, options: PredictionOptions
  ) throws -> ([String]) -> [Prediction] {
    let translator = try run.bestTranslator(makeModel: makeModel)
    let options = beamed(options)
    return { translator.translate($0, options: options) }
  }

  // MARK: - Parts

  private var measure: Translator.Measure { .sentences(isLowercased: isLowercased) }

  private func makeModel(sourceSize: Int, targetSize: Int) -> Seq2Seq {
    Seq2Seq(
      sourceVocabularySize: sourceSize, targetVocabularySize: targetSize,
      embeddingSize: embeddingSize, hiddenSize: hiddenSize,
      encoderLayerCount: encoderLayerCount, decoderLayerCount: decoderLayerCount, cell: cell,
      attention: attention, hasInputFeeding: hasInputFeeding, dropout: dropout)
  }

  private func tokenizer(_ choice: TokenizerChoice, of lines: [String]) throws -> Tokenizer {
    try choice.tokenizer(
      for: lines, vocabularySize: vocabularySize, minimumCount: minimumCount,
      isLowercased: isLowercased)
  }

  /// Five hypotheses unless somebody asked for another number.
  private func beamed(_ options: PredictionOptions) -> PredictionOptions {
    var options = options
    options.beamWidth = options.beamWidth ?? 5
    return options
  }

  private func draw(_ run: Run, _ validation: [[String]]) throws {
    let translator = try run.bestTranslator(makeModel: makeModel)
    let judgement = translator.judge(
      validation, options: beamed(PredictionOptions()), by: measure)
    let folder = run.folder.path
    try run.draw(
      TranslationReport(
        title: "Translation", subtitle: data.train.joined(separator: " → "),
        settings: try run.facts(of: self), history: try run.history(), judgement: judgement,
        highlights: [
          Report.Fact("BLEU, beam 5", (judgement.figures["bleu"] ?? .nan).rounded(places: 2)),
          Report.Fact("chrF", (judgement.figures["chrf"] ?? .nan).rounded(places: 2)),
          Report.Fact("perplexity", (judgement.figures["perplexity"] ?? .nan).rounded(places: 2)),
        ], examples: Array(judgement.predictions.prefix(3)),
        commands: [
          "rondo predict \(folder) < sentences.txt", "rondo evaluate \(folder) --beam 5",
          "rondo resume \(folder)",
        ], forcing: teacherForcing
      ).report)
  }
}
