extension Tokenizer {
  /// The special tokens of Rondo's own tokenizers; their identifiers are their indices.
  public static let standardSpecialTokens: [SpecialToken] = [.padding, .unknown, .start, .end]

  /// Creates a tokenizer whose tokens are the words of running text.
  ///
  /// Words are split by ``RunningTextPreTokenizer`` unless another is given, and joined by
  /// ``RunningTextDecoder``. Ties between equally frequent words are broken by the order of their
  /// bytes.
  ///
  /// - Parameters:
  ///   - lines: The texts from which to collect the words, read once.
  ///   - isLowercased: Whether text is lowercased.
  ///   - minimumCount: The minimum count of a word in the vocabulary.
  ///   - maximumSize: The maximum size of the vocabulary, including special tokens.
  ///   - preTokenizer: Splits text into words.
  /// - Returns: A tokenizer with the special tokens `<pad>`, `<unk>`, `<bos>`, `<eos>` at 0 to 3.
  public static func words(
    from lines: some Sequence<String>, isLowercased: Bool = false, minimumCount: Int = 1,
    maximumSize: Int = .max, preTokenizer: any PreTokenizer = RunningTextPreTokenizer()
  ) -> Tokenizer {
    wordLevel(
      from: lines, normalizer: isLowercased ? LowercaseNormalizer() : nil,
      preTokenizer: preTokenizer, decoder: RunningTextDecoder(),
      minimumCount: minimumCount, maximumSize: maximumSize)
  }

  /// Creates a tokenizer whose tokens are whole pieces, the most frequent ones.
  static func wordLevel(
    from lines: some Sequence<String>, normalizer: (any Normalizer)?,
    preTokenizer: any PreTokenizer, decoder: any TokenDecoder, minimumCount: Int, maximumSize: Int
  ) -> Tokenizer {
    var words = WordCounts()
    words.add(lines: lines, normalizer: normalizer, preTokenizer: preTokenizer)
    let trainer = WordLevelTrainer(
      vocabularySize: maximumSize, minimumCount: minimumCount,
      specialTokens: standardSpecialTokens)
    return Tokenizer(
      normalizer: normalizer, preTokenizer: preTokenizer,
      model: trainer.train(on: words).model,
      decoder: decoder,
      addedTokens: standardSpecialTokens.enumerated().map { id, token in
        AddedToken(token.text, id: id, isSpecial: true)
      })
  }

  /// Returns the share of unknown tokens in texts, from 0 to 1.
  ///
  /// For a tokenizer of words this is the out-of-vocabulary rate.
  public func unknownRate(of lines: some Sequence<String>) -> Double {
    guard let unknownID else { return 0 }
    var (unknown, total) = (0, 0)
    for line in lines {
      let ids = encode(line)
      total += ids.count
      unknown += ids.count { $0 == unknownID }
    }
    return total == 0 ? 0 : Double(unknown) / Double(total)
  }
}
