import Foundation
import RondoTraining
import Testing

@testable import RondoRecipes

@Suite struct RecipeFormTests {
  @Test("A setting changes the hyperparameter of its name") func setting() throws {
    let recipe = try RecipeForm.setting(
      [
        "hiddenSize=32", "dropout=0.25", "cell=lstm", "attention=luongDot",
        "teacherForcing=linear(from: 1, to: 0.5, over: 90)", "data.sourceField=de",
        "data.train=a.txt,b.txt", "isLowercased=false", "patience=none", "checkpointInterval=5",
      ], in: TranslationRecipe())
    #expect(
      recipe.network.hiddenSize == 32 && recipe.network.dropout == 0.25
        && recipe.network.cell == .lstm)
    #expect(recipe.network.attention == .luongDot && !recipe.isLowercased)
    #expect(recipe.learning.teacherForcing == .linear(from: 1, to: 0.5, over: 90))
    #expect(recipe.data.sourceField == "de" && recipe.data.train == ["a.txt", "b.txt"])
    #expect(recipe.patience == nil && recipe.learning.checkpointInterval == 5)
    #expect(recipe.network.embeddingSize == TranslationRecipe().network.embeddingSize)
  }

  @Test("An attention can be switched off") func noAttention() throws {
    #expect(
      try RecipeForm.setting(["attention=none"], in: TranslationRecipe()).network.attention == nil)
  }

  @Test("An unknown name is answered with the nearest one") func unknownName() {
    #expect(
      throws: RecipeError.unknownSetting(
        "hidenSize", recipe: "translation", nearest: "hiddenSize")
    ) { try RecipeForm.setting(["hidenSize=3"], in: TranslationRecipe()) }
    #expect {
      try RecipeForm.setting(["xyz=3"], in: TranslationRecipe())
    } throws: {
      "\($0)" == "translation has no setting 'xyz'; 'rondo recipes translation' lists them"
    }
  }

  @Test(
    "A value of the wrong kind is refused with the kind that is wanted",
    arguments: [
      ("hiddenSize=big", "a whole number"), ("dropout=much", "a number"),
      ("isLowercased=perhaps", "true or false"), ("hiddenSize", "name=value"),
      ("cell=transformer", "cannot be 'transformer'; expected rnn, gru or lstm"),
      ("data.normalization=C", "expected NFC, NFD, NFKC or NFKD"),
      ("learningRate=fast", "learningRate: 'fast' is no schedule; write"),
      ("learningRate=nan", "learningRate: 'nan' is no schedule; write"),
      ("dropout=nan", "expected a number"), ("weightDecay=inf", "expected a number"),
      ("teacherForcing=1e999", "'1e999' is no schedule"), ("seed=-1", "expected a whole number"),
      ("hiddenSize=99999999999999999999", "expected a whole number from 0"),
    ])
  func wrongValue(setting: String, wanted: String) {
    #expect {
      try RecipeForm.setting([setting], in: TranslationRecipe())
    } throws: {
      $0 is RecipeError && "\($0)".contains(wanted)
    }
  }

  @Test("Every setting of every recipe is explained") func help() throws {
    for type in allRecipes {
      func names<R: Recipe>(_ type: R.Type) -> Set<String> {
        Set(RecipeForm.paths(of: R()).keys)
      }
      #expect(names(type) == Set(type.help.keys), "\(type.name)")
      #expect(type.help.values.allSatisfy { !$0.isEmpty })
    }
    #expect(Set(allRecipes.map { $0.name }).count == allRecipes.count)
  }

  @Test("A recipe is the same after its journey through JSON") func roundTrip() throws {
    func check<R: Recipe>(_ type: R.Type) throws {
      let text = try RecipeForm.text(of: R())
      let again = try JSONDecoder().decode(R.self, from: Data(text.utf8))
      #expect(try RecipeForm.text(of: again) == text)
    }
    for type in allRecipes { try check(type) }
  }

  @Test("Sizes that make no model are refused before anything is made") func unfit() {
    for setting in [
      "hiddenSize=0", "dropout=1", "clipping=norm(0)", "batchSize=-1", "maximum=5000000",
      "hiddenSize=\(Int.max)", "embeddingSize=99999999", "exampleCount=\(Int.max)",
      "encoderLayerCount=\(Int.max)", "learningRate=-1",
      "learningRate=linear(from: 1, to: -1, over: 9).perEpoch",
    ] {
      #expect(throws: RecipeError.self, "\(setting)") {
        try RecipeForm.setting([setting], in: NumberWordsRecipe()).check()
      }
    }
    for setting in ["shortest=0", "shortest=9", "longest=0", "symbolCount=1", "symbolCount=1000"] {
      #expect(throws: RecipeError.self, "\(setting)") {
        try RecipeForm.setting([setting], in: SymbolsRecipe()).check()
      }
    }
    for setting in ["firstYear=1500", "lastYear=10000", "lastYear=1899", "heldOutCount=100000"] {
      #expect(throws: RecipeError.self, "\(setting)") {
        try RecipeForm.setting([setting], in: DatesRecipe()).check()
      }
    }
    for setting in ["vocabularySize=4", "patience=0"] {
      #expect(throws: RecipeError.self, "\(setting)") {
        try RecipeForm.setting([setting], in: TranslationRecipe()).check()
      }
    }
    for setting in ["hiddenSize=4096", "learningRate=0", "patience=none"] {
      #expect(throws: Never.self, "\(setting)") {
        try RecipeForm.setting([setting], in: TranslationRecipe()).check()
      }
    }
  }

  @Test("Clipping and schedules are set as they are written") func written() throws {
    func learning(_ setting: String) throws -> LearningSettings {
      try RecipeForm.setting([setting], in: NumberWordsRecipe()).learning
    }
    #expect(try learning("seed=1").clipping == .norm(1))
    #expect(try learning("clipping=5").clipping == .norm(5))
    #expect(try learning("clipping=value(0.5)").clipping == .value(0.5))
    #expect(try learning("clipping=none").clipping == nil)
    let error = #expect(throws: RecipeError.self) { try learning("clipping=hard") }
    #expect(error?.description.contains("'hard' says no way to clip; write norm(1)") == true)

    let rate = try learning("teacherForcing=linear(from: 1, to: 0, over: 20).perEpoch")
      .forcing.rate.byStep(stepsPerEpoch: 5)
    #expect([0, 4, 5, 50, 100, 500].map { rate($0) } == [1, 1, 0.95, 0.5, 0, 0])
  }

  @Test("A list is emptied by 'none'") func emptied() throws {
    var recipe = TranslationRecipe()
    recipe.data.validation = ["a.tsv"]
    #expect(try RecipeForm.setting(["data.validation=none"], in: recipe).data.validation.isEmpty)
  }

  @Test("One file must be a table, two are parallel") func files() throws {
    let data = DataOptions()
    #expect(try data.parallelCorpus(["a", "b"]).paths == ["a", "b"])
    #expect(try data.parallelCorpus(["a.tsv"]).paths == ["a.tsv"])
    for paths in [["a.txt"], ["a.jsonl"], ["a", "b", "c"]] {
      #expect(throws: RecipeError.self, "\(paths)") { try data.parallelCorpus(paths) }
    }
    for column in ["0", "-1"] {
      var table = data
      table.targetField = column
      #expect(throws: RecipeError.self) { try table.parallelCorpus(["a.tsv"]) }
    }
  }

  @Test("A tokenizer is named by its kind or its file, and by how text is cut")
  func tokenizerNames() throws {
    let cases: [(String, TokenizerChoice)] = [
      ("unigram", .learned(.unigram)), ("characters:graphemes", .learned(.characters, .graphemes)),
      ("byte-bpe:cl100k", .learned(.byteLevelBytePair, .cl100k)),
      ("ranks.txt:o200k", .file("ranks.txt", pattern: .o200k)), ("a/b.json", .file("a/b.json")),
      ("words:cl100k", .file("words", pattern: .cl100k)), ("c:d", .file("c:d")),
    ]
    for (text, choice) in cases {
      #expect(TokenizerChoice(text) == choice && choice.text == text)
    }
    // A family is one grapheme and five scalars.
    let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"
    let lengths = try ["characters", "characters:graphemes"].map { name in
      try TokenizerChoice(name).tokenizer(for: [family], vocabularySize: 50).encode(family).count
    }
    #expect(lengths == [5, 1])
    let recipe = try RecipeForm.setting(
      ["sourceTokenizer=characters:graphemes"], in: TranslationRecipe())
    #expect(recipe.tokens.sourceTokenizer == .learned(.characters, .graphemes))
  }
}
