/// Learns a whole tokenizer from text: a model, and the pipeline around it.
///
/// ```swift
/// let trainer = TokenizerTrainer(.byteLevelBytePair, vocabularySize: 8000)
/// let text = try trainer.count(["train.en", "train.de"])
/// let tokenizer = try trainer.train(on: text.words).tokenizer
/// try tokenizer.write(to: "tokenizer.json")
/// ```
///
/// Files are read line by line; what stays in memory is the different words.
public struct TokenizerTrainer: Sendable {
  /// What the tokens are, and how they are learned.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Merges of characters.
    case bytePair = "bpe"
    /// Merges of bytes, which write any text without an unknown token.
    case byteLevelBytePair = "byte-bpe"
    /// Merges of characters, read from the longest token on.
    case wordPiece = "wordpiece"
    /// Merges of characters, with bytes for those outside the vocabulary, as a SentencePiece model.
    case sentencePieceBytePair = "sentencepiece-bpe"
    /// The most probable pieces.
    case unigram
    /// Whole words.
    case words
    /// Single characters.
    case characters
  }

  /// What the tokens are.
  public var kind: Kind
  /// The size of the vocabulary, which words and characters may fall short of.
  public var vocabularySize: Int
  /// How often a pair must occur to be merged, or a word to be kept.
  public var minimumCount = 1
  /// How text is cut into the pieces within which tokens are learned.
  public var splitting: Splitting
  /// The normal form that text is brought into first, if any.
  public var normalization: UnicodeNormalizer.Form?
  /// Whether accents are taken away.
  public var stripsAccents = false
  /// Whether capital letters are lowered.
  public var isLowercased = false
  /// Which pair word pieces merge next.
  public var score = WordPieceTrainer.Score.frequency
  /// Special tokens in addition to those that the kind always has.
  public var furtherSpecialTokens: [SpecialToken] = []

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - kind: What the tokens are.
  ///   - vocabularySize: The size of the vocabulary, special tokens included.
  public init(_ kind: Kind, vocabularySize: Int) {
    self.kind = kind
    self.vocabularySize = vocabularySize
    splitting = kind.splittings[0]
  }

  /// The special tokens, whose identifiers are their positions.
  public var specialTokens: [SpecialToken] {
    var tokens = kind.specialTokens
    for token in furtherSpecialTokens where !tokens.contains(token) { tokens.append(token) }
    return tokens
  }

  /// Learns from counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts, as ``count(_:observer:)`` or this trainer's
  ///     ``normalizer`` and ``preTokenizer`` make them.
  ///   - observer: Hears now and then how far the trainer is.
  ///   - witness: Sees each merge as it is learned; only byte pairs and word pieces have any.
  /// - Returns: The tokenizer, and what it took.
  /// - Throws: ``RondoTextError`` if nothing can be learned with these settings.
  public func train(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)? = nil,
    witness: ((TrainedMerge) -> Void)? = nil
  ) throws(RondoTextError) -> TrainedTokenizer {
    try check()
    guard words.count > 0 else { throw .emptyText }
    switch kind {
    case .bytePair, .byteLevelBytePair:
      let training = try bytePairTrainer.train(on: words, observer: observer, witness: witness)
      return TrainedTokenizer(tokenizer: tokenizer(of: training.model), report: training.report)
    case .wordPiece:
      let trainer = WordPieceTrainer(
        vocabularySize: vocabularySize, minimumCount: minimumCount, specialTokens: specialTokens,
        score: score)
      let training = try trainer.train(on: words, observer: observer, witness: witness)
      return TrainedTokenizer(tokenizer: tokenizer(of: training.model), report: training.report)
    case .sentencePieceBytePair:
      return try trainSentencePiece(on: words, observer: observer, witness: witness)
    case .unigram:
      return try trainUnigram(on: words, observer: observer)
    case .words, .characters:
      let trainer = WordLevelTrainer(
        vocabularySize: vocabularySize, minimumCount: minimumCount, specialTokens: specialTokens)
      let training = trainer.train(on: words, observer: observer)
      return TrainedTokenizer(tokenizer: tokenizer(of: training.model), report: training.report)
    }
  }

  /// What words are cut into before anything merges; `nil` where nothing does.
  public var units: BytePairModel.Units? {
    switch kind {
    case .byteLevelBytePair: .bytes
    case .bytePair:
      .characters(
        CharacterUnits(
          endSuffix: splitting == .metaspace ? "" : "</w>",
          unknownToken: SpecialToken.unknown.text))
    case .sentencePieceBytePair: .characters(CharacterUnits())
    case .wordPiece: .characters(CharacterUnits(continuingPrefix: "##"))
    case .unigram, .words, .characters: nil
    }
  }

  private var bytePairTrainer: BytePairTrainer {
    guard let units, units != .bytes else {
      return .byteLevel(
        vocabularySize: vocabularySize, minimumCount: minimumCount, specialTokens: specialTokens)
    }
    return BytePairTrainer(
      vocabularySize: vocabularySize, minimumCount: minimumCount, specialTokens: specialTokens,
      units: units)
  }

  /// Refuses settings that do not go together.
  func check() throws(RondoTextError) {
    guard kind.splittings.contains(splitting) else {
      let known = kind.splittings.map(\.rawValue).joined(separator: ", ")
      throw .untrainable(
        reason: "\(kind.rawValue) cannot split by \(splitting.rawValue); choose one of \(known)")
    }
    guard vocabularySize > specialTokens.count else {
      throw .untrainable(
        reason: "a vocabulary of \(vocabularySize) tokens has no room beside the "
          + "\(specialTokens.count) special ones; ask for more")
    }
    guard kind == .wordPiece || score == .frequency else {
      throw .untrainable(
        reason: "\(kind.rawValue) cannot learn by \(score.rawValue); only wordpiece merges by it")
    }
    guard kind != .sentencePieceBytePair || normalizesNothing else {
      throw .untrainable(
        reason: "\(kind.rawValue) reads text as it is; leave the normal form, lower case and "
          + "accents out, or learn unigram")
    }
    guard kind != .unigram || minimumCount <= 1 else {
      throw .untrainable(
        reason: "unigram keeps what is probable and takes no minimum count; leave it out")
    }
  }
}

/// What a ``TokenizerTrainer`` made.
public struct TrainedTokenizer: Sendable {
  /// The tokenizer.
  public let tokenizer: Tokenizer
  /// The model as a SentencePiece file, if it can be one: for ``TokenizerTrainer/Kind/unigram`` and
  /// ``TokenizerTrainer/Kind/sentencePieceBytePair``.
  ///
  /// SentencePiece puts a space before every text, the tokenizer of a unigram model only before one
  /// that does not begin with a space; of the texts that do, the file makes one more piece.
  public var sentencePieceFile: SentencePieceFile?
  /// What it took.
  public let report: TrainingReport
}
