import RondoData
import Testing

@Suite struct BracketsTests {
  @Test("Brackets balance when each is closed by its kind, the last opened first")
  func verdicts() {
    for text in ["", "()", "([])", "{}<>", "(()[{}])"] { #expect(Brackets.isBalanced(text)) }
    for text in ["(", ")", ")(", "(]", "([)]", "(()", "())", "<{>}"] {
      #expect(!Brackets.isBalanced(text))
    }
  }

  @Test("Labels tell the truth and both verdicts occur equally often")
  func labels() {
    let task = Brackets(kindCount: 3, pairCounts: 1...10)
    let examples = task.examples(2000, seed: 1)
    for example in examples {
      // Taking away adjacent pairs until none is left is another way to tell.
      var rest = example.text
      while let pair = ["()", "[]", "{}"].first(where: { rest.contains($0) }) {
        rest = rest.replacing(pair, with: "")
      }
      #expect(rest.isEmpty == example.isBalanced)
      #expect((2...20).contains(example.text.count))
      #expect(Set(example.text).isSubset(of: "()[]{}"))
    }
    #expect((900...1100).contains(examples.count(where: \.isBalanced)))
    #expect(Set(examples.map(\.text.count)) == Set(stride(from: 2, through: 20, by: 2)))
  }

  @Test("Every balanced string is equally likely")
  func uniform() {
    let task = Brackets(kindCount: 1, pairCounts: 4...4)
    var generator = SplitMix64(seed: 2)
    var counts: [String: Int] = [:]
    for _ in 0..<14_000 {
      let example = task.draw(using: &generator)
      if example.isBalanced { counts[example.text, default: 0] += 1 }
    }
    // The fourth Catalan number.
    #expect(counts.count == 14)
    #expect(counts.values.allSatisfy { (400...600).contains($0) })
  }

  @Test("Many faulty strings have as many closings as openings")
  func faults() {
    let examples = Brackets(kindCount: 2, pairCounts: 5...5).examples(2000, seed: 3)
    let faulty = examples.filter { !$0.isBalanced }
    let even = faulty.count { example in
      example.text.count { "([".contains($0) } == 5
    }
    #expect(even * 3 > faulty.count)
    #expect(even < faulty.count)
  }

  @Test("No held-out string is ever trained on")
  func parts() {
    let task = Brackets(pairCounts: 3...8)
    let heldOut = Set(task.examples(300, .heldOut, seed: 1).map(\.text))
    #expect(heldOut.isDisjoint(with: task.examples(3000, seed: 1).map(\.text)))
  }
}
