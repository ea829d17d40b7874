/// Trains a unigram vocabulary on counted words, as SentencePiece does.
///
/// It starts from all characters and all repeated substrings, which a suffix array lists. Then it
/// estimates the probability of each piece by expectation–maximization, and prunes the pieces whose
/// loss lowers the likelihood of the text least, over and over, until few enough are left.
///
/// ```text
/// E:  c(x) = Σ over words, count · P(x in the segmentation of the word)
/// M:  log p(x) = ψ(c(x)) − ψ(Σ c)          which drives rare pieces to nothing
/// loss of x = c(x)/N · (log p(x) − log p(second best segmentation of x))
/// ```
///
/// Words are counted once, so the work depends on the number of distinct words. Unlike
/// SentencePiece, it also starts from words that are followed only by a space.
///
/// - Source: Kudo, [Subword Regularization](https://arxiv.org/abs/1804.10959), 2018, section 3.2.
public struct UnigramTrainer: Sendable {
  /// The size of the vocabulary, special pieces included.
  public var vocabularySize: Int
  /// The unknown piece, which comes first in the vocabulary.
  public var unknownPiece = "<unk>"
  /// Control pieces, which text never produces; they come next.
  public var controlPieces = ["<s>", "</s>"]
  /// The share of the text that the characters of the vocabulary must cover.
  public var characterCoverage = 0.9995
  /// The maximum number of substrings to start from.
  public var seedCount = 1_000_000
  /// The share of the pieces that survives a round of pruning.
  public var shrinkingFactor = 0.75
  /// The number of expectation–maximization steps between two rounds of pruning.
  public var estimationCount = 2
  /// The maximum length of a piece in characters, at most 60.
  public var longestPiece = 16
  /// Whether letters of different scripts, and letters and other signs, never share a piece.
  public var splitsScripts = true
  /// Whether a digit is always a piece of its own.
  public var splitsDigits = false

  /// Creates a trainer with SentencePiece's settings.
  ///
  /// - Parameter vocabularySize: The size of the vocabulary, special pieces included.
  public init(vocabularySize: Int) { self.vocabularySize = vocabularySize }

  /// Trains on counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts; each begins with U+2581 where a space came before it.
  ///   - observer: Receives progress reports at intervals.
  /// - Returns: The trained model, with a report.
  /// - Throws: ``RondoTextError`` if training is impossible with these settings.
  public func train(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)? = nil
  ) throws(RondoTextError) -> UnigramTraining {
    try checkSettings()
    var report = TrainingReport()
    report.wordCount = words.count
    var stopwatch = Stopwatch()
    observer?(TokenizerProgress(phase: "sorting suffixes", completed: 0, total: words.count))
    let corpus = UnigramCorpus(words, coverage: characterCoverage)
    let ownCount = 1 + controlPieces.count + corpus.alphabet.count
    guard corpus.wordCount > 0 else { throw .emptyText }
    guard vocabularySize >= ownCount else {
      throw .untrainable(
        reason: "the text has \(corpus.alphabet.count) different characters; with the special "
          + "pieces the vocabulary needs \(ownCount) places and has \(vocabularySize)")
    }
    let seeds = UnigramSeeds(corpus, trainer: self)
    report.phases.append(stopwatch.lap("sorting suffixes"))
    let estimator = UnigramEstimator(corpus, seeds: seeds)
    report.note(memory: corpus.byteCount + estimator.byteCount)
    report.phases.append(stopwatch.lap("listing pieces"))
    let target = Int(1.1 * Double(vocabularySize))
    let first = estimator.liveCount
    while true {
      for _ in 0..<max(1, estimationCount) { estimator.estimate() }
      observer?(
        TokenizerProgress(
          phase: "dropping pieces", completed: first - estimator.liveCount,
          total: max(first - target, first - estimator.liveCount)))
      if estimator.liveCount <= target { break }
      estimator.drop(to: max(target, Int(shrinkingFactor * Double(estimator.liveCount))))
    }
    report.phases.append(stopwatch.lap("estimating"))
    return try finish(estimator, corpus: corpus, report: report)
  }

  private func checkSettings() throws(RondoTextError) {
    try SentencePieceFile.check(vocabularySize: vocabularySize)
    guard (1...60).contains(longestPiece) else {
      throw .untrainable(reason: "pieces may have 1 to 60 characters, not \(longestPiece)")
    }
    guard shrinkingFactor > 0, shrinkingFactor < 1 else {
      throw .untrainable(
        reason: "a share between 0 and 1 of the pieces can be kept, not \(shrinkingFactor)")
    }
  }

  /// Selects the pieces of the vocabulary: all characters, and then the most probable ones.
  private func finish(
    _ estimator: UnigramEstimator, corpus: UnigramCorpus, report: TrainingReport
  ) throws(RondoTextError) -> UnigramTraining {
    var pieces: [UnigramModel.Piece] = []
    var penalty = 0.0
    for symbol in corpus.alphabet.indices {
      let bytes = corpus.spelling(ofSymbols: [UInt32(symbol) + 1])
      if estimator.scores[symbol].isFinite {
        pieces.append(UnigramModel.Piece(bytes, score: estimator.scores[symbol]))
      } else {
        // Pruned characters come last, the more frequent ones first.
        penalty += 0.0001
        pieces.append(UnigramModel.Piece(bytes, score: estimator.lowestScore - penalty))
      }
    }
    let room = vocabularySize - 1 - controlPieces.count
    let longer = estimator.liveSeeds().sorted {
      ($0.score, $1.position) > ($1.score, $0.position)
    }
    for seed in longer.prefix(max(0, room - pieces.count)) {
      pieces.append(
        UnigramModel.Piece(
          corpus.spelling(at: seed.position, count: seed.length), score: seed.score))
    }
    pieces.sort {
      $0.score != $1.score ? $0.score > $1.score : $0.bytes.lexicographicallyPrecedes($1.bytes)
    }
    var file = SentencePieceFile()
    file.pieces = [SentencePieceFile.Piece(Array(unknownPiece.utf8), kind: .unknown)]
    file.pieces += controlPieces.map { .init(Array($0.utf8), kind: .control) }
    file.pieces += pieces.map { .init($0.bytes, score: Float($0.score)) }
    file.normalizationName = "identity"
    return UnigramTraining(
      file: file, model: try UnigramModel(file, name: "the trained model"),
      logLikelihood: estimator.logLikelihood, report: report)
  }
}

/// The result of training a unigram model.
public struct UnigramTraining: Sendable {
  /// The vocabulary as a SentencePiece model without normalization; its settings may be changed
  /// before it is written.
  public var file: SentencePieceFile
  /// The model.
  public let model: UnigramModel
  /// The mean log-likelihood of a word, over all its segmentations, at the last estimation.
  public let logLikelihood: Double
  /// The time and memory that training took.
  public let report: TrainingReport
}
