import RondoData
import Testing

@Suite struct AddingProblemTests {
  @Test("One number of each half is marked, and the target is their sum")
  func targets() throws {
    let problem = AddingProblem(length: 11)
    for example in problem.examples(300, seed: 1) {
      let numbers = stride(from: 0, to: 22, by: 2).map { example.features[$0] }
      let marks = stride(from: 1, to: 22, by: 2).map { example.features[$0] }
      let marked = marks.indices.filter { marks[$0] == 1 }
      #expect(marks.allSatisfy { $0 == 0 || $0 == 1 })
      try #require(marked.count == 2)
      #expect(marked[0] < 5 && marked[1] >= 5)
      #expect(numbers.allSatisfy { (0..<1).contains($0) })
      #expect(example.target == numbers[marked[0]] + numbers[marked[1]])
      #expect(example.featureCount == 2)
    }
  }

  @Test("Who always answers 1 has a mean squared error of one sixth")
  func baseline() {
    let targets = AddingProblem(length: 20).examples(20_000, seed: 2).map { Double($0.target) }
    let error = targets.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / 20_000
    #expect(abs(error - 1.0 / 6) < 0.006)
  }

  @Test("No held-out sequence is ever trained on")
  func parts() {
    let problem = AddingProblem(length: 4)
    let heldOut = Set(problem.examples(300, .heldOut, seed: 1).map(\.features))
    #expect(heldOut.count == 300)
    // The same seed would draw the same sequences, were it not for the parts.
    #expect(heldOut.isDisjoint(with: problem.examples(3000, seed: 1).map(\.features)))
  }
}
