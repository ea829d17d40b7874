import RondoLayers
import RondoModels
import RondoTensor
import RondoTestSupport
import Testing

@Suite struct Seq2SeqTests {
  /// A model small enough for every law.
  struct Case: CustomTestStringConvertible, Sendable {
    var cell = RecurrentKind.gru
    var attention: AttentionKind? = .bahdanau
    var layerCount = 1
    var isBidirectional = true
    var hasInputFeeding = false
    var hasTiedOutput = false
    var bridge: Bridge.Kind?
    var golden: String?

    var hasOptions: Bool {
      layerCount > 1 || !isBidirectional || hasInputFeeding || hasTiedOutput || bridge != nil
    }

    var testDescription: String {
      "\(cell), \(attention.map { "\($0)" } ?? "no attention"), \(layerCount) layers"
        + (isBidirectional ? ", bidirectional" : "") + (hasInputFeeding ? ", input feeding" : "")
        + (hasTiedOutput ? ", tied output" : "") + (bridge.map { ", bridge by \($0)" } ?? "")
    }

    func model(dropout: Double = 0) -> Seq2Seq {
      Seq2Seq(
        sourceVocabularySize: 9, targetVocabularySize: 11, embeddingSize: 5, hiddenSize: 6,
        encoderLayerCount: layerCount, decoderLayerCount: layerCount, cell: cell,
        isBidirectional: isBidirectional, bridge: bridge, attention: attention,
        hasInputFeeding: hasInputFeeding, hasTiedOutput: hasTiedOutput, dropout: dropout)
    }

    static let golden = [
      Case(golden: "seq2seq-gru-bahdanau"),
      Case(
        cell: .lstm, layerCount: 2, hasInputFeeding: true, golden: "seq2seq-lstm-bahdanau-feeding"),
      Case(
        cell: .lstm, attention: .luongGeneral, layerCount: 2, golden: "seq2seq-lstm-luong-general"),
      Case(
        cell: .rnn, attention: .luongGeneral, isBidirectional: false, hasInputFeeding: true,
        golden: "seq2seq-rnn-luong-general-feeding"),
      Case(attention: nil, layerCount: 2, isBidirectional: false, golden: "seq2seq-gru-plain"),
      Case(attention: .luongDot, golden: "seq2seq-gru-luong-dot"),
      Case(hasTiedOutput: true, golden: "seq2seq-gru-bahdanau-tied"),
      Case(cell: .lstm, layerCount: 2, bridge: .sum, golden: "seq2seq-lstm-bahdanau-sum"),
      Case(
        cell: .lstm, attention: .luongGeneral, hasInputFeeding: true, hasTiedOutput: true,
        bridge: .sum, golden: "seq2seq-lstm-luong-general-feeding-tied-sum"),
      Case(cell: .lstm, attention: nil, golden: "seq2seq-lstm-plain"),
      Case(attention: .luongConcat, golden: "seq2seq-gru-luong-concat"),
      Case(cell: .rnn, golden: "seq2seq-rnn-bahdanau"),
    ]

    /// Every cell with every attention and with none, and the options one or a few at a time.
    static let all =
      RecurrentKind.allCases.flatMap { cell in
        ([nil] + AttentionKind.allCases).map { Case(cell: cell, attention: $0) }
      } + golden.filter(\.hasOptions) + [
        Case(cell: .lstm, attention: .luongDot, isBidirectional: false),
        Case(attention: .luongConcat, layerCount: 2),
        Case(layerCount: 2),
        Case(hasInputFeeding: true),
        Case(cell: .lstm, attention: nil, hasInputFeeding: true),
        Case(isBidirectional: false, bridge: .projection),
      ]
  }

  static let lengths = [4, 2, 3]
  static var source: Tensor { Tensor(ids: [3, 4, 5, 6, 7, 8, 0, 0, 4, 4, 2, 0], shape: [3, 4]) }
  static var target: Tensor {
    Tensor(
      ids: [2, 5, 6, 7, 8, 2, 9, 10, 3, 0, 2, 4, 3, 0, 0], shape: [3, 5])
  }

