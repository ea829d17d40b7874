import Testing

@testable import RondoTensor

@Suite struct GradientsTests {
  @Test("The gradient of a square is twice the number") func square() {
    let x = Tensor([1, -3] as [Float], shape: [2]).recordingGradient()
    x.squared().sum().backward()
    #expect(x.gradient?.scalars == [2, -6])
    x.squared().sum().backward()
    #expect(x.gradient?.scalars == [4, -12], "gradients add up")
    x.clearGradient()
    #expect(x.gradient == nil)
  }

  @Test("Without gradients nothing is recorded, and the setting comes back") func scopes() {
    struct Stop: Error {}
    let x = Tensor([2] as [Float], shape: [1]).recordingGradient()
    #expect(!withoutGradients { x.squared() }.recordsGradient)
    try? withoutGradients { () throws(Stop) in throw Stop() }
    #expect(x.squared().recordsGradient)
    #expect(!x.squared().detached().recordsGradient)
  }

  @Test("A gradient can start from outside") func backwardFrom() {
    let x = Tensor([1, 2] as [Float], shape: [2]).recordingGradient()
    (x * 3).backward(from: Tensor([1, 10] as [Float], shape: [2]))
    #expect(x.gradient?.scalars == [3, 30])
  }

  @Test("Overwriting changes the place and not its history") func overwriting() {
    let place = Tensor([1] as [Float], shape: [1]).recordingGradient()
    place.overwrite(with: Tensor([5] as [Float], shape: [1]))
    #expect(place.item == 5 && place.recordsGradient)
  }
}
