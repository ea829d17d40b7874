/// Learns a WordPiece vocabulary from counted words, as Hugging Face's trainer does.
///
/// It learns byte-pair merges of characters and keeps the tokens. Where several pairs are equally
/// frequent, that library's choice depends on the order of a hash table; here it depends on the
/// order in which words were counted, and is the same every time.
///
/// - Source: Schuster and Nakajima, Japanese and Korean Voice Search, 2012; merging by frequency
///   is what Hugging Face's tokenizers does in its stead.
public struct WordPieceTrainer: Sendable {
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
  public init(
    vocabularySize: Int, minimumCount: Int = 0,
    specialTokens: [SpecialToken] = bertSpecialTokens, continuingPrefix: String = "##",
    initialAlphabet: Set<Unicode.Scalar> = [], alphabetLimit: Int? = nil
  ) {
    self.vocabularySize = vocabularySize
    self.minimumCount = minimumCount
    self.specialTokens = specialTokens
    self.continuingPrefix = continuingPrefix
    self.initialAlphabet = initialAlphabet
    self.alphabetLimit = alphabetLimit
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
    on words: WordCounts, observer: ((TrainingProgress) -> Void)? = nil,
    witness: ((TrainedMerge) -> Void)? = nil
  ) throws(RondoTextError) -> Training {
    guard let unknown = specialTokens.first else {
      throw .untrainable(reason: "word pieces need a token for unknown words; name one first")
    }
    let pairs = BytePairTrainer(
      vocabularySize: vocabularySize, minimumCount: minimumCount, specialTokens: specialTokens,
      units: .characters(CharacterUnits(continuingPrefix: continuingPrefix)),
      initialAlphabet: initialAlphabet, alphabetLimit: alphabetLimit)
    let training = try pairs.train(on: words, observer: observer, witness: witness)
    return Training(
      model: try WordPieceModel(
        vocabulary: training.model.vocabulary, unknownToken: unknown.text,
        continuingPrefix: continuingPrefix),
      report: training.report)
  }
}
