/// The benefit and cost of a larger vocabulary: fewer tokens, but a larger embedding table.
public struct VocabularyCurve: Sendable {
  /// A vocabulary of one size.
  public struct Point: Sendable {
    /// The requested size.
    public let requestedSize: Int
    /// The tokenizer.
    public let tokenizer: Tokenizer
    /// The measurement on each file, in their order.
    public let measurements: [TokenizerMeasurement]
  }

  /// The kind of tokenizer that was trained.
  public let kind: TokenizerTrainer.Kind
  /// The training files.
  public let sources: [String]
  /// The files that were measured.
  public let files: [String]
  /// The vocabularies in ascending order of their sizes.
  public let points: [Point]

  /// Trains a tokenizer of each size on one text, and measures all of them on files.
  ///
  /// - Parameters:
  ///   - sizes: The sizes.
  ///   - trainer: The trainer, whose own vocabulary size is ignored.
  ///   - text: The training files.
  ///   - files: The files to measure.
  ///   - observer: Receives progress reports at intervals.
  /// - Throws: ``RondoTextError`` if a file cannot be read, or a size is impossible.
  public init(
    sizes: [Int], trainer: TokenizerTrainer, learningFrom text: [String],
    measuringOn files: [String],
    observer: ((TokenizerProgress) -> Void)? = nil
  ) throws(RondoTextError) {
    let sizes = Set(sizes).sorted()
    var trainer = trainer
    trainer.vocabularySize = sizes.last ?? trainer.vocabularySize
    let words = try trainer.count(text, observer: observer).words
    var tokenizers: [Tokenizer] = []
    for size in sizes {
      trainer.vocabularySize = size
      tokenizers.append(try trainer.train(on: words, observer: observer).tokenizer)
    }
    var comparison = TokenizerComparison(of: tokenizers)
    for file in files { try comparison.add(file, observer: observer) }
    kind = trainer.kind
    sources = text
    self.files = files
    points = sizes.indices.map { place in
      Point(
        requestedSize: sizes[place], tokenizer: tokenizers[place],
        measurements: comparison.files.map { $0.measurements[place] })
    }
  }
}
