/// Selects the words of a vocabulary: the most frequent ones.
///
/// Ties between equally frequent words are broken by the order of their bytes. No more words are
/// selected than a file may contain: 2²⁰, of at most 64 KB each and 12 MB together.
public struct WordLevelTrainer: Sendable {
  /// The maximum size of the vocabulary, including special tokens.
  public var vocabularySize: Int
  /// The minimum count of a word in the vocabulary.
  public var minimumCount: Int
  /// Tokens that come first in the vocabulary.
  public var specialTokens: [SpecialToken]
  /// The unknown token, for words outside the vocabulary.
  public var unknownToken: SpecialToken

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - vocabularySize: The maximum size of the vocabulary, including special tokens.
  ///   - minimumCount: The minimum count of a word in the vocabulary.
  ///   - specialTokens: Tokens that come first in the vocabulary.
  ///   - unknownToken: The unknown token, for words outside the vocabulary.
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

  /// The result of training.
  public struct Training: Sendable {
    /// The model.
    public let model: WordLevelModel
    /// The time and memory that training took.
    public let report: TrainingReport
  }

  /// Selects the vocabulary from counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts, as a pre-tokenizer returns them.
  ///   - observer: Receives progress reports.
  /// - Returns: The trained model, with a report.
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
