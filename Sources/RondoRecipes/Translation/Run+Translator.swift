import Foundation
import RondoCheckpoints
import RondoData
import RondoModels
import RondoText
import RondoTraining

extension Run {
  /// Sentence pairs to learn from and to be judged on.
  struct Pairs {
    let training: [[String]]
    let validation: [[String]]
  }

  private static let sourceName = "source-tokenizer.json"
  private static let targetName = "target-tokenizer.json"

  /// Reads the user's files; without any, makes number words.
  ///
  /// - Parameters:
  ///   - data: The files. Without validation files one in ten pairs is kept back.
  ///   - direction: Which side is read.
  ///   - seed: Where the random division starts.
  /// - Returns: The pairs, what is read before what is written.
  /// - Throws: What reading throws.
  func pairs(for data: DataOptions, _ direction: Direction, seed: UInt64) throws -> Pairs {
    guard !data.train.isEmpty else {
      say("no --train: learning number words, which are built in")
      let numbers = NumberWords()
      func pairs(_ count: Int, _ part: ExamplePart) -> [[String]] {
        numbers.examples(count, part, seed: seed)
          .map { direction([$0.pair.source, $0.pair.target.spaced]) }
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

  /// Makes the translator of a new run, and keeps its tokenizers; or the one that a run had.
  ///
  /// - Parameters:
  ///   - makeModel: Makes the model for two sizes of vocabulary.
  ///   - makeTokenizers: Makes the tokenizers from the training data.
  /// - Returns: The translator, with a model as it was made.
  /// - Throws: What reading and writing throw.
  func translator(
    makeModel: (Int, Int) -> Seq2Seq,
    makeTokenizers: () throws -> (source: Tokenizer, target: Tokenizer)
  ) throws -> Translator {
    if folder.keeps(Self.targetName) { return try opened(makeModel) }
    let (source, target) = try makeTokenizers()
    try folder.keep([Self.sourceName: source.json(), Self.targetName: target.json()])
    return try opened(makeModel)
  }

  /// Teaches a translator, with coins of teacher forcing and smoothed labels as the settings say.
  ///
  /// - Parameters:
  ///   - translator: The translator.
  ///   - learning: How it learns.
  ///   - batches: The batches of the training data.
  ///   - limits: When training stops, and how often it looks up.
  ///   - validate: Judges the model on data that it does not learn from.
  /// - Returns: Why training ended.
  /// - Throws: What training and writing throw.
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

  /// Opens the best model of a run.
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
