extension TokenizerTrainer {
  /// How text is split into the pieces within which tokens are learned.
  public enum Splitting: String, Hashable, Sendable, CaseIterable {
    /// Before spaces, which are kept as "▁", and around punctuation.
    case metaspace
    /// At white space.
    case whitespace
    /// At white space, and between letters and other characters.
    case words
    /// At white space and around punctuation, as BERT does.
    case bert
    /// By GPT-2's pattern.
    case gpt2
    /// By GPT-4's pattern.
    case cl100k
    /// By GPT-4o's pattern.
    case o200k
    /// Into words of running text, with contractions such as "'s" split off.
    case running
    /// Into Unicode scalars.
    case scalars
    /// Into grapheme clusters.
    case graphemes
  }

  /// Normalizes text before it is split.
  public var normalizer: (any Normalizer)? {
    if kind == .sentencePieceBytePair { return SentencePieceNormalizer() }
    var parts: [any Normalizer] = []
    if let normalization { parts.append(UnicodeNormalizer(normalization)) }
    if kind == .wordPiece {
      parts.append(BERTNormalizer(stripsAccents: stripsAccents, isLowercasing: isLowercased))
    } else {
      if stripsAccents {
        parts.append(UnicodeNormalizer(.decomposed))
        parts.append(AccentStrippingNormalizer())
      }
      if isLowercased { parts.append(LowercaseNormalizer()) }
    }
    return parts.count > 1 ? NormalizerSequence(parts) : parts.first
  }

  /// Splits text into pieces.
  public var preTokenizer: any PreTokenizer {
    func byteLevel(_ scanner: any PreTokenizer) -> any PreTokenizer {
      PreTokenizerSequence([scanner, ByteLevelPreTokenizer(addsPrefixSpace: false, splits: false)])
    }
    return switch splitting {
    case .metaspace where kind == .unigram: MetaspacePreTokenizer()
    case .metaspace where kind == .sentencePieceBytePair:
      MetaspacePreTokenizer(prependScheme: .never)
    case .metaspace: PreTokenizerSequence([MetaspacePreTokenizer(), PunctuationPreTokenizer()])
    case .whitespace: WhitespaceSplitPreTokenizer()
    case .words: WhitespacePreTokenizer()
    case .bert: BERTPreTokenizer()
    case .gpt2: ByteLevelPreTokenizer(addsPrefixSpace: false)
    case .cl100k: byteLevel(CL100KScanner())
    case .o200k: byteLevel(O200KScanner())
    case .running: RunningTextPreTokenizer()
    case .scalars: CharacterPreTokenizer(unit: .scalar)
    case .graphemes: CharacterPreTokenizer(unit: .grapheme)
    }
  }

  /// Joins tokens; without it, they are joined by spaces.
  private var decoder: (any TokenDecoder)? {
    switch kind {
    case .bytePair: splitting == .metaspace ? MetaspaceDecoder() : SuffixDecoder()
    case .byteLevelBytePair: ByteLevelDecoder()
    case .wordPiece: WordPieceDecoder()
    case .unigram, .sentencePieceBytePair: MetaspaceDecoder()
    case .words: splitting == .running ? RunningTextDecoder() : nil
    case .characters: FuseDecoder()
    }
  }

  /// Adds the special tokens around a text or a pair.
  var postProcessor: (any PostProcessor)? {
    func framing(_ token: SpecialToken) -> FramingToken? {
      specialTokens.firstIndex(of: token).map { FramingToken(id: $0, piece: token.text) }
    }
    if let start = framing(.classification), let end = framing(.separator) {
      return BERTPostProcessor(classification: start, separator: end)
    }
    guard let start = framing(.start), let end = framing(.end) else { return nil }
    let (first, last) = (start.piece, end.piece)
    let single: [TemplatePostProcessor.Element] = [
      .special(first, typeID: 0), .first(typeID: 0), .special(last, typeID: 0),
    ]
    return TemplatePostProcessor(
      single: single, pair: single + [.second(typeID: 1), .special(last, typeID: 1)],
      tokens: [
        first: .init(ids: [start.id], pieces: [first]), last: .init(ids: [end.id], pieces: [last]),
      ])
  }

  /// Builds the tokenizer around a model.
  func tokenizer(of model: any TokenModel) -> Tokenizer {
    Tokenizer(
      normalizer: normalizer, preTokenizer: preTokenizer, model: model,
      postProcessor: postProcessor, decoder: decoder,
      addedTokens: specialTokens.enumerated().map { id, token in
        AddedToken(token.text, id: id, isSpecial: true)
      })
  }
}

extension TokenizerTrainer.Kind {
  /// The ways of splitting text that suit the kind, the default first.
  public var splittings: [TokenizerTrainer.Splitting] {
    switch self {
    case .bytePair: [.metaspace, .whitespace, .words, .bert]
    case .byteLevelBytePair: [.gpt2, .cl100k, .o200k]
    case .wordPiece: [.bert, .whitespace, .words]
    case .unigram, .sentencePieceBytePair: [.metaspace]
    case .words: [.running, .whitespace, .words, .bert]
    case .characters: [.scalars, .graphemes]
    }
  }

  /// The special tokens of every tokenizer of this kind.
  public var specialTokens: [SpecialToken] {
    switch self {
    case .wordPiece: WordPieceTrainer.bertSpecialTokens
    case .byteLevelBytePair: [.padding, .start, .end]
    case .bytePair, .sentencePieceBytePair, .unigram, .words, .characters:
      Tokenizer.standardSpecialTokens
    }
  }
}

extension TokenizerTrainer {
  /// Returns the normalized and split pieces of a text, within which tokens are learned.
  public func pieces(of text: String) -> [String] {
    var normalized = NormalizedText(text, keepsOrigins: false)
    normalizer?.normalize(&normalized)
    var split = PreTokenizedText(normalized)
    preTokenizer.split(&split)
    return split.text.withBytes { bytes in
      split.pieces.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
  }
}
