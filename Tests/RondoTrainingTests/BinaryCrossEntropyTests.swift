import RondoTensor
import RondoTestSupport
import Testing

@testable import RondoTraining

@Suite(.tags(.golden)) struct BinaryCrossEntropyTests {
  @Test(
    "The loss of yes and no is PyTorch's, and so are its gradients, at large scores too",
    arguments: [1.0, 3], [true, false])
  func parity(weight: Double, countsAll: Bool) throws {
    let golden = try Golden("binary-cross-entropy")
    let logits = try golden.tensor("logits").recordingGradient()
    let loss = binaryCrossEntropy(
      logits, try golden.tensor("targets"),
      where: countsAll ? nil : try golden.tensor("counted"), positiveWeight: weight)
    loss.backward()
    let name = "\(countsAll ? "all" : "counted")-\(Int(weight))"
    try golden.expect(loss, equals: "loss-\(name)", within: 1e-5)
    try golden.expect(try #require(logits.gradient), equals: "gradient-\(name)", within: 1e-7)
  }

  @Test("What does not count leaves no trace, and nothing costs nothing") func uncounted() throws {
    let logits = Tensor([2, .infinity] as [Float], shape: [2]).recordingGradient()
    let targets = Tensor([1, 0] as [Float], shape: [2])
    let loss = binaryCrossEntropy(logits, targets, where: Tensor([true, false], shape: [2]))
    let alone = binaryCrossEntropy(
      Tensor([2] as [Float], shape: [1]), Tensor([1] as [Float], shape: [1]))
    #expect(loss.item == alone.item)
    let none = binaryCrossEntropy(logits, targets, where: Tensor([false, false], shape: [2]))
    #expect(none.item == 0)
  }
}
