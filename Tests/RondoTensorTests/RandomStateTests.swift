import Testing

@testable import RondoTensor

// One generator serves the process, so these run one after another.
@Suite(.serialized) struct RandomStateTests {
  private func draw() -> [Float] {
    Tensor(uniform: 0..<1, shape: [4]).scalars
      + Tensor(normalWithMean: 0, deviation: 1, shape: [4]).scalars
      + Tensor(repeating: 1, shape: [16]).dropout(0.5).scalars
  }

  @Test("The same seed draws the same numbers") func seeds() {
    seedRandomness(3)
    let first = draw()
    seedRandomness(3)
    #expect(draw() == first)
    seedRandomness(4)
    #expect(draw() != first)
  }

  @Test("A restored state goes on where it was read") func restoring() throws {
    seedRandomness(5)
    _ = draw()
    let state = RandomState()
    let expected = draw()
    try RandomState(bytes: state.bytes).restore()
    #expect(draw() == expected)
  }

  @Test("Bytes that are no state are refused") func damaged() {
    #expect(throws: DeviceError.foreignRandomState(.cpu)) {
      try RandomState(bytes: [1, 2, 3]).restore()
    }
  }

  @Test("A device that the machine lacks is named") func missing() {
    #expect(throws: DeviceError.missing(.cuda(99))) { try RandomState().restore(on: .cuda(99)) }
  }

  @Test("Uniform numbers stay in their range") func ranges() {
    let values = Tensor(uniform: -2..<3, shape: [10_000]).doubles
    #expect(values.allSatisfy { (-2..<3).contains($0) })
    #expect(abs(values.reduce(0, +) / 10_000 - 0.5) < 0.1)
  }
}
