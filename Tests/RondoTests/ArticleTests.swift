import Foundation
import Rondo
import RondoTestSupport
import Testing

/// The code of the articles and of the README, as it stands there.
@Suite(.serialized) struct ArticleTests {
  @Test("Every line of Swift in the articles and the README is compiled here") func compiled()
    throws
  {
    let names = try articles()
    #expect(names.count >= 4)
    for name in names.map({ "\(Self.catalog)/\($0).md" }) + ["README.md"] {
      let text = try SampleCode.text(of: name)
      #expect(!SampleCode.blocks(of: text).isEmpty, "\(name) has no code")
      try SampleCode.expectCompiled(text, in: #filePath, as: name)
    }
  }

  @Test("The contents name every article") func contents() throws {
    let contents = try SampleCode.text(of: "\(Self.catalog)/Rondo.md")
    for name in try articles() { #expect(contents.contains("- <doc:\(name)>"), "\(name)") }
  }

  private static let catalog = "Sources/Rondo/Rondo.docc"

  /// The articles by name; what the catalog is called after is its contents.
  private func articles() throws -> [String] {
    try SampleCode.files(under: Self.catalog, endingIn: ".md")
      .map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
      .filter { $0 != "Rondo" }
  }

  @Test(
    "Twenty lines teach German numbers, at least nine in ten",
    .enabled(if: isOptimized, "six hundred steps are trained in release only"))
  func readme() throws {
    let pairs = NumberWords().examples(20_000, seed: 7).map(\.pair)
    let source = Tokenizer.words(from: pairs.map(\.source))
    let target = Tokenizer.characters(from: pairs.map(\.target))
    let frame = FrameIDs(source: source, target: target)
    let examples = pairs.map {
      ParallelExample(source: source.encode($0.source), target: target.encode($0.target))
    }
    let batches = Batches(examples, size: .rows(64), order: .shuffled(seed: 7), frame: frame)

    Threads.count = 1  // a model this small is fastest on one
    seedRandomness(7)
    let model = Seq2Seq(
      sourceVocabularySize: source.vocabularySize, targetVocabularySize: target.vocabularySize,
      embeddingSize: 64, hiddenSize: 128)
    let trainer = Trainer(
      optimizer: Adam(model.parameters, learningRate: 4e-3),
      learningRate: .cosine(from: 4e-3, to: 1e-4, over: 600), clipping: .norm(1),
      limits: TrainingLimits(stepCount: 600))
    try trainer.run(
      on: { batches.epoch($0, from: $1) },
      loss: { batch, _ in model.loss(on: batch, padding: frame.padding) })

    let line = source.encode("three hundred twenty-one")
    let state = model.encode(Tensor(ids: line, shape: [1, line.count]), lengths: [line.count])
    let start = Tensor(ids: [frame.start], shape: [1])
    let decoder = GreedyDecoder(
      maximumLength: 80, endID: frame.end, bannedIDs: [frame.padding, frame.start])
    let answer = decoder(model, after: start, from: state)[0]
    print(target.decode(answer.tokens))  // dreihunderteinundzwanzig
    #expect(target.decode(answer.tokens) == "dreihunderteinundzwanzig")

    let heldOut = NumberWords().examples(200, .heldOut, seed: 7).map(\.pair)
    let rightCount = heldOut.count { pair in
      let line = source.encode(pair.source)
      let state = model.encode(Tensor(ids: line, shape: [1, line.count]), lengths: [line.count])
      return target.decode(decoder(model, after: start, from: state)[0].tokens) == pair.target
    }
    #expect(rightCount >= 180, "nine in ten numbers that were never trained on")
  }

  /// Training with somebody watching, as the first article shows it.
  private func watch(_ model: Seq2Seq, on batches: Batches, _ frame: FrameIDs) throws {
    let longer = Trainer(
      optimizer: Adam(model.parameters, learningRate: 1e-4), limits: TrainingLimits(stepCount: 100))
    var hooks = Trainer.Hooks()
    hooks.observe = { event in
      if case .progressed(let report) = event { print(report.step, report.loss) }
    }
    try longer.run(
      on: { batches.epoch($0, from: $1) },
      loss: { batch, _ in model.loss(on: batch, padding: frame.padding) }, hooks: hooks)
  }

  @Test("What comes from PyTorch works") func fromPyTorch() throws {
    let hardTanh = Operation("aten::hardtanh")
    let clipped = hardTanh(Tensor([-3, 0.5, 3] as [Float], shape: [3]), -1.0, 1.0)
    #expect(clipped.scalars == [-1, 0.5, 1])

    let path = NSTemporaryDirectory() + "rondo-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let layer = Highway(size: 8)
    try Checkpoint(of: layer).write(to: path)
    try layer.load(Checkpoint(contentsOf: path))
    #expect(
      layer.parameters.map(\.path) == [
        "gate.weight", "gate.bias", "transform.weight", "transform.bias",
      ])
  }

  @Test("Shapes are what the article says") func shapes() {
    let gru = GRU(inputSize: 16, hiddenSize: 32, layerCount: 2, isBidirectional: true)
    let x = Tensor(uniform: -1..<1, shape: [3, 5, 16])  // [B, T, E]
    let read = gru(x, lengths: [5, 2, 4])
    print(read.sequence.shape)  // [3, 5, 64], both directions side by side
    #expect(read.sequence.shape == [3, 5, 64])

    let attention = BahdanauAttention(querySize: 32, keySize: 64, attentionSize: 24)
    let mask = AttentionMask.hidingPadding(lengths: [5, 2, 4], count: 5, on: .cpu)
    let memory = attention.remember(read.sequence, mask: mask)
    let found = attention(Tensor(uniform: -1..<1, shape: [3, 32]), over: memory)
    print(found.context.shape, found.weights.shape)  // [3, 64] [3, 5]
    #expect(found.context.shape == [3, 64] && found.weights.shape == [3, 5])

    print(attention)
  }

  @Test("A tokenizer is learned, used, watched and compared") func tokenizer() throws {
    let folder = NSTemporaryDirectory() + "rondo-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (files, path) = (["\(folder)/train.en"], "\(folder)/tokenizer.json")
    try "The lower the river, the lower the flow of the lower river.\n"
      .write(toFile: files[0], atomically: false, encoding: .utf8)

    let trainer = TokenizerTrainer(.byteLevelBytePair, vocabularySize: 8000)
    let text = try trainer.count(files)
    let trained = try trainer.train(on: text.words)
    try trained.tokenizer.write(to: path)
    print(trained.report.duration, trained.report.peakMemory)

    let tokenizer = try Tokenizer(at: path)
    let ids = tokenizer.encode("The lower river")
    print(tokenizer.decode(ids))  // The lower river
    let encoding = tokenizer.encoding(of: "The lower river")
    for (piece, bytes) in zip(encoding.pieces, encoding.byteOffsets) { print(piece, bytes) }
    #expect(tokenizer.decode(ids) == "The lower river")
    #expect(encoding.ids == [1] + ids + [2])

    let typed = tokenizer.encode("<eos>")
    let allowed = tokenizer.encode("<eos>", allowing: .all)
    print(typed.count, allowed.count)  // 5 1
    #expect(typed.count == 5 && allowed == [2])

    let pairs = TokenizerTrainer(.bytePair, vocabularySize: 300)
    var watch = MergeWatch("▁lower", units: .characters(CharacterUnits()))
    let words = try pairs.count(files).words
    let learned = try pairs.train(
      on: words,
      witness: { merge in
        if watch.apply(merge) { print(watch.tokens.map { String(decoding: $0, as: UTF8.self) }) }
      })
    #expect(watch.tokens == [Array("▁lower".utf8)])

    var comparison = TokenizerComparison(of: [tokenizer, learned.tokenizer])
    for file in files { try comparison.add(file) }
    for file in comparison.files {
      print(file.path, file.measurements.map(\.fertility), file.measurements.map(\.unknownTextRate))
    }
    #expect(comparison.files[0].measurements.allSatisfy { $0.fertility == 1 })
  }
}

struct Highway: UnaryModule {
  let gate: Linear
  let transform: Linear

  init(size: Int) {
    gate = Linear(from: size, to: size)
    transform = Linear(from: size, to: size)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let open = gate(x).sigmoid()  // [B, D]
    return open * transform(x).relu() + (1 - open) * x
  }
}
