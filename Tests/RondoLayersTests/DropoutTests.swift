import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct DropoutTests {
  @Test("Dropout acts while training, and nowhere else")
  func mode() {
    seedRandomness(4)
    let dropout = Dropout(0.5)
    let x = Tensor(repeating: 1, shape: [10, 10])
    checkDropoutIsForTraining { dropout(x) }
  }

  @Test("What stays is scaled so that the mean stays")
  func scale() {
    seedRandomness(5)
    let y = withMode(.training) { Dropout(0.2)(Tensor(repeating: 1, shape: [100, 100])) }
    #expect(y.scalars.allSatisfy { $0 == 0 || abs($0 - 1.25) < 1e-6 })
    let share = Double(y.scalars.count { $0 == 0 }) / 10_000
    #expect(abs(share - 0.2) < 0.02)
  }

  @Test("A rate of one is refused")
  func rate() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dropout(1)
    }
    #expect(message(of: result).contains("at least 0 and less than 1, and not 1.0"))
  }
}
