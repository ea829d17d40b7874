import RondoData
import RondoPlots
import RondoTensor
import RondoTraining
import Testing

@testable import RondoRecipes

@Suite(.serialized) struct TranslationReportTests {
  /// A translator that has learned nothing, and still looks somewhere.
  private func untrained() throws -> Translator {
    seedRandomness(3)
    let recipe = NumberWordsRecipe()
    let pairs = recipe.pairs(200, .training)
    let source = try recipe.tokens.sourceTokenizer.tokenizer(
      for: pairs.map(\.source), vocabularySize: 200, splitting: .words)
    let target = try recipe.tokens.targetTokenizer.tokenizer(
      for: pairs.map(\.target), vocabularySize: 200)
    let frame = FrameIDs(source: source, target: target)
    let model = Seq2SeqSettings(embeddingSize: 8, hiddenSize: 8).model(
      sourceSize: frame.sourceCount(of: source), targetSize: frame.targetCount(of: target))
    return Translator(source: source, target: target, model: model, device: .cpu, frame: frame)
  }

  @Test(
    "A map is what a model saw: its tokens, its weights, nothing on padding", arguments: [1, 3])
  func attention(beamWidth: Int) throws {
    var options = PredictionOptions()
    options.beamWidth = beamWidth
    let lines = ["six hundred seven", "eighty-two thousand four hundred seventeen"]
    let predictions = try untrained().translate(lines, options: options) { _ in }
    // Both were decoded side by side: the shorter one was padded to the longer one's length, and
    // nothing of that is left.
    let words = [
      ["six", "hundred", "seven"],
      ["eighty", "-", "two", "thousand", "four", "hundred", "seventeen"],
    ]
    for (prediction, words) in zip(predictions, words) {
      let weights = try #require(prediction.attention)
      #expect(weights.allSatisfy { $0.count == words.count })

      let map = try #require(
        HeatMap(attentionOf: prediction, sides: SideNames(from: "English", to: "German")))
      #expect(map.columns == words && map.rows == prediction.outputTokens)
      #expect(map.rowName == "Target (German)" && map.columnName == "Source (English)")
      #expect(map.values.count == map.rows.count)
      for (row, seen) in zip(map.values, weights) {
        #expect(row.map(Float.init) == seen)
        #expect(abs(row.reduce(0, +) - 1) < 1e-5)
        #expect(row.allSatisfy { $0 > 0 })
      }
      try expectFirstRowOnTop(map)
    }
  }

  @Test("A line that is too long is named and gives an empty answer; its neighbours are translated")
  func longLine() throws {
    var messages: [String] = []
    let translator = try untrained()
    let long = Array(repeating: "seven", count: Translator.longestLine + 1)
    let lines = [long.joined(separator: " "), "seven", long.dropFirst().joined(separator: " ")]
    var options = PredictionOptions()
    options.maximumLength = 5
    options.keepsAttention = false
    let answers = translator.translate(lines, options: options) { messages.append($0) }
    #expect(answers[0].output.isEmpty && answers[0].outputTokens.isEmpty)
    #expect(answers.map(\.outputTokens.count) == [0, 5, 5])
    #expect(answers.allSatisfy { !$0.isFinished && $0.attention == nil })
    #expect(
      messages == [
        "the line 'seven seven seven se…' has 2049 tokens, more than the 2048 that are translated; "
          + "it gives an empty line",
        "2 of 3 answers were cut before they ended, the first, to 'seven…', after 5 tokens; "
          + "--max-length allows up to 8192",
      ])

    // Judged, it is an empty answer, and is left out where the right answer is read.
    messages = []
    let judged = translator.judge(
      lines.map { TextPair(source: $0, target: "sieben") }, options: options, by: .spelling
    ) { messages.append($0) }
    let others = translator.judge(
      lines.dropFirst().map { TextPair(source: $0, target: "sieben") },
      options: options, by: .spelling
    ) { _ in }
    #expect(judged.predictions[0].output.isEmpty)
    #expect(
      messages == [
        "1 of 3 pairs have a side of more than 2048 tokens: loss and perplexity leave them out, "
          + "and a source that long counts as an empty answer"
      ])
    #expect(judged.figures["loss"] == others.figures["loss"])
    let none = translator.judge(
      [TextPair(source: lines[0], target: "sieben")], options: options, by: .spelling
    ) { _ in }
    #expect(none.figures["loss"] == nil && none.figures["perplexity"] == nil)
  }

  /// Expects the labels of the rows to stand below each other in the order of what was written.
  private func expectFirstRowOnTop(_ map: HeatMap) throws {
    let rows = try #require(
      map.svg.firstMatch(of: #/class="ink rows".*?</g>/#.dotMatchesNewlines()))
    let labels = rows.output.matches(of: #/ y="([0-9.]+)"[^>]*>([^<]*)</#)
    let heights = labels.compactMap { Double($0.1) }
    #expect(heights.count > 1 && heights == heights.sorted())
    #expect(labels.first.map { String($0.2) } == map.rows.first)
  }

  @Test("Without attention, or without an answer, there is no map") func noMap() {
    func prediction(_ output: [String], _ attention: [[Float]]?) -> Prediction {
      Prediction(
        input: "a", output: output.joined(), score: nil, inputTokens: ["a"], outputTokens: output,
        isFinished: true, attention: attention, alternatives: [])
    }
    #expect(HeatMap(attentionOf: prediction(["b"], nil)) == nil)
    #expect(HeatMap(attentionOf: prediction([], [[1]])) == nil)
    let map = HeatMap(attentionOf: prediction(["b"], [[1], [0.5]]))
    #expect(map?.rowName == "Output sequence" && map?.columnName == "Input sequence")
    #expect(map?.values == [[1]], "the row of the end is left out")
  }

  @Test("Examples are preferred that fit on a page, and others serve where there are none")
  func shown() {
    func prediction(_ input: String, letterCount: Int) -> Prediction {
      Prediction(
        input: input, output: "", score: nil, inputTokens: [],
        outputTokens: Array(repeating: "a", count: letterCount), isFinished: true, attention: nil,
        alternatives: [])
    }
    let recipe = NumberWordsRecipe()
    let found = recipe.shown([
      prediction("seven", letterCount: 0), prediction("eleven", letterCount: 3),
      prediction("twenty-two", letterCount: 14), prediction("six", letterCount: 90),
      prediction("forty", letterCount: 4),
    ])
    #expect(found.map(\.input) == ["twenty-two", "eleven", "six"])
  }

  @Test("A page has loss by epoch and maps with named sides") func page() throws {
    let temporary = try TemporaryFolder()
    let recipe = try tinyNumberWords(["teacherForcing=linear(from: 1, to: -5, over: 12)"])
    let run = try newRun(recipe, at: temporary.path + "/my run")
    #expect(try recipe.train(in: run) == .finished)
    let page = String(decoding: try run.folder.read("report.html"), as: UTF8.self)
    let pictures = page.matches(of: #/<svg.*?</svg>/#.dotMatchesNewlines()).map { String($0.0) }
    let loss = try #require(pictures.first { $0.contains("<title>Loss</title>") })
    #expect(loss.contains(">↑ Loss (nats per token)<") && loss.contains(">Epoch<"))
    #expect(loss.contains(#/<g class="grid"[^>]*>\s*<line/#))
    let forcing = try #require(pictures.first { $0.contains("<title>Teacher forcing</title>") })
    #expect(forcing.contains(">1.0<") && !forcing.contains(#/>[-−]\d/#), "a probability")
    #expect(page.contains("rondo evaluate &#39;\(run.folder.path)&#39; --beam 5"))
    let maps = pictures.filter { $0.contains("<desc>Heat map of ") }
    #expect(maps.count == 3)
    #expect(maps.allSatisfy { $0.contains(">Source (English) →<") })
    #expect(maps.allSatisfy { $0.contains(">Target (German) ↓<") })
    // 40 examples in batches of 8 are 5 steps an epoch.
    let chart = try run.history().lossChart
    #expect(chart.series[0].x == [12.0 / 5] && chart.series[1].x == [6.0 / 5, 12.0 / 5])
  }

  @Test("The share of unknown words is said for both sides, on the terminal and on the page")
  func unknownWords() throws {
    let temporary = try TemporaryFolder()
    var recipe = try RecipeForm.setting(
      [
        "hiddenSize=8", "embeddingSize=4", "epochCount=1", "batchTokens=60", "minimumCount=1",
      ], in: TranslationRecipe())
    recipe.data.train = [
      try temporary.write(Array(repeating: "Ein Hund läuft\ta dog runs", count: 4), to: "train.tsv")
    ]
    // One of five words read, two of six written, never occurred in training.
    recipe.data.validation = [
      try temporary.write(["ein Kater läuft\ta tom cat runs", "ein Hund\ta dog"], to: "val.tsv")
    ]
    var lines: [String] = []
    var run = try newRun(recipe, at: temporary.path + "/run")
    run.say = { lines.append($0) }
    #expect(try recipe.train(in: run) == .finished)
    #expect(lines.contains { $0.contains(" 20.0 % and 33.3 % of validation unknown,") }, "\(lines)")
    let page = String(decoding: try run.folder.read("report.html"), as: UTF8.self)
    for (side, share) in [("source", "20.0 %"), ("target", "33.3 %")] {
      let name = "unknown \(side) tokens in validation"
      let value = try #require(page.ranges(of: name).first)
      #expect(page[value.upperBound...].prefix(40).contains(share))
    }
  }

  @Test("Sides are named by language where files or fields tell it") func sides() throws {
    var recipe = TranslationRecipe()
    #expect(recipe.sides == SideNames(from: "English", to: "German"))
    recipe.data.train = ["/data/train.lc.de", "/data/train.lc.en"]
    #expect(recipe.sides == SideNames(from: "de", to: "en"))
    #expect(recipe.sides.input == "Source (de)" && recipe.sides.output == "Target (en)")
    recipe.direction = .backward
    #expect(recipe.sides == SideNames(from: "en", to: "de"))
    for files in [["source.txt", "target.txt"], ["table.tsv"]] {
      recipe.data.train = files
      #expect(recipe.sides.input == "Source" && recipe.sides.output == "Target")
    }
    (recipe.data.sourceField, recipe.data.targetField) = ("fr", "en")
    #expect(recipe.sides == SideNames(from: "en", to: "fr"))

    let backward = try RecipeForm.setting(["direction=backward"], in: NumberWordsRecipe())
    #expect(backward.sides == SideNames(from: "German", to: "English"))
    #expect(DatesRecipe().sides == SideNames())
  }
}
