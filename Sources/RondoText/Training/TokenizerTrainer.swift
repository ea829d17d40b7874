/// Trains a whole tokenizer on text: a model, and the pipeline around it.
///
/// ```swift
/// let trainer = TokenizerTrainer(.byteLevelBytePair, vocabularySize: 8000)
/// let text = try trainer.count(["train.en", "train.de"])
/// let tokenizer = try trainer.train(on: text.words).tokenizer
/// try tokenizer.write(to: "tokenizer.json")
/// ```
///
/// Files are read line by line; only the distinct words stay in memory.
public struct TokenizerTrainer: Sendable {
  /// The kind of model, and with it the training algorithm.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Byte-pair merges of characters.
    case bytePair = "bpe"
    /// Byte-pair merges of bytes, which encode any text without an unknown token.
    case byteLevelBytePair = "byte-bpe"
    /// WordPiece: merges of characters, matched longest token first.
    case wordPiece = "wordpiece"
    /// Byte-pair merges of characters with byte fallback, as a SentencePiece model.
    case sentencePieceBytePair = "sentencepiece-bpe"
    /// A unigram language model of pieces.
    case unigram
    /// Whole words.
    case words
    /// Single characters.
    case characters
  }

  /// The kind of model.
  public var kind: Kind
  /// The target size of the vocabulary; words and characters may be fewer.
  public var vocabularySize: Int
  /// The minimum count of a pair to be merged, or of a word to be kept.
  public var minimumCount = 1
  /// How text is split into the pieces within which tokens are learned.
  public var splitting: Splitting
  /// The Unicode normalization form applied to the text, if any.
  public var normalization: UnicodeNormalizer.Form?
  /// Whether accents are removed.
  public var stripsAccents = false
  /// Whether text is lowercased.
  public var isLowercased = false
  /// The score by which WordPiece training selects the next merge.
  public var score = WordPieceTrainer.Score.frequency
  /// Whether the ends of lines are text to learn from, as Hugging Face's trainers take files.
  ///
  /// Tokens such as a full stop with a line feed are learned only then. Only byte-level byte pairs
  /// take them.
  public var keepsLineEnds = false
  /// Special tokens in addition to those of the kind.
  public var furtherSpecialTokens: [SpecialToken] = []

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - kind: The kind of model.
  ///   - vocabularySize: The size of the vocabulary, including special tokens.
  public init(_ kind: Kind, vocabularySize: Int) {
    self.kind = kind
    self.vocabularySize = vocabularySize
    splitting = kind.splittings[0]
  }

  /// The special tokens, whose identifiers are their indices.
  public var specialTokens: [SpecialToken] {
    var tokens = kind.specialTokens
    for token in furtherSpecialTokens where !tokens.contains(token) { tokens.append(token) }
    return tokens
  }

  /// Trains on counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts, from ``count(_:observer:)`` or from this trainer's
  ///     ``normalizer`` and ``preTokenizer``.
  ///   - observer: Receives progress reports at intervals.
  ///   - witness: Receives each merge as it is learned, if the kind has merges.
  /// - Returns: The tokenizer, with a report.
  /// - Throws: ``RondoTextError`` if training is impossible with these settings.
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

  /// The units of words before any merge; `nil` for kinds without merges.
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

  /// Throws if settings are inconsistent.
  func check() throws(RondoTextError) {
    guard kind.splittings.contains(splitting) else {
      let known = kind.splittings.map(\.rawValue).joined(separator: ", ")
      throw .untrainable(
        reason: "\(kind.rawValue) cannot split by \(splitting.rawValue); choose one of \(known)")
    }
    guard !keepsLineEnds || kind == .byteLevelBytePair else {
      throw .untrainable(
        reason: "\(kind.rawValue) learns nothing from the ends of lines; only byte-bpe keeps them")
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

/// The result of a ``TokenizerTrainer``.
public struct TrainedTokenizer: Sendable {
  /// The tokenizer.
  public let tokenizer: Tokenizer
  /// The model as a SentencePiece file, if it can be one: for ``TokenizerTrainer/Kind/unigram`` and
  /// ``TokenizerTrainer/Kind/sentencePieceBytePair``.
  ///
  /// SentencePiece prepends a space to every text, the tokenizer of a unigram model only to one
  /// that does not begin with a space; for texts that do, the file produces one more piece.
  public var sentencePieceFile: SentencePieceFile?
  /// The time and memory that training took.
  public let report: TrainingReport
}