  // MARK: - References

  @Test(
    "PyTorch computes the same scores, attention and gradients", .tags(.golden),
    arguments: Case.golden, LayerForm.allCases)
  func parity(of options: Case, form: LayerForm) throws {
    let golden = try Golden(try #require(options.golden))
    let model = options.model()
    try golden.load(into: model)
    let output = model(
      try golden.tensor("source"), lengths: try golden.tensor("lengths").ids,
      target: try golden.tensor("target"), form: form)
    try golden.expect(output.logits, equals: "logits")
    if let attention = output.attention { try golden.expect(attention, equals: "attention") }
    #expect((output.attention == nil) == (options.attention == nil))
    (output.logits * (try golden.tensor("coefficients.0"))).sum().backward()
    try golden.expectGradients(of: model)
  }

  @Test("The fused form computes what the steps compute", arguments: Case.all)
  func fusedEqualsStepwise(options: Case) {
    seedRandomness(51)
    let model = options.model()
    checkFusedEqualsStepwise(of: model) { form in
      let output = model(Self.source, lengths: Self.lengths, target: Self.target, form: form)
      return [output.logits] + (output.attention.map { [$0] } ?? [])
    }
  }

  // MARK: - Laws

  @Test("Padding of the source leaves no trace, and gets no attention", arguments: Case.all)
  func padding(options: Case) {
    seedRandomness(52)
    let model = options.model()
    let noise = Tensor(ids: Array(repeating: 7, count: 12), shape: [3, 4])
    // All rows write the same target, so that a row alone can be compared.
    checkPaddingInvariance(
      of: Self.source, noise: noise, lengths: Self.lengths, output: .rows, gradientsOf: model,
      within: 2e-6
    ) { source, lengths in
      let target = Self.target.narrowed(axis: 0, from: 0, count: 1)
        .broadcast(to: [lengths.count, 5])
      let output = model(source, lengths: lengths, target: target)
      for (row, length) in lengths.enumerated() where length < source.shape[1] {
        let weights = output.attention?[row, 0..., length...].scalars ?? []
        #expect(weights.allSatisfy { $0 == 0 })
      }
      return output.logits
    }
  }

  @Test("The scores of a position depend on no later target token", arguments: Case.all)
  func causality(options: Case) {
    seedRandomness(53)
    let model = options.model()
    let other = Tensor(ids: [2, 7, 7, 9, 9, 2, 7, 7, 9, 9, 2, 7, 7, 9, 9], shape: [3, 5])
    checkCausality(of: Self.target, other: other) {
      model(Self.source, lengths: Self.lengths, target: $0).logits
    }
  }

  @Test("The rows of a batch know nothing of one another", arguments: Case.all)
  func rows(options: Case) {
    seedRandomness(54)
    let model = options.model()
    checkRowIndependence(rowCount: 3) { rows in
      model(
        Self.source.selecting(rows, axis: 0), lengths: rows.ids.map { Self.lengths[$0] },
        target: Self.target.selecting(rows, axis: 0)
      ).logits
    }
  }

  @Test("Scores depend on the source", arguments: Case.all)
  func sourceMatters(options: Case) {
    seedRandomness(55)
    let model = options.model()
    let other = Tensor(ids: [1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0], shape: [3, 4])
    let first = model(Self.source, lengths: Self.lengths, target: Self.target).logits
    let second = model(other, lengths: Self.lengths, target: Self.target).logits
    for row in 0..<3 { expectDifferent(first[row], second[row]) }
  }

  @Test("Every parameter learns, whatever is fed", arguments: Case.all)
  func everyParameterLearns(options: Case) {
    seedRandomness(56)
    let model = options.model()
    for coins in [nil, Tensor(repeating: 0, shape: [3, 5], type: .bool)] {
      let output = model(Self.source, lengths: Self.lengths, target: Self.target, coins: coins)
      output.logits.reshaped(15, 11).crossEntropy(Self.target.reshaped(-1)).backward()
      for named in model.parameters {
        let gradient = named.parameter.gradient
        #expect(gradient?.scalars.contains { $0 != 0 } == true, "\(named.path)")
        named.parameter.clearGradient()
      }
    }
  }

  @Test("Dropout is for training", arguments: [Case(), Case(cell: .lstm, layerCount: 2)])
  func dropout(options: Case) {
    seedRandomness(57)
    let model = options.model(dropout: 0.3)
    checkDropoutIsForTraining {
      model(Self.source, lengths: Self.lengths, target: Self.target).logits
    }
  }

  // MARK: - Inventories

  @Test("Parameters are named by their place in the model")
  func paths() {
    let model = Case(cell: .lstm, layerCount: 2).model()
    func cell(_ place: String) -> [String] {
      ["inputWeight", "hiddenWeight", "inputBias", "hiddenBias"].map { "\(place).\($0)" }
    }
    var expected = ["encoder.embedding.weight"]
    for place in ["0.forward", "0.backward", "1.forward", "1.backward"] {
      expected += cell("encoder.network.cells.\(place)")
    }
    for index in 0..<4 {
      expected += ["bridge.projections.\(index).weight", "bridge.projections.\(index).bias"]
    }
    expected += ["decoder.embedding.weight"]
    expected += cell("decoder.network.cells.0") + cell("decoder.network.cells.1")
    expected += ["query", "key", "energy"].map { "decoder.attention.\($0).weight" }
    expected += ["decoder.readout.weight", "decoder.readout.bias"]
    expected += ["decoder.output.weight", "decoder.output.bias"]
    #expect(model.parameters.map(\.path) == expected)
  }

  @Test("The number of parameters follows from the sizes")
  func count() {
    let (e, h, v, w) = (5, 6, 11, 9)
    func gru(_ input: Int) -> Int { 3 * h * (input + h + 2) }
    let encoder = w * e + 2 * gru(e)
    let bridge = 2 * h * h + h
    let attention = h * h + h * 2 * h + h
    let readout = e * (h + 2 * h + 1)
    let output = v * (e + 1)
    let decoder = v * e + gru(e + 2 * h) + attention + readout + output
    #expect(Case().model().parameterCount == encoder + bridge + decoder)
  }

  @Test(
    "Each attention adds the parameters of its equation",
    arguments: [
      (AttentionKind.bahdanau, 3 * 6 * 12 + 6 * 6 + 6 * 12 + 6), (.luongGeneral, 6 * 12),
      (.luongConcat, 6 * 6 + 6 * 12 + 6),
    ])
  func attentionCounts(kind: AttentionKind, added: Int) {
    let plain = Case(attention: nil).model().parameterCount
    #expect(Case(attention: kind).model().parameterCount == plain + 5 * 12 + added)
  }

  @Test("A bridge is a projection where there are two directions, unless chosen otherwise")
  func bridges() {
    let plain = Case(cell: .lstm, layerCount: 2, isBidirectional: false).model()
    #expect(plain.bridge.projections.isEmpty)
    let projected = Case(cell: .lstm, layerCount: 2, isBidirectional: false, bridge: .projection)
    #expect(projected.model().parameterCount == plain.parameterCount + 4 * (6 * 6 + 6))
    let joined = Case(cell: .lstm, layerCount: 2).model()
    #expect(joined.bridge.projections.count == 4)
    let summed = Case(cell: .lstm, layerCount: 2, bridge: .sum).model()
    #expect(summed.parameterCount == joined.parameterCount - 4 * (12 * 6 + 6))
  }

  @Test("A tied output shares the decoder's embedding")
  func tiedOutput() {
    let model = Case(hasTiedOutput: true).model()
    #expect(model.decoder.output.weight === model.decoder.embedding.weight)
    #expect(model.parameterCount == Case().model().parameterCount - 11 * 5)
  }
}
