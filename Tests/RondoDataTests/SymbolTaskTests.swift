import RondoData
import Testing

@Suite struct SymbolTaskTests {
  @Test("Targets are the sources copied, reversed and sorted", arguments: SymbolTask.Kind.allCases)
  func targets(kind: SymbolTask.Kind) {
    let task = SymbolTask(kind, symbolCount: 10, lengths: 3...7)
    for example in task.examples(500, seed: 1) {
      let expected =
        switch kind {
        case .copy: example.source
        case .reverse: Array(example.source.reversed())
        case .sort: example.source.sorted()
        }
      #expect(example.target == expected)
      #expect(task.alignment(of: example).map { example.source[$0] } == expected)
    }
  }

  @Test("Alignment is the diagonal, the anti-diagonal, or the order of a stable sort")
  func alignment() {
    let example = ParallelExample(source: [7, 5, 7, 4], target: [])
    func order(_ kind: SymbolTask.Kind) -> [Int] {
      SymbolTask(kind, symbolCount: 4, lengths: 4...4).alignment(of: example)
    }
    #expect(order(.copy) == [0, 1, 2, 3])
    #expect(order(.reverse) == [3, 2, 1, 0])
    #expect(order(.sort) == [3, 1, 0, 2])
  }

  @Test("Every symbol and every length occurs, and none beyond", arguments: [7, 20, 50])
  func range(symbolCount: Int) {
    let task = SymbolTask(.copy, symbolCount: symbolCount, lengths: 2...9, firstID: 5)
    let examples = task.examples(1000, seed: 2)
    #expect(Set(examples.flatMap(\.source)) == Set(5..<5 + symbolCount))
    #expect(Set(examples.map(\.source.count)) == Set(2...9))
    #expect(task.vocabularySize == 5 + symbolCount)
  }

  @Test("No held-out source is ever trained on, whatever the seeds")
  func parts() {
    let task = SymbolTask(.reverse, symbolCount: 3, lengths: 4...6)
    let heldOut = Set(task.examples(60, .heldOut, seed: 1).map(\.source))
    #expect(heldOut.count == 60)
    for seed in UInt64(1)...5 {
      #expect(heldOut.isDisjoint(with: task.examples(2000, seed: seed).map(\.source)))
    }
  }

  @Test("About one example in ten is held out")
  func share() {
    let task = SymbolTask(.copy, symbolCount: 50, lengths: 8...8)
    var generator = SplitMix64(seed: 9)
    let count = (0..<5000).count { _ in
      task.part(of: task.draw(using: &generator)) == .heldOut
    }
    #expect((420...580).contains(count))
  }

  @Test("A task with too few examples stops the program instead of running for ever")
  func exhaustion() async {
    let end = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SymbolTask(.copy, symbolCount: 2, lengths: 2...2).examples(5, .heldOut, seed: 1)
    }
    #expect(end?.said("held-out examples, and 5 are asked for") == true)
  }

  @Test("As text a symbol is a word, aligned with the one it comes from") func text() {
    let task = SymbolTask(.reverse, symbolCount: 30, lengths: 3...3, firstID: 4)
    let pair = task.pair(of: ParallelExample(source: [4, 6, 30], target: [30, 6, 4]))
    #expect(pair.source == "a c a1" && pair.target == "a1 c a")
    // Bytes of the source: a 0..<1, c 2..<3, a1 4..<6; spaces come from nowhere.
    #expect(pair.alignment == [4..<6, 4..<6, nil, 2..<3, nil, 0..<1])
  }
}
