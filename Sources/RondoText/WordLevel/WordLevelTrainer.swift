/// Chooses the words of a vocabulary: the most frequent ones.
///
/// Of words that are equally frequent, the first in the order of their bytes wins a place. No more
/// are chosen than a file may hold: 2²⁰, of 64 KB each and 12 MB together.
public struct WordLevelTrainer: Sendable {
  /// The greatest size of the vocabulary, special tokens included.
  public var vocabularySize: Int
  /// How often a word must occur to be in the vocabulary.
  public var minimumCount: Int
  /// Tokens that come first in the vocabulary.
  public var specialTokens: [SpecialToken]
  /// The token that stands for words outside the vocabulary.
  public var unknownToken: SpecialToken

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - vocabularySize: The greatest size of the vocabulary, special tokens included.
  ///   - minimumCount: How often a word must occur to be in the vocabulary.
  ///   - specialTokens: Tokens that come first in the vocabulary.
  ///   - unknownToken: The token that stands for words outside the vocabulary.
  public init(
    vocabularySize: Int = .max, minimumCount: Int = 1,
    specialTokens: [SpecialToken] = Tokenizer.standardSpecialTokens,
    unknownToken: SpecialToken = .unknown
  ) {
    self.vocabularySize = vocabularySize
    self.minimumCount = minimumCount
    self.specialTokens = specialTokens
    self.unknownToken = unknownToken
  }

  /// What a trainer learned.
  public struct Training: Sendable {
    /// The model.
    public let model: WordLevelModel
    /// What it took.
    public let report: TrainingReport
  }

  /// Chooses among counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts, as a pre-tokenizer cuts them.
  ///   - observer: Hears how far the trainer is.
  /// - Returns: What was learned.
  public func train(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)? = nil
  ) -> Training {
    var report = TrainingReport()
    report.wordCount = words.count
    var stopwatch = Stopwatch()
    func tell(_ phase: String, _ completed: Int) {
      observer?(TokenizerProgress(phase: phase, completed: completed, total: words.count))
    }
    tell("sorting words", 0)
    let ranked = words.ranked
    report.note(
      memory: ranked.count * MemoryLayout<(bytes: [UInt8], count: Int)>.stride)
    report.phases.append(stopwatch.lap("sorting words"))
    tell("choosing words", 0)
    var tokens = specialTokens.map { Array($0.text.utf8) }
    let taken = Set(tokens)
    let size = min(vocabularySize, VocabularyBuilder.tokenLimit)
    var byteCount = tokens.joined().count
    for word in ranked
    where word.count >= minimumCount && word.bytes.count <= VocabularyBuilder.longestToken {
      byteCount += word.bytes.count
      guard tokens.count < size, byteCount <= VocabularyBuilder.byteLimit else { break }
      if !taken.contains(word.bytes) { tokens.append(word.bytes) }
    }
    let model = WordLevelModel(vocabulary: Vocabulary(tokens), unknownToken: unknownToken.text)
    report.phases.append(stopwatch.lap("choosing words"))
    tell("choosing words", words.count)
    return Training(model: model, report: report)
  }
}
