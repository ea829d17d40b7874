import Foundation
import Rondo
import Testing

/// The code in the comments of the sources, as it stands there.
@Suite(.serialized) struct CommentTests {
  @Test("Every line of Swift in the comments of the sources is compiled here") func compiled()
    throws
  {
    var count = 0
    for name in try SampleCode.files(under: "Sources", endingIn: ".swift") {
      let comments = try SampleCode.text(of: name).split(separator: "\n")
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("///") }
        .map { $0.dropFirst(3).trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
      count += SampleCode.blocks(of: comments).count
      try SampleCode.expectCompiled(comments, in: #filePath, as: name)
    }
    #expect(count >= 17)
  }

  @Test("Figures are made of numbers and words") func figures() {
    let (training, validation) = ([3.0, 2.0, 1.5], [3.5, 2.5, 2.25])
    let chart = LineChart(
      "Loss", xName: "Epoch", yName: "Loss (nats per token)",
      series: [.init("training", y: training), .init("validation", y: validation)])
    #expect(chart.series.map(\.y) == [training, validation])
    let lossChart = chart
    let report = Report(
      "Number words", subtitle: "English to German",
      parts: [
        .highlights([.init("exact match", "99.4 %")]),
        .heading("Training"),
        .figure(lossChart, caption: "The loss falls quickly, then slowly."),
      ])
    #expect(report.html.contains("99.4 %") && report.html.contains("<svg"))
    bars()
    map()
    pieces()
  }

  private func bars() {
    let chart = BarChart(
      "Time per step", categories: ["GRU", "LSTM"], yName: "ms",
      series: [.init("Rondo", [4.1, 5.0]), .init("PyTorch", [6.3, 7.9])])
    #expect(chart.svg.contains("PyTorch"))
  }

  private func map() {
    let (source, target, weights) = (
      ["five", "twenty"], ["fünf", "zwanzig"], [[0.9, 0.1], [0, 1]]
    )
    let map = HeatMap(
      "Attention", values: weights, rows: target, columns: source, rowName: "Target (German)",
      columnName: "Source (English)")
    #expect(map.svg.contains("zwanzig"))
  }

  private func pieces() {
    let strip = PieceStrip(
      "Two tokenizers",
      rows: [.init("GPT-2", ["Hello", ",", " world"]), .init("BERT", ["hello", ",", "world"])])
    #expect(strip.svg.contains("BERT"))
  }

  @Test("Scores add up text by text") func scores() {
    var bleu = BLEU(isLowercased: true)
    bleu.add("the cat sat on the mat", reference: "The cat sat on a mat.")
    print(bleu.details, bleu.signature)
    #expect(bleu.signature.contains("case:lc"))

    let (tokenizer, lines) = (Tokenizer.words(from: ["to be or not to be"]), ["to be"])
    var measurement = TokenizerMeasurement(of: tokenizer)
    for line in lines { measurement.add(line) }
    print(measurement.fertility, measurement.unknownRate)
    #expect(measurement.fertility == 1 && measurement.unknownRate == 0)

    let generated = tokenizer.encode("not to be")
    var decoder = StreamingDecoder(tokenizer)
    for id in generated { print(decoder.decode(id), terminator: "") }
    print(decoder.finish())
  }

  @Test("Tensors, layers, batches and decoders go together") func models() {
    let x = Tensor([-3, 0.5, 3] as [Float], shape: [3])
    let hardTanh = Operation("aten::hardtanh")
    let y = hardTanh(x, -2.0, 2.0)
    #expect(y.scalars == [-2, 0.5, 2])

    let gru = GRU(inputSize: 8, hiddenSize: 16) {
      GRUCell(inputSize: $0, hiddenSize: $1, reset: .beforeProduct)
    }
    #expect(gru(Tensor(uniform: -1..<1, shape: [2, 3, 8])).sequence.shape == [2, 3, 16])

    let examples = [ParallelExample(source: [4, 5], target: [5, 4])]
    let frame = FrameIDs(padding: 0, start: 2, end: 3)
    let batches = Batches(
      examples, size: .tokens(4096), order: .shuffled(seed: 42), frame: frame)
    for epoch in 0..<10 {
      for batch in batches.epoch(epoch) { print(batch.source.shape) }
    }

    let model = Seq2Seq(
      sourceVocabularySize: 6, targetVocabularySize: 6, embeddingSize: 4, hiddenSize: 4)
    let (source, lengths) = (Tensor(ids: [4, 5, 5, 0], shape: [2, 2]), [2, 1])
    let decoder = GreedyDecoder(
      maximumLength: 80, endID: frame.end, bannedIDs: [frame.padding, frame.start])
    let starts = Tensor(
      ids: Array(repeating: frame.start, count: lengths.count), shape: [lengths.count])
    let hypotheses = decoder(model, after: starts, from: model.encode(source, lengths: lengths))
    #expect(hypotheses.count == 2)
  }

  /// Trains without end, and is compiled only.
  private func train(_ model: Seq2Seq, on batches: Batches) throws {
    let trainer = Trainer(optimizer: AdamW(model.parameters, learningRate: 1e-3))
    try trainer.run(
      on: { epoch, start in batches.epoch(epoch, from: start) },
      loss: { batch, step in model.loss(on: batch, padding: 0, step: step) })
  }

  /// Reads and writes files of the reader, and is compiled only.
  private func read() throws {
    let corpus = Corpus.parallel("train.de", "train.en")
    let contents = try corpus.read()
    print(contents.records.count)
    let trainer = TokenizerTrainer(.byteLevelBytePair, vocabularySize: 8000)
    let text = try trainer.count(["train.en", "train.de"])
    let tokenizer = try trainer.train(on: text.words).tokenizer
    try tokenizer.write(to: "tokenizer.json")
  }

  private func compare(_ bpe: Tokenizer, _ wordPiece: Tokenizer) throws {
    let tokenizer = try Tokenizer(contentsOf: "tokenizer.json")
    let ids = tokenizer.encode("Hello, world!")
    let text = tokenizer.decode(ids)
    print(text)
    var comparison = TokenizerComparison(of: [bpe, wordPiece], stems: ["play"])
    try comparison.add("val.en")
    print(comparison.files[0].measurements[1].fertility)
  }
}
