import Foundation
import RondoCheckpoints
import RondoTensor
import RondoTraining
import Testing

@testable import RondoRecipes

@Suite(.serialized) struct ComparisonTests {
  private let tiny = [
    "symbolCount=5", "shortest=2", "longest=7", "exampleCount=30", "heldOutCount=20",
    "batchSize=8", "stepCount=6", "validationInterval=3", "hiddenSize=8", "embeddingSize=4",
  ]

  private func plan(_ variations: [String], seeds: [UInt64] = [7]) throws -> ComparisonPlan {
    try ComparisonPlan(
      of: "symbols", settings: tiny, varying: variations.map { try Variation($0) }, seeds: seeds)
  }

  @Test("Values are separated by commas, but not within parentheses") func variation() throws {
    let text = "teacherForcing=1,linear(from: 1, to: 0, over: 9).warmingUp(over: 3),0"
    let variation = try Variation(text)
    #expect(variation.name == "teacherForcing")
    #expect(
      variation.values == ["1", "linear(from: 1, to: 0, over: 9).warmingUp(over: 3)", "0"])
    for text in ["attention", "=none", "attention=", "attention=none,", "attention=none,none"] {
      #expect(throws: RecipeError.self, "\(text)") { try Variation(text) }
    }
  }

  @Test("Every combination occurs once") func variants() throws {
    let variants = try plan(["attention=none,bahdanau", "cell=gru,lstm,rnn"]).variants
    #expect(variants.count == 6 && Set(variants).count == 6)
    #expect(variants[1].settings == ["attention=none", "cell=lstm"])
    #expect(throws: RecipeError.self) { try plan(["cell=gru,rnn", "cell=lstm,rnn"]) }
    #expect(throws: RecipeError.self) { try plan(["seed=1,2"]) }
    #expect(throws: RecipeError.self) { try plan([]) }
    #expect(throws: RecipeError.self) { try plan(["cell=gru,rnn"], seeds: [3, 3]) }
  }

  @Test("Nothing of one run is left to the next: the same settings end in the same weights")
  func freshStart() throws {
    let temporary = try TemporaryFolder()
    // Two ways to write the same number are two runs of the same training.
    let comparison = try Comparison(
      plan(["teacherForcing=0.5,0.50"], seeds: [7, 8]), at: temporary.path + "/c")
    let result = try #require(try comparison.run())
    func weights(_ index: Int) throws -> [String: [UInt8]] {
      let trial = result.trials[index]
      let folder = comparison.plan.folderName(of: trial.variant, seed: trial.seed)
      let state = try RunFolder(readingAt: "\(comparison.path)/\(folder)").lastState()
      return state.model.tensors.merging(state.optimizer.tensors) { first, _ in first }
        .mapValues { $0.withBytes { [UInt8]($0) } }
    }
    #expect(result.trials.map(\.seed) == [7, 8, 7, 8])
    #expect(try weights(0) == weights(2) && weights(1) == weights(3))
    #expect(try weights(0) != weights(1))
    let figures = result.trials.map(\.outcome.evaluation?.figures)
    #expect(figures[0] != nil && figures[0] == figures[2])
  }

  @Test("The table says the mean and the deviation over the seeds") func table() throws {
    func trial(_ value: String, _ seed: UInt64, _ exact: Double) -> ComparisonFindings.Trial {
      ComparisonFindings.Trial(
        variant: Variant(values: [value], names: ["attention"]), seed: seed, seconds: 3,
        outcome: .judged(
          evaluation: Evaluation(
            data: "", figures: ["exact": exact], signatures: [], tables: [])),
        history: TrainingHistory())
    }
    let result = ComparisonFindings(
      plan: try plan(["attention=none,luongDot"], seeds: [1, 2]),
      trials: [
        trial("none", 1, 0.25), trial("none", 2, 0.75), trial("luongDot", 1, 1),
        trial("luongDot", 2, 1),
      ])
    // √((0.25² + 0.25²) / 1) = 0.3536
    #expect(result.table.columns == ["attention", "exact", "CPU s"])
    #expect(result.table.rows[0] == ["none", "0.500 ± 0.354", "3 ± 0"])
    #expect(result.table.rows[1] == ["luongDot", "1.000 ± 0.000", "3 ± 0"])
    #expect(result.plain.runs.count == 4)
  }

  @Test("A comparison that was interrupted goes on, and ends as if it had not been")
  func interruption() throws {
    let temporary = try TemporaryFolder()
    let plan = try plan(["longest=5,6,7", "attention=none,luongDot"])
    let whole = try #require(try Comparison(plan, at: temporary.path + "/whole").run())
    #expect(whole.report.html.contains("tokenAccuracy by longest"))

    var stopped = try Comparison(plan, at: temporary.path + "/parts")
    var steps = 0
    stopped.isStopRequested = {
      steps += 1
      return steps == 10  // in the second run
    }
    #expect(try stopped.run() == nil)
    var resumed = try Comparison(plan, at: temporary.path + "/parts")
    var began: [Int] = []
    resumed.observe = { if case .began(let step, _) = $0 { began.append(step) } }
    let result = try #require(try resumed.run())
    // The first is done, the second goes on after four steps, the others begin.
    #expect(began == [4, 0, 0, 0, 0])
    #expect(
      result.trials.map(\.outcome.evaluation?.figures)
        == whole.trials.map(\.outcome.evaluation?.figures))
    #expect(throws: RecipeError.self) {
      try Comparison(self.plan(["longest=5,6"]), at: temporary.path + "/parts")
    }
    #expect(throws: RecipeError.self) { try Comparison(plan, at: temporary.path) }
  }

  @Test("A run that diverges is named, is not trained again, and the others go on")
  func divergence() throws {
    let temporary = try TemporaryFolder()
    let plan = try plan(["learningRate=0.01,1e38"], seeds: [7, 8])
    var comparison = try Comparison(plan, at: temporary.path + "/c")
    var beginnings = 0
    comparison.observe = { if case .began = $0 { beginnings += 1 } }
    let result = try #require(try comparison.run())
    #expect(result.table.columns.last == "diverged")
    #expect(result.table.rows.map { $0.last } == ["0 of 2", "2 of 2"])
    #expect(result.table.rows[1].dropFirst().dropLast(2).allSatisfy { $0 == "–" })
    #expect(result.plain.runs.map { $0.figures.isEmpty } == [false, false, true, true])
    #expect(result.plain.runs[2].divergence?.contains("training diverged") == true)
    #expect(result.report.html.contains("Runs that diverged"))

    #expect(beginnings == 4)
    #expect(try comparison.run()?.table.rows.map { $0.last } == ["0 of 2", "2 of 2"])
    #expect(beginnings == 4)
  }

  @Test("A value that does not fit is refused before anything is trained") func refusal() throws {
    let temporary = try TemporaryFolder()
    for variation in ["attention=none,luong", "longest=5,0", "hidden=3,4"] {
      #expect(throws: RecipeError.self, "\(variation)") {
        try Comparison(plan([variation]), at: temporary.path + "/x")
      }
    }
    #expect(!FileManager.default.fileExists(atPath: temporary.path + "/x"))
  }
}
