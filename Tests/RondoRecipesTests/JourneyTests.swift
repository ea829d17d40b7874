import Foundation
import RondoCheckpoints
import RondoData
import RondoModels
import RondoTensor
import RondoText
import RondoTraining
import Testing

@testable import RondoRecipes

/// A folder that goes away with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "rondo-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ lines: [String], to name: String) throws -> String {
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    return "\(path)/\(name)"
  }
}

/// The smallest number translator that goes through every room.
func tinyNumberWords(_ settings: [String] = []) throws -> NumberWordsRecipe {
  try RecipeForm.setting(
    [
      "maximum=1000", "exampleCount=40", "heldOutCount=10", "batchSize=8", "stepCount=12",
      "hiddenSize=8", "embeddingSize=4", "validationInterval=6", "dropout=0.2",
      "teacherForcing=linear(from: 1, to: 0.5, over: 12)",
    ] + settings, in: NumberWordsRecipe())
}

func newRun(
  _ recipe: some Recipe, at path: String, threads: Int = 1, on device: Device = .cpu
) throws -> Run {
  Threads.count = threads
  let description = RunDescription(
    recipe: type(of: recipe).name, threadCount: threads, device: device)
  let folder = try RunFolder.create(
    description, at: path, files: ["recipe.json": Array(try RecipeForm.text(of: recipe).utf8)])
  return Run(folder: folder, device: device)
}

