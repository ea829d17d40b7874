import Testing

@testable import RondoRecipes

@Suite struct RecipeTests {
  @Test("A figure beyond all numbers is left out, and the others are said") func infinite() throws {
    let evaluation = Evaluation(
      data: "nothing", figures: ["perplexity": .infinity, "bleu": .nan, "loss": 800],
      signatures: [], tables: [])
    #expect(evaluation.figures == ["loss": 800])
    #expect(try jsonText(of: evaluation).contains(#""loss" : 800"#))
  }
}
