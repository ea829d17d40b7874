import RondoData
import Testing

@Suite struct CopyMemoryTests {
  @Test("The symbols come first, the signal after the silence, and the answer last")
  func layout() {
    let task = CopyMemory(count: 3, delay: 4, symbolCount: 8, firstID: 4)
    for example in task.examples(100, seed: 1) {
      let symbols = Array(example.source.prefix(3))
      #expect(symbols.allSatisfy { (6..<14).contains($0) })
      #expect(example.source == symbols + [4, 4, 4, 5, 4, 4, 4])
      #expect(example.target == [4, 4, 4, 4, 4, 4, 4] + symbols)
    }
    #expect(task.vocabularySize == 14)
  }

  @Test("The loss without memory is K ln n over T + 2 K")
  func baseline() {
    // 10 · ln 8 / 120, as in the paper's figure for T = 100.
    #expect(abs(CopyMemory(delay: 100).memorylessLoss - 0.173_286_795_139_986) < 1e-12)
  }

  @Test("No held-out symbols are ever trained on")
  func parts() {
    let task = CopyMemory(count: 5, delay: 10)
    let heldOut = Set(task.examples(300, .heldOut, seed: 1).map(\.source))
    #expect(heldOut.isDisjoint(with: task.examples(3000, seed: 1).map(\.source)))
  }
}
