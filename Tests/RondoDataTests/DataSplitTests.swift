import RondoData
import Testing

@Suite struct DataSplitTests {
  private let examples = (0..<1003).map {
    (number: $0, label: $0 % 100 < 7 ? "rare" : "common\($0 % 3)")
  }

  private func split(seed: UInt64) -> DataSplit<Int> {
    DataSplit(Array(examples.indices), validation: 0.1, test: 0.2, seed: seed) {
      examples[$0].label
    }
  }

  @Test("Every example is in exactly one part, in the order given")
  func partition() {
    let split = split(seed: 1)
    #expect((split.training + split.validation + split.test).sorted() == Array(0..<1003))
    #expect(split.training == split.training.sorted())
    #expect(split.test == split.test.sorted())
    #expect(split.validation.count == 100 || split.validation.count == 101)
    #expect(split.test.count == 201)
    #expect(split.training.count == 702)
  }

  @Test("Every part has every class in the proportion of the whole")
  func stratification() {
    for seed in UInt64(1)...20 {
      let split = split(seed: seed)
      for label in Set(examples.map(\.label)) {
        let total = Double(examples.count { $0.label == label })
        for (part, share) in [(split.validation, 0.1), (split.test, 0.2), (split.training, 0.7)] {
          let count = part.count { examples[$0].label == label }
          #expect(abs(Double(count) - share * total) < 1.51, "\(label) \(share)")
        }
      }
    }
  }

  @Test("The same seed divides alike, another seed differently")
  func seeds() {
    #expect(split(seed: 1) == split(seed: 1))
    #expect(split(seed: 1) != split(seed: 2))
  }

  @Test("Shares of nothing and of everything are possible")
  func extremes() {
    let none = DataSplit([1, 2, 3], validation: 0, test: 0, seed: 1)
    #expect(none.training == [1, 2, 3])
    let all = DataSplit([1, 2, 3], validation: 0, test: 1, seed: 1)
    #expect(all.test == [1, 2, 3] && all.training.isEmpty)
    #expect(DataSplit([Int](), validation: 0.5, test: 0.5, seed: 1).test.isEmpty)
  }

  @Test("Shares of more than everything stop the program")
  func impossibleShares() async {
    let end = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = DataSplit([1], validation: 0.6, test: 0.6, seed: 1)
    }
    #expect(end?.said("shares of a split lie in 0...1") == true)
  }
}
