import Foundation
import RondoText
import RondoTraining
import Testing

@testable import RondoRecipes

@Suite(.serialized) struct AnyTokenizerTests {
  /// What makes each recipe small, and a line that it reads.
  private static let small: [String: (settings: [String], line: String)] = [
    "number-words": (["maximum=1000"] + practice, "seven hundred twelve"),
    "dates": (["firstYear=1990"] + practice, "20 July 1999"),
    "symbols": (["symbolCount=5", "longest=6"] + practice, "a c b a e d"),
    "translation": (["epochCount=1", "batchTokens=100", "minimumCount=1"], "Ein Hund läuft 7"),
  ]

  private static let practice = [
    "exampleCount=24", "heldOutCount=10", "batchSize=8", "stepCount=3", "validationInterval=3",
  ]

  static let names = allRecipes.map { $0.name }

  @Test(
    "Every recipe learns with any tokenizer", arguments: names, TokenizerTrainer.Kind.allCases)
  func kinds(name: String, kind: TokenizerTrainer.Kind) throws {
    try go(recipeType(named: name), source: kind.rawValue, target: kind.rawValue)
  }

  @Test("Every recipe learns with a tokenizer in a file, and keeps it", arguments: names)
  func file(name: String) throws {
    let temporary = try TemporaryFolder()
    let trainer = TokenizerTrainer(.sentencePieceBytePair, vocabularySize: 300)
    var words = WordCounts()
    words.add(
      lines: ["seven hundred", "July 1999", "a b c d", "läuft"], preTokenizer: trainer.preTokenizer)
    let tokenizer = try trainer.train(on: words).tokenizer
    try tokenizer.write(to: temporary.path + "/one.json")
    try tokenizer.write(to: temporary.path + "/other.json")
    try go(
      recipeType(named: name), source: temporary.path + "/one.json",
      target: temporary.path + "/other.json", expected: tokenizer)
  }

  /// Trains, judges and answers; files that are named are gone after training.
  private func go<R: Recipe>(
    _ type: R.Type, source: String, target: String, expected: Tokenizer? = nil
  ) throws {
    let (settings, line) = try #require(Self.small[R.name])
    let temporary = try TemporaryFolder()
    var recipe = try RecipeForm.setting(
      settings + [
        "hiddenSize=8", "embeddingSize=4", "sourceTokenizer=\(source)",
        "targetTokenizer=\(target)",
      ], in: R())
    if R.name == TranslationRecipe.name {
      recipe.data.train = [
        try temporary.write((0..<20).map { "Ein Hund läuft \($0)" }, to: "train.de"),
        try temporary.write((0..<20).map { "a dog runs \($0)" }, to: "train.en"),
      ]
    }
    try recipe.check()
    let run = try newRun(recipe, at: temporary.path + "/run")
    #expect(try recipe.train(in: run) == .finished)
    for path in [source, target] where expected != nil {
      try FileManager.default.removeItem(atPath: path)
    }

    // The run folder holds both tokenizers whole, and what answers is them.
    let kept = try ["source", "target"].map {
      try Tokenizer(contentsOf: run.folder.path(of: "\($0)-tokenizer.json"))
    }
    if let expected {
      for tokenizer in kept { #expect(try tokenizer.json() == expected.json()) }
    }
    let prediction = try recipe.predictor(run, options: PredictionOptions())([line])[0]
    let ids = kept[0].encode(line)
    #expect(!ids.isEmpty && prediction.inputTokens == ids.map { kept[0].token(for: $0) })
    let writable = Set((0..<kept[1].vocabularySize).map { kept[1].token(for: $0) ?? "" })
    #expect(writable.isSuperset(of: prediction.outputTokens))
    #expect(try recipe.evaluate(run, options: PredictionOptions()).figures["loss"] != nil)
  }
}
