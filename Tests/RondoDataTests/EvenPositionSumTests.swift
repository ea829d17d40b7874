import RondoData
import Testing

@Suite struct EvenPositionSumTests {
  @Test("The answer is whether the features of the first, third, fifth … step sum above zero")
  func targets() {
    let task = EvenPositionSum(length: 5, featureCount: 3)
    let examples = task.examples(500, seed: 1)
    for example in examples {
      let steps = (0..<5).map {
        example.features[3 * $0..<3 * $0 + 3].map(Double.init).reduce(0, +)
      }
      #expect(example.target == (steps[0] + steps[2] + steps[4] > 0 ? 1 : 0))
      #expect(example.features.count == 15)
    }
    #expect((200...300).contains(examples.count { $0.target == 1 }))
    let heldOut = Set(task.examples(50, .heldOut, seed: 1).map(\.features))
    #expect(heldOut.isDisjoint(with: examples.map(\.features)))
  }
}
