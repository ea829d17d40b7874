import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct EmbeddingTests {
  @Test("PyTorch looks up the same vectors, and padding gets no gradient", .tags(.golden))
  func parity() throws {
    let golden = try Golden("embedding")
    let embedding = Embedding(vocabularySize: 7, size: 4, paddingID: 0)
    try golden.load(into: embedding)
    let y = embedding(try golden.tensor("ids"))
    try golden.expect(y, equals: "y")
    (y * (try golden.tensor("coefficients.0"))).sum().backward()
    try golden.expectGradients(of: embedding)
    let gradient = try #require(embedding.weight.gradient)
    #expect(gradient.selecting(0, axis: 0).scalars.allSatisfy { $0 == 0 })
    #expect(gradient.selecting(3, axis: 0).scalars.allSatisfy { $0 != 0 })
  }

  @Test("The vector of padding is zero, and no other is")
  func paddingRow() {
    let table = Embedding(vocabularySize: 6, size: 8, paddingID: 2).weight.value
    let sizes = table.squared().sum(axis: 1).scalars
    #expect(sizes.enumerated().allSatisfy { ($0.offset == 2) == ($0.element == 0) })
  }

  @Test("Vectors begin with the deviation asked for")
  func deviation() {
    seedRandomness(2)
    let table = Embedding(vocabularySize: 500, size: 40, deviation: 0.25).weight.value
    #expect(abs(table.squared().mean().item.squareRoot() - 0.25) < 0.01)
  }
}
