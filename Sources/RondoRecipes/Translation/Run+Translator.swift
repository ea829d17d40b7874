import Foundation
import RondoCheckpoints
import RondoData
import RondoModels
import RondoText
import RondoTraining

extension Run {
  /// Sentence pairs to learn from and to be judged on.
  struct Pairs {
    let training: [TextPair]
    let validation: [TextPair]
  }

  private static let sourceName = "source-tokenizer.json"
  private static let targetName = "target-tokenizer.json"

  /// Reads the user's files; without any, makes number words.
  ///
  /// - Parameters:
  ///   - data: The files. Without validation files one in ten pairs is kept back.
  ///   - direction: Which side is read.
  ///   - seed: The seed of the random split.
  /// - Returns: The pairs, each with the source first.
  /// - Throws: Any error of reading.
  func pairs(for data: DataOptions, _ direction: Direction, seed: UInt64) throws -> Pairs {
    guard !data.train.isEmpty else {
      say("no --train: learning number words, which are built in")
      let numbers = NumberWords()
      func pairs(_ count: Int, _ part: ExamplePart) -> [TextPair] {
        numbers.examples(count, part, seed: seed)
          .map { direction(TextPair(source: $0.pair.source, target: $0.pair.target.spaced)) }
      }
      return Pairs(training: pairs(20_000, .training), validation: pairs(500, .heldOut))
    }
    let training = try read(data.parallelCorpus(data.train)).map { direction($0) }
    guard data.validation.isEmpty else {
      let validation = try read(data.parallelCorpus(data.validation)).map { direction($0) }
      return Pairs(training: training, validation: validation)
    }
    let split = DataSplit(training, validation: 0.1, test: 0, seed: seed)
    guard !split.validation.isEmpty else {
      throw RecipeError.unfit(
        "\(data.train.joined(separator: " ")) has \(training.count) pair(s), too few to keep one in "
          + "ten back; name --validation files")
    }
    return Pairs(training: split.training, validation: split.validation)
  }

  /// Creates the translator of a new run and saves its tokenizers, or loads that of an old run.
  ///
  /// - Parameters:
  ///   - makeModel: Creates the model for two vocabulary sizes.
  ///   - makeTokenizers: Creates the tokenizers from the training data.
  /// - Returns: The translator, with initial weights.
  /// - Throws: Any error of reading and writing.
  func translator(
    makeModel: (Int, Int) -> Seq2Seq,
    makeTokenizers: () throws -> Sides<Tokenizer>
  ) throws -> Translator {
    if folder.keeps(Self.targetName) { return try opened(makeModel) }
    let tokenizers = try makeTokenizers()
    try folder.keep([
      Self.sourceName: tokenizers.source.json(), Self.targetName: tokenizers.target.json(),
    ])
    return try opened(makeModel)
  }

  /// Trains a translator, with teacher forcing and label smoothing as the settings say.
  ///
  /// - Parameters:
  ///   - translator: The translator.
  ///   - learning: The training settings.
  ///   - batches: The batches of the training data.
  ///   - limits: When training stops, and how often it reports, validates and saves.
  ///   - validate: Evaluates the model on held-out data.
  /// - Returns: Why training ended.
  /// - Throws: Any error of training and writing.
  func teach(
    _ translator: Translator, _ learning: LearningSettings, on batches: Batches,
    limits: TrainingLimits, validate: @escaping () throws -> Validation
  ) throws -> EndReason {
    let model = translator.model
    let forcing = learning.forcing
    return try run(
      learning.trainer(for: model, limits: limits), model: model, on: batches,
      loss: { batch, step in
        model.loss(
          on: batch, padding: translator.frame.padding, forcing: forcing, step: step,
          smoothing: learning.labelSmoothing)
      }, validate: validate)
  }

  /// Loads the best model of a run.
  func bestTranslator(makeModel: (Int, Int) -> Seq2Seq) throws -> Translator {
    let checkpoint = try folder.model(on: device)
    let translator = try opened(makeModel)
    try translator.model.load(checkpoint)
    return translator
  }

  private func opened(_ makeModel: (Int, Int) -> Seq2Seq) throws -> Translator {
    let source = try tokenizer(Self.sourceName)
    let target = try tokenizer(Self.targetName)
    let frame = FrameIDs(source: source, target: target)
    let model = makeModel(frame.sourceCount(of: source), frame.targetCount(of: target))
    model.move(to: device)
    return Translator(source: source, target: target, model: model, device: device, frame: frame)
  }

  private func tokenizer(_ name: String) throws -> Tokenizer {
    try Tokenizer(json: folder.read(name), file: folder.path(of: name))
  }
}

extension String {
  /// The letters with a space after each, as words of one letter.
  fileprivate var spaced: String { map(String.init).joined(separator: " ") }
}
