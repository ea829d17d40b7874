import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct ParameterTests {
  @Test("A parameter owns its memory")
  func copies() {
    let source = Tensor([1, 2] as [Float], shape: [2])
    let (first, second) = (Parameter(source), Parameter(source))
    first.assign(Tensor([5, 6] as [Float], shape: [2]))
    #expect(first.value.scalars == [5, 6])
    #expect(second.value.scalars == [1, 2])
    #expect(source.scalars == [1, 2])
  }

  @Test("An assignment of another shape stops with both shapes")
  func wrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Parameter(repeating: 0, shape: [2, 3]).assign(Tensor(repeating: 0, shape: [3, 2]))
    }
    #expect(message(of: result).contains("shape [2, 3] cannot be assigned a tensor of [3, 2]"))
  }
}