@Suite(.serialized) struct JourneyTests {
  @Test("Number words go from nothing to a report, and can be used") func numberWords() throws {
    let temporary = try TemporaryFolder()
    let recipe = try tinyNumberWords()
    var lines: [String] = []
    var run = try newRun(recipe, at: temporary.path + "/run")
    run.say = { lines.append($0) }
    #expect(try recipe.train(in: run) == .finished)
    #expect(lines.first?.contains("parameters") == true)
    let report = String(decoding: try run.folder.read("report.html"), as: UTF8.self)
    #expect(report.contains("<svg") && report.contains("held-out"))
    #expect(report.contains(">Epoch<"))
    #expect(try run.history().validations.map(\.step) == [6, 12])

    let predict = try recipe.predictor(run, options: PredictionOptions())
    let predictions = predict(["one hundred", "", "seven hundred twelve"])
    #expect(predictions.map(\.input) == ["one hundred", "", "seven hundred twelve"])
    #expect(predictions[1].output.isEmpty && predictions[1].score == nil)
    #expect(predictions[2].inputTokens.count == 3)
    let sums = try #require(predictions[2].attention).map { $0.reduce(0, +) }
    #expect(sums.count == predictions[2].outputTokens.count)
    #expect(sums.allSatisfy { abs($0 - 1) < 1e-5 })

    let figures = try recipe.evaluate(run, options: PredictionOptions()).figures
    #expect(
      figures.keys.sorted() == [
        "chrf", "entropy", "exact", "loss", "perplexity", "pointing", "tokenAccuracy",
      ])
  }

  @Test(
    "Tasks with known answers go from nothing to a report",
    arguments: [["task=copy", "attention=luongDot"], ["task=sort", "attention=none"]])
  func symbols(settings: [String]) throws {
    let temporary = try TemporaryFolder()
    let recipe = try RecipeForm.setting(
      [
        "symbolCount=5", "shortest=2", "longest=7", "exampleCount=30", "heldOutCount=20",
        "batchSize=8", "stepCount=6", "validationInterval=3", "hiddenSize=8", "embeddingSize=8",
        "hasTiedOutput=true",
      ] + settings, in: SymbolsRecipe())
    try recipe.check()
    let run = try newRun(recipe, at: temporary.path + "/run")
    #expect(try recipe.train(in: run) == .finished)
    let evaluation = try recipe.evaluate(run, options: PredictionOptions())
    #expect(evaluation.data == "20 held-out sequences")
    #expect((evaluation.figures["pointing"] == nil) == settings.contains("attention=none"))
    let prediction = try recipe.predictor(run, options: PredictionOptions())(["a c b"])[0]
    #expect(prediction.inputTokens == ["a", "c", "b"])
  }

  @Test("Dates go from nothing to a report") func dates() throws {
    let temporary = try TemporaryFolder()
    let recipe = try RecipeForm.setting(
      [
        "exampleCount=30", "heldOutCount=20", "batchSize=8", "stepCount=4",
        "validationInterval=4", "hiddenSize=8", "embeddingSize=4", "firstYear=1990",
      ], in: DatesRecipe())
    try recipe.check()
    let run = try newRun(recipe, at: temporary.path + "/run")
    #expect(try recipe.train(in: run) == .finished)
    let report = String(decoding: try run.folder.read("report.html"), as: UTF8.self)
    #expect(report.contains("<svg") && report.contains("held-out dates"))
  }

  @Test("Reversing is pointed at on the anti-diagonal") func reversed() throws {
    let task = SymbolTask(.reverse, symbolCount: 9, lengths: 4...6)
    let pairs = task.examples(100, seed: 3).map(task.pair)
    let recipe = SymbolsRecipe()
    func tokenizer(_ choice: TokenizerChoice) throws -> Tokenizer {
      try choice.tokenizer(for: pairs.map(\.source), vocabularySize: 20, splitting: .words)
    }
    let translator = Translator(
      source: try tokenizer(recipe.tokens.sourceTokenizer),
      target: try tokenizer(recipe.tokens.targetTokenizer),
      model: Seq2Seq(
        sourceVocabularySize: 9, targetVocabularySize: 9, embeddingSize: 2, hiddenSize: 2),
      device: .cpu, frame: FrameIDs(padding: 0, start: 2, end: 3))
    func prediction(_ pair: AlignedPair, looksBackward: Bool) -> Prediction {
      let words = pair.source.split(separator: " ").map(String.init)
      let places = Array(looksBackward ? words.indices.reversed() : Array(words.indices))
      return Prediction(
        input: pair.source, output: pair.target, score: nil, inputTokens: words,
        outputTokens: words.reversed(), isFinished: true,
        attention: places.map { place in words.indices.map { $0 == place ? 0.6 : 0.1 } },
        alternatives: [])
    }
    let even = try #require(pairs.first { $0.source.count == 7 })
    for (looksBackward, expected) in [(true, 1.0), (false, 0.0)] {
      let found = translator.pointingAccuracy(
        [prediction(even, looksBackward: looksBackward)], [even])
      #expect(found == expected)
    }
  }

  @Test("Translation reads the user's files", arguments: ["parallel", "tsv", "jsonl"])
  func translation(format: String) throws {
    let temporary = try TemporaryFolder()
    let pairs = (0..<20).map { ("Ein Hund läuft \($0)", "a dog runs \($0)") }
    var recipe = try RecipeForm.setting(
      [
        "hiddenSize=8", "embeddingSize=4", "epochCount=1", "batchTokens=60", "minimumCount=1",
        "cell=lstm", "attention=luongConcat", "hasInputFeeding=true",
      ], in: TranslationRecipe())
    switch format {
    case "tsv":
      recipe.data.train = [
        try temporary.write(["de\ten"] + pairs.map { "\($0.0)\t\($0.1)" }, to: "train.tsv")
      ]
      (recipe.data.sourceField, recipe.data.targetField) = ("de", "en")
    case "jsonl":
      recipe.data.train = [
        try temporary.write(pairs.map { #"{"s": "\#($0.0)", "t": "\#($0.1)"}"# }, to: "t.jsonl")
      ]
      (recipe.data.sourceField, recipe.data.targetField) = ("s", "t")
    default:
      recipe.data.train = [
        try temporary.write(pairs.map(\.0), to: "train.de"),
        try temporary.write(pairs.map(\.1), to: "train.en"),
      ]
    }
    let run = try newRun(recipe, at: temporary.path + "/run")
    #expect(try recipe.train(in: run) == .finished)
    var options = PredictionOptions()
    (options.beamWidth, options.hypothesisCount) = (3, 2)
    let prediction = try recipe.predictor(run, options: options)(["Ein Hund läuft 7"])[0]
    #expect(prediction.inputTokens == ["ein", "hund", "läuft", "7"])
    #expect(prediction.alternatives.count == 1)
    #expect((prediction.score ?? 0) >= prediction.alternatives[0].score)
  }

  @Test("Pointing is judged by the tokens that the model read") func pointing() throws {
    let pairs = NumberWords().examples(200, seed: 3).map(\.pair)
    let pair = try #require(pairs.first { $0.source.contains("-") && $0.source.count < 40 })
    let recipe = NumberWordsRecipe()
    let translator = Translator(
      source: try recipe.tokens.sourceTokenizer.tokenizer(
        for: pairs.map(\.source), vocabularySize: 200, splitting: .words),
      target: try recipe.tokens.targetTokenizer.tokenizer(
        for: pairs.map(\.target), vocabularySize: 200),
      model: Seq2Seq(
        sourceVocabularySize: 9, targetVocabularySize: 9, embeddingSize: 2, hiddenSize: 2),
      device: .cpu, frame: FrameIDs(padding: 0, start: 2, end: 3))
    // The words and hyphens, cut here by hand; a letter looks at the word that it renders.
    let words = pair.source.replacing("-", with: " - ").split(separator: " ").map(String.init)
    var starts: [Int] = []
    for word in words {
      let from = pair.source.utf8.index(
        pair.source.startIndex, offsetBy: starts.last.map { $0 + 1 } ?? 0)
      let found = try #require(pair.source[from...].range(of: word))
      starts.append(pair.source.utf8.distance(from: pair.source.startIndex, to: found.lowerBound))
    }
    let gold = pair.alignment(
      toTokensAt: zip(starts, words).map { $0..<($0 + $1.utf8.count) })
    func prediction(shift: Int) -> Prediction {
      Prediction(
        input: pair.source, output: pair.target, score: nil, inputTokens: words,
        outputTokens: pair.target.map(String.init), isFinished: true,
        attention: gold.map { tokens in
          let place = ((tokens?.first ?? 0) + shift) % words.count
          return words.indices.map { $0 == place ? 1 : 0 }
        }, alternatives: [])
    }
    #expect(translator.pointingAccuracy([prediction(shift: 0)], [pair]) == 1)
    #expect(try #require(translator.pointingAccuracy([prediction(shift: 1)], [pair])) < 0.5)
  }

  @Test("A tokenizer's file serves also without padding and start, and a missing one is refused")
  func tokenizerFile() throws {
    let temporary = try TemporaryFolder()
    var trainer = BytePairTrainer.byteLevel(vocabularySize: 270, specialTokens: [])
    trainer.minimumCount = 1
    let cutter = ByteLevelPreTokenizer(addsPrefixSpace: false)
    var words = WordCounts()
    words.add(lines: ["eleven", "seven", "hundred"], preTokenizer: cutter)
    let learned = try trainer.train(on: words).model
    let path = temporary.path + "/bytes.json"
    try Tokenizer(preTokenizer: cutter, model: learned, decoder: ByteLevelDecoder())
      .write(to: path)
    let recipe = try tinyNumberWords(["sourceTokenizer=\(path)", "targetTokenizer=\(path)"])
    let run = try newRun(recipe, at: temporary.path + "/run")
    #expect(try recipe.train(in: run) == .finished)
    let wrong = try tinyNumberWords(["sourceTokenizer=wordz"])
    let error = #expect(throws: RecipeError.self) { try wrong.check() }
    #expect(error?.description.hasSuffix("did you mean 'words'?") == true)
  }

  @Test("Translation has built-in data") func builtIn() throws {
    let temporary = try TemporaryFolder()
    let run = try newRun(TranslationRecipe(), at: temporary.path + "/run")
    let pairs = try run.pairs(for: DataOptions(), .forward, seed: 3)
    #expect(pairs.training.count == 20_000 && pairs.validation.count == 500)
    #expect(
      Set(pairs.training.map { $0.source }).isDisjoint(with: pairs.validation.map { $0.source }))
  }

  @Test("Lines answered together are answered as if each were alone") func batchMates() throws {
    let temporary = try TemporaryFolder()
    let recipe = try tinyNumberWords()
    let run = try newRun(recipe, at: temporary.path + "/run")
    #expect(try recipe.train(in: run) == .finished)
    let lines = ["one", "nine hundred ninety-nine", "two hundred", "eighty-one", "six hundred one"]
    for width in [1, 3] {
      var options = PredictionOptions()
      options.beamWidth = width
      let predict = try recipe.predictor(run, options: options)
      let alone = lines.map { predict([$0])[0] }
      let together = predict(lines)
      #expect(together.map(\.output) == alone.map(\.output))
      let isClose = zip(together, alone).allSatisfy {
        abs(($0.score ?? .nan) - ($1.score ?? .nan)) < 1e-4
      }
      #expect(isClose)
    }
  }
}
