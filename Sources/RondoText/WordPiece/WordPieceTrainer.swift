/// Trains a WordPiece vocabulary on counted words.
///
/// It starts from characters and merges adjacent pairs; only the tokens are kept. With
/// ``Score/frequency`` it reproduces Hugging Face's trainer token by token, given the same
/// numbering of symbols: that library numbers symbols such as `##a` in the order of a hash table,
/// which differs from run to run and decides between equally frequent pairs. Here it is the order
/// in which words were counted, the same every time; pass symbols as ``specialTokens`` to choose
/// another. With ``Score/likelihood`` it does what the paper describes.
///
/// - Source: Schuster and Nakajima, Japanese and Korean Voice Search, 2012; merging by frequency
///   instead is the choice of Hugging Face's tokenizers.
public struct WordPieceTrainer: Sendable {
  /// The score by which the next merge is selected.
  public enum Score: String, Hashable, Sendable, CaseIterable {
    /// The count of the pair.
    case frequency
    /// The gain in likelihood of the text: `count(ab) / (count(a) · count(b))`.
    case likelihood
  }

  /// The target size of the vocabulary.
  public var vocabularySize: Int
  /// The minimum count of a pair to be merged.
  public var minimumCount: Int
  /// Special tokens, which come first in the vocabulary; the first of them is the unknown token.
  public var specialTokens: [SpecialToken]
  /// The prefix of a token that continues a word.
  public var continuingPrefix: String
  /// Characters that are in the vocabulary even if they occur in no word.
  public var initialAlphabet: Set<Unicode.Scalar>
  /// The maximum number of distinct characters, the most frequent ones.
  public var alphabetLimit: Int?
  /// The score by which the next merge is selected.
  public var score: Score

  /// The special tokens of BERT, the unknown token first.
  public static let bertSpecialTokens = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"]
    .map { SpecialToken($0) }

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - vocabularySize: The target size of the vocabulary.
  ///   - minimumCount: The minimum count of a pair to be merged.
  ///   - specialTokens: The first tokens of the vocabulary, the unknown token first of all.
  ///   - continuingPrefix: The prefix of a token that continues a word.
  ///   - initialAlphabet: Characters that are in the vocabulary in any case.
  ///   - alphabetLimit: The maximum number of distinct characters.
  ///   - score: The score by which the next merge is selected.
  public init(
    vocabularySize: Int, minimumCount: Int = 0,
    specialTokens: [SpecialToken] = bertSpecialTokens, continuingPrefix: String = "##",
    initialAlphabet: Set<Unicode.Scalar> = [], alphabetLimit: Int? = nil,
    score: Score = .frequency
  ) {
    self.vocabularySize = vocabularySize
    self.minimumCount = minimumCount
    self.specialTokens = specialTokens
    self.continuingPrefix = continuingPrefix
    self.initialAlphabet = initialAlphabet
    self.alphabetLimit = alphabetLimit
    self.score = score
  }

  /// The result of training.
  public struct Training: Sendable {
    /// The model.
    public let model: WordPieceModel
    /// The time and memory that training took.
    public let report: TrainingReport
  }

  /// Trains on counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts, as a pre-tokenizer returns them.
  ///   - observer: Receives progress reports at intervals.
  ///   - witness: Receives each merge as it is learned.
  /// - Returns: The trained model, with a report.
  /// - Throws: ``RondoTextError`` if training is impossible with these settings.
  public func train(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)? = nil,
    witness: ((TrainedMerge) -> Void)? = nil
  ) throws(RondoTextError) -> Training {
    guard let unknown = specialTokens.first else {
      throw .untrainable(reason: "word pieces need a token for unknown words; name one first")
    }
    let vocabulary: Vocabulary
    let report: TrainingReport
    switch score {
    case .frequency:
      let pairs = BytePairTrainer(
        vocabularySize: vocabularySize, minimumCount: minimumCount, specialTokens: specialTokens,
        units: .characters(CharacterUnits(continuingPrefix: continuingPrefix)),
        initialAlphabet: initialAlphabet, alphabetLimit: alphabetLimit)
      let training = try pairs.train(on: words, observer: observer, witness: witness)
      (vocabulary, report) = (training.model.vocabulary, training.report)
    case .likelihood:
      let training = trainByLikelihood(on: words, observer: observer, witness: witness)
      (vocabulary, report) = (Vocabulary(training.tokens), training.report)
    }
    return Training(
      model: try WordPieceModel(
        vocabulary: vocabulary, unknownToken: unknown.text, continuingPrefix: continuingPrefix),
      report: report)
  }
}
