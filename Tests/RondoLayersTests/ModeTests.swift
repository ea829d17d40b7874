import RondoLayers
import RondoTensor
import Testing

@Suite struct ModeTests {
  @Test("An error leaves the scope with its type, and ends the mode")
  func errors() {
    struct Failure: Error {}
    let x = Tensor(repeating: 1, shape: [1000])
    do throws(Failure) {
      try withMode(.training) { () throws(Failure) in throw Failure() }
      Issue.record("the error was lost")
    } catch {
      #expect(Dropout(0.5)(x).scalars.allSatisfy { $0 == 1 })
    }
  }
}
