import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct LuongAttentionTests {
  static let scores: [(String, Int, LuongAttention.Score)] = [
    ("luong-dot", 4, .dot), ("luong-general", 3, .general),
    ("luong-concat", 3, .concat(attentionSize: 7)),
  ]

  private func attention(_ keySize: Int, _ score: LuongAttention.Score) -> LuongAttention {
    LuongAttention(querySize: keySize == 4 ? 4 : 5, keySize: keySize, score: score)
  }

  @Test(
    "PyTorch computes the same context, weights and gradients", .tags(.golden),
    arguments: scores)
  func parity(name: String, keySize: Int, score: LuongAttention.Score) throws {
    let golden = try Golden(name)
    let attention = attention(keySize, score)
    try golden.load(into: attention)
    try checkAttention(golden, attention) { query, keys, mask in
      attention(query, over: attention.remember(keys, mask: mask))
    }
  }

  @Test("Many queries at once find what each finds alone", arguments: scores)
  func queries(name: String, keySize: Int, score: LuongAttention.Score) {
    seedRandomness(41)
    let attention = attention(keySize, score)
    let queries = Tensor(uniform: -1..<1, shape: [2, 3, keySize == 4 ? 4 : 5])
    let memory = attention.remember(
      Tensor(uniform: -1..<1, shape: [2, 6, keySize]),
      mask: .hidingPadding(lengths: [6, 2], count: 6))
    let together = attention(queries, over: memory)
    for step in 0..<3 {
      let alone = attention(queries.selecting(step, axis: 1), over: memory)
      expectEqual(together.context[0..., step], alone.context, within: 1e-6)
      expectEqual(together.weights[0..., step], alone.weights, within: 1e-6)
    }
  }

  @Test("Padding leaves no trace, and gets no weight", arguments: scores)
  func padding(name: String, keySize: Int, score: LuongAttention.Score) {
    seedRandomness(42)
    let attention = attention(keySize, score)
    let query = Tensor(uniform: -1..<1, shape: [1, keySize == 4 ? 4 : 5])
    let shape = [3, 5, keySize]
    checkPaddingInvariance(
      of: Tensor(uniform: -1..<1, shape: shape), noise: Tensor(uniform: -9..<9, shape: shape),
      lengths: [5, 1, 3], output: .rows,
      gradientsOf: attention.parameters.isEmpty ? nil : attention
    ) { keys, lengths in
      let mask = AttentionMask.hidingPadding(lengths: lengths, count: keys.shape[1])
      let attended = attention(
        query.broadcast(to: [keys.shape[0], query.shape[1]]),
        over: attention.remember(keys, mask: mask))
      for (row, length) in lengths.enumerated() where length < keys.shape[1] {
        #expect(attended.weights[row, length...].scalars.allSatisfy { $0 == 0 })
      }
      return attended.context
    }
  }

  @Test("The forms keep the parameters that they need")
  func parameters() {
    #expect(attention(4, .dot).parameters.isEmpty)
    #expect(attention(3, .general).parameters.map(\.path) == ["key.weight"])
    #expect(
      attention(3, .concat(attentionSize: 7)).parameters.map(\.path)
        == ["query.weight", "key.weight", "energy.weight"])
  }

  @Test("The dot score refuses unequal sizes, and names the one that takes them")
  func unequalSizes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LuongAttention(querySize: 5, keySize: 10, score: .dot)
    }
    #expect(message(of: result).contains("a query of 5 with a key of 10; use .general"))
  }
}
