import RondoData
import RondoModels
import RondoPlots
import RondoTensor
import RondoText
import RondoTraining

/// A recipe for a task with generated examples, whose right outputs and alignments are known.
///
/// The recipe defines the examples; training, evaluation and reports are the same for all such
/// tasks.
protocol GeneratedTaskRecipe: Recipe {
  /// The amounts of data and of training.
  var practice: PracticeSettings { get }
  /// The tokenizers.
  var tokens: TokenizerSettings { get }
  /// The architecture of the model.
  var network: Seq2SeqSettings { get }
  /// The training settings.
  var learning: LearningSettings { get }

  /// What the task is called in its report.
  static var names: TaskNames { get }

  /// Checks that there are enough distinct examples, and that the task's own settings are valid.
  func checkTask() throws(RecipeError)

  /// Returns examples; held-out ones never occur in training.
  func pairs(_ count: Int, _ part: ExamplePart) -> [AlignedPair]

  /// Returns the predictions whose attention is drawn.
  func shown(_ predictions: [Prediction]) -> [Prediction]
}

/// What a task is called in its report.
struct TaskNames {
  /// The name of the task.
  let title: String
  /// What is learned, and what is judged.
  let subtitle: String
  /// One example, such as "number".
  let example: String
}

extension GeneratedTaskRecipe {
  func check() throws(RecipeError) {
    try require(
      data == DataOptions(),
      "this recipe makes its own data and reads no files or fields; use 'translation' for files")
    try checkTask()
    try tokens.check()
    for problem in [practice.problem, network.problem, learning.problem] {
      if let problem { throw .unfit("\(Self.name): \(problem)") }
    }
  }

  func threadCount(available: Int) -> Int {
    ThreadPlan.threadCount(
      rows: practice.batchSize, inputSize: network.embeddingSize + 2 * network.hiddenSize,
      outputSize: 3 * network.hiddenSize, available: available)
  }

  func train(in run: Run) throws -> EndReason {
    // Held-out examples show whether the rule was learned.
    let training = pairs(practice.exampleCount, .training)
    let judges = heldOut.prefix(200).map(\.texts)

    seedRandomness(learning.seed)
    let translator = try run.translator(makeModel: network.model) {
      Sides(
        source: try tokens.sourceTokenizer.tokenizer(
          for: training.map(\.source), vocabularySize: tokens.vocabularySize, splitting: .words),
        target: try tokens.targetTokenizer.tokenizer(
          for: training.map(\.target), vocabularySize: tokens.vocabularySize, splitting: .words))
    }
    let model = translator.model
    run.say(
      "\(model.parameterCount) parameters, \(translator.source.vocabularySize) source tokens, "
        + "\(translator.target.vocabularySize) target tokens, \(Threads.count) thread(s)")

    // Batches of similar lengths, in a new order each epoch.
    let batches = Batches(
      training.map { translator.example($0.texts) },
      size: .rows(practice.batchSize), order: .shuffled(seed: learning.seed),
      frame: translator.frame, on: run.device)

    // Training, validated at intervals on 200 held-out examples with free-running decoding.
    let reason = try run.teach(
      translator, learning, on: batches,
      limits: TrainingLimits(
        stepCount: practice.stepCount, reportInterval: 25,
        validationInterval: practice.validationInterval,
        checkpointInterval: learning.checkpointInterval),
      validate: {
        let judgement = translator.judge(
          judges, options: PredictionOptions(), by: .spelling, say: run.say)
        return Validation(judgement.figures, judgedBy: "tokenAccuracy", isHigherBetter: true)
      })
    if reason != .interrupted { try draw(run, stepsPerEpoch: batches.count) }
    return reason
  }

  func evaluate(_ run: Run, options: PredictionOptions) throws -> Evaluation {
    guard options.data == nil else {
      throw RecipeError.wrongRun(
        "\(run.folder.path) is a run of \(Self.name), which makes its own data; other files are "
          + "judged by runs of 'translation'")
    }
    let judged = try judge(run, options: options.decided(beamWidth: 1))
    return Evaluation(
      data: "\(practice.heldOutCount) held-out \(Self.names.example)s", figures: judged.figures,
      signatures: judged.judgement.signatures, tables: [judged.judgement.byLength.table])
  }

  func predictor(
    _ run: Run, options: PredictionOptions
  ) throws -> ([String]) -> [Prediction] {
    let options = try options.decided(beamWidth: 1)
    let translator = try run.bestTranslator(makeModel: network.model)
    return { translator.translate($0, options: options, say: run.say) }
  }

  // MARK: - Parts

  private var heldOut: [AlignedPair] { pairs(practice.heldOutCount, .heldOut) }

  /// Evaluates the best model on all held-out examples, and its attention against their alignment.
  private func judge(
    _ run: Run, options: PredictionOptions
  ) throws -> (judgement: Translator.Judgement, figures: [String: Double]) {
    let translator = try run.bestTranslator(makeModel: network.model)
    let pairs = heldOut
    let judgement = translator.judge(
      pairs.map(\.texts), options: options, by: .spelling,
      say: run.say)
    var figures = judgement.figures
    figures["pointing"] = translator.pointingAccuracy(judgement.predictions, pairs)
    return (judgement, figures)
  }

  private func draw(_ run: Run, stepsPerEpoch: Int) throws {
    let (judgement, figures) = try judge(run, options: PredictionOptions())
    let example = Self.names.example
    var highlights = [
      Report.Fact(
        "exact match on \(practice.heldOutCount) held-out \(example)s", percent(figures["exact"]))
    ]
    if let pointing = figures["pointing"] {
      highlights.append(Report.Fact("tokens whose attention points right", percent(pointing)))
    }
    let folder = run.folder.path.shellWord
    var commands = ["rondo evaluate \(folder) --beam 5"]
    if let input = judgement.predictions.first?.input {
      commands.insert("echo \"\(input)\" | rondo predict \(folder)", at: 0)
    }
    if network.attention != nil {
      commands.append("rondo train \(Self.name) --set attention=none")
    }
    try run.draw(
      TranslationReport(
        title: Self.names.title, subtitle: Self.names.subtitle,
        settings: try run.facts(of: self), history: try run.history(),
        stepsPerEpoch: stepsPerEpoch, judgement: judgement, highlights: highlights,
        examples: shown(judgement.predictions), sides: sides, commands: commands,
        forcing: learning.teacherForcing
      ).report)
  }
}

/// Formats a share as a percentage.
func percent(_ share: Double?) -> String {
  share.map { "\(($0 * 100).rounded(places: 1)) %" } ?? "–"
}

extension AlignedPair {
  /// The two texts alone.
  fileprivate var texts: TextPair { TextPair(source: source, target: target) }
}
