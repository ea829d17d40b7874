/// Learns a WordPiece vocabulary from counted words.
///
/// It begins with characters and merges pairs of neighbours; the tokens are what is kept. By
/// ``Score/frequency`` it does what Hugging Face's trainer does, token by token once every symbol
/// has its number: that library numbers symbols such as `##a` in the order of a hash table, which
/// differs from run to run and decides between pairs that are equally frequent. Here it is the order
/// in which words were counted, the same every time; give symbols as ``specialTokens`` to have them
/// in another. By ``Score/likelihood`` it does what the paper describes.
///
/// - Source: Schuster and Nakajima, Japanese and Korean Voice Search, 2012; merging by frequency
///   is what Hugging Face's tokenizers does in its stead.
public struct WordPieceTrainer: Sendable {
  /// Which pair is merged next.
  public enum Score: String, Hashable, Sendable, CaseIterable {
    /// The most frequent one.
    case frequency
    /// The one that raises the likelihood of the text most: `count(ab) / (count(a) · count(b))`.
    case likelihood
  }

  /// The size of the vocabulary at which training ends.
  public var vocabularySize: Int
  /// How often a pair must occur to be merged.
  public var minimumCount: Int
  /// Tokens that come first in the vocabulary; the first of them stands for unknown words.
  public var specialTokens: [SpecialToken]
  /// What begins a token that goes on with a word.
  public var continuingPrefix: String
  /// Characters that are in the vocabulary even if no word holds them.
  public var initialAlphabet: Set<Unicode.Scalar>
  /// How many different characters are kept at most, the most frequent ones.
  public var alphabetLimit: Int?
  /// Which pair is merged next.
  public var score: Score

  /// The special tokens of BERT, the unknown token first.
  public static let bertSpecialTokens = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"]
    .map { SpecialToken($0) }

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - vocabularySize: The size of the vocabulary at which training ends.
  ///   - minimumCount: How often a pair must occur to be merged.
  ///   - specialTokens: Tokens that come first in the vocabulary, the unknown token first of all.
  ///   - continuingPrefix: What begins a token that goes on with a word.
  ///   - initialAlphabet: Characters that are in the vocabulary in any case.
  ///   - alphabetLimit: How many different characters are kept at most.
  ///   - score: Which pair is merged next.
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

  /// What a trainer learned.
  public struct Training: Sendable {
    /// The model.
    public let model: WordPieceModel
    /// What it took.
    public let report: TrainingReport
  }

  /// Learns from counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts, as a pre-tokenizer cuts them.
  ///   - observer: Hears now and then how far the trainer is.
  ///   - witness: Sees each merge as it is learned.
  /// - Returns: What was learned.
  /// - Throws: ``RondoTextError`` if nothing can be learned with these settings.
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
