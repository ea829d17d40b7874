import RondoCheckpoints
import RondoLayers
import RondoTensor
import RondoTestSupport
import Testing

/// The network of `make_checkpoints.py`.
private struct Network: Module {
  let embedding = Embedding(vocabularySize: 7, size: 3)
  let lstm = LSTM(inputSize: 3, hiddenSize: 4, layerCount: 2, isBidirectional: true)
  let gru = GRU(inputSize: 8, hiddenSize: 5)
  let output = Linear(from: 5, to: 6)

  func callAsFunction(_ ids: Tensor) -> Tensor {
    output(gru(lstm(embedding(ids)).sequence).sequence)
  }
}

@Suite struct NameMapTests {
  private let names = [
    ("encoder.cells.0.inputWeight", "encoder.weight_ih_l0"),
    ("encoder.cells.11.hiddenBias", "encoder.bias_hh_l11"),
    ("deep.cells.1.forward.hiddenWeight", "deep.weight_hh_l1"),
    ("deep.cells.1.backward.inputBias", "deep.bias_ih_l1_reverse"),
    ("deep.cells.1.backward.inputWeight", "deep.weight_ih_l1_reverse"),
    ("cells.0.inputWeight", "weight_ih_l0"),
    ("cell.hiddenBias", "cell.bias_hh"),
    ("embedding.weight", "embedding.weight"),
    ("attention.query.bias", "attention.query.bias"),
  ]

  @Test("Names of recurrent parts lead to PyTorch's and back")
  func bothWays() {
    let foreign = Set(names.map(\.1))
    for (rondo, other) in names {
      #expect(NameMap.pyTorch.foreignName(of: rondo) == other)
      #expect(NameMap.pyTorch.name(ofForeign: other, among: foreign) == rondo)
    }
  }

  @Test("A part can have another place there")
  func prefixes() {
    let map = NameMap.pyTorch.renaming("encoder.network", to: "rnn")
    #expect(
      map.foreignName(of: "encoder.network.cells.0.forward.inputWeight") == "rnn.weight_ih_l0")
    #expect(
      map.name(ofForeign: "rnn.weight_ih_l0", among: ["rnn.weight_ih_l0_reverse"])
        == "encoder.network.cells.0.forward.inputWeight")
    #expect(map.foreignName(of: "encoder.networks.weight") == "encoder.networks.weight")
  }

  @Test("Names that only resemble PyTorch's stay what they are")
  func lookalikes() {
    for name in [
      "rnn.weight_hr_l0", "a.weight_ih_l", "a.weight_ih_lx", "a.weight_ih_l01", "a.weight",
    ] {
      #expect(NameMap.pyTorch.name(ofForeign: name, among: []) == name)
    }
  }

  @Test("A network trained in PyTorch answers in Rondo as it did there", .tags(.golden))
  func answers() throws {
    let foreign = try Checkpoint(contentsOf: "\(goldenFolder)/recurrent.safetensors")
    let answers = try Checkpoint(contentsOf: "\(goldenFolder)/answers.safetensors")
    let network = Network()
    try network.load(foreign.renamed(from: .pyTorch))
    let ids = try #require(answers.tensors["ids"])
    expectEqual(network(ids), try #require(answers.tensors["output"]), within: 1e-5, "output")
    #expect(try Checkpoint(of: network).renamed(to: .pyTorch).tensors.keys == foreign.tensors.keys)
  }

  @Test("Two tensors cannot come to one name")
  func collision() {
    let one = Tensor([1] as [Float], shape: [1])
    let checkpoint = Checkpoint(["a.weight_ih_l0": one, "a.cells.0.inputWeight": one])
    #expect(throws: CheckpointError.self) { try checkpoint.renamed(from: .pyTorch) }
    let map = NameMap.pyTorch.renaming("a", to: "b")
    #expect(throws: CheckpointError.self) {
      try Checkpoint(["a.weight": one, "b.weight": one]).renamed(to: map)
    }
  }
}
