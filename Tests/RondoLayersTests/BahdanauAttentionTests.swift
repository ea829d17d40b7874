import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct BahdanauAttentionTests {
  @Test(
    "PyTorch computes the same context, weights and gradients", .tags(.golden),
    arguments: LayerForm.allCases)
  func parity(form: LayerForm) throws {
    let golden = try Golden("bahdanau-attention")
    let attention = BahdanauAttention(querySize: 5, keySize: 3, attentionSize: 7)
    try golden.load(into: attention)
    try checkAttention(golden, attention) { query, keys, mask in
      attention(query, over: attention.remember(keys, mask: mask), form: form)
    }
  }

  @Test(
    "The fused form computes what the equations say, with and without a mask",
    arguments: [nil, [6, 1, 0, 3]])
  func fusedEqualsStepwise(lengths: [Int]?) {
    seedRandomness(31)
    let attention = BahdanauAttention(querySize: 5, keySize: 9, attentionSize: 7)
    let query = Tensor(uniform: -1..<1, shape: [4, 5])
    let keys = Tensor(uniform: -1..<1, shape: [4, 6, 9])
    let mask = lengths.map { AttentionMask.hidingPadding(lengths: $0, count: 6) }
    checkFusedEqualsStepwise(of: attention) { form in
      let attended = attention(query, over: attention.remember(keys, mask: mask), form: form)
      return [attended.context, attended.weights]
    }
  }

  @Test(
    "Weights are exactly zero on padding and sum to one elsewhere", arguments: LayerForm.allCases)
  func weights(form: LayerForm) {
    seedRandomness(32)
    let attention = BahdanauAttention(querySize: 5, keySize: 3, attentionSize: 7)
    let mask = AttentionMask.hidingPadding(lengths: [2, 4, 0], count: 4)
    let memory = attention.remember(Tensor(uniform: -1..<1, shape: [3, 4, 3]), mask: mask)
    let attended = attention(Tensor(uniform: -1..<1, shape: [3, 5]), over: memory, form: form)
    #expect(attended.weights[0, 2...].scalars == [0, 0])
    expectEqual(attended.weights.sum(axis: 1), Tensor([1, 1, 0] as [Float], shape: [3]))
    #expect(attended.context[2].scalars == [0, 0, 0])
  }

  @Test("Padding leaves no trace", arguments: LayerForm.allCases)
  func padding(form: LayerForm) {
    seedRandomness(33)
    let attention = BahdanauAttention(querySize: 5, keySize: 3, attentionSize: 7)
    let query = Tensor(uniform: -1..<1, shape: [1, 5])
    checkPaddingInvariance(
      of: Tensor(uniform: -1..<1, shape: [3, 5, 3]),
      noise: Tensor(uniform: -9..<9, shape: [3, 5, 3]),
      lengths: [5, 1, 3], output: .rows, gradientsOf: attention
    ) { keys, lengths in
      let mask = AttentionMask.hidingPadding(lengths: lengths, count: keys.shape[1])
      return attention(
        query.broadcast(to: [keys.shape[0], 5]), over: attention.remember(keys, mask: mask),
        form: form
      ).context
    }
  }

  @Test(
    "PyTorch with a bias in the energy computes the same, and its bias learns nothing",
    .tags(.golden), arguments: LayerForm.allCases)
  func energyBias(form: LayerForm) throws {
    let golden = try Golden("bahdanau-attention-energy-bias")
    #expect(try golden.tensor("energy.bias").scalars == [1.75])
    #expect(try abs(golden.tensor("gradient.energy.bias").item) < 1e-12)
    let attention = BahdanauAttention(querySize: 5, keySize: 3, attentionSize: 7)
    attention.convert(to: .float64)
    try golden.load(into: attention)
    try checkAttention(golden, attention, within: 1e-12) { query, keys, mask in
      attention(query, over: attention.remember(keys, mask: mask), form: form)
    }
  }

  @Test(
    "A decoder of known tokens, at once and step by step",
    arguments: [nil, [6, 1, 0, 3]])
  func decoding(lengths: [Int]?) {
    struct Decoder: Module {
      let attention: BahdanauAttention
      let cell: GRUCell
    }
    seedRandomness(35)
    let decoder = Decoder(
      attention: BahdanauAttention(querySize: 5, keySize: 9, attentionSize: 7),
      cell: GRUCell(inputSize: 4 + 9, hiddenSize: 5))
    let tokens = Tensor(uniform: -1..<1, shape: [4, 3, 4])
    let start = Tensor(uniform: -1..<1, shape: [4, 5])
    let keys = Tensor(uniform: -1..<1, shape: [4, 6, 9])
    let mask = lengths.map { AttentionMask.hidingPadding(lengths: $0, count: 6) }
    checkFusedEqualsStepwise(of: decoder) { form in
      let decoded = decoder.attention.decode(
        tokens, over: decoder.attention.remember(keys, mask: mask),
        from: HiddenState(hidden: start), with: decoder.cell, form: form)
      return [decoded.hidden, decoded.attended.context, decoded.attended.weights]
    }
  }
}

/// Compares an attention with a golden file: context, weights and all gradients.
func checkAttention(
  _ golden: Golden, _ module: some Module, within tolerance: Double = 1e-5,
  _ attend: (_ query: Tensor, _ keys: Tensor, _ mask: AttentionMask) -> Attended
) throws {
  let query = try golden.tensor("query").recordingGradient()
  let keys = try golden.tensor("keys").recordingGradient()
  let attended = attend(query, keys, .hidingPadding(in: try golden.tensor("ids"), id: 0))
  try golden.expect(attended.context, equals: "context", within: tolerance)
  try golden.expect(attended.weights, equals: "weights", within: tolerance)
  let loss =
    (attended.context * (try golden.tensor("coefficients.0"))).sum()
    + (attended.weights * (try golden.tensor("coefficients.1"))).sum()
  loss.backward()
  try golden.expectGradients(of: module)
  try golden.expect(#require(query.gradient), equals: "gradient.query", within: 1e-4)
  try golden.expect(#require(keys.gradient), equals: "gradient.keys", within: 1e-4)
}
