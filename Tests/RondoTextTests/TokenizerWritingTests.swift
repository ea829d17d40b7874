import Testing

@testable import RondoText

@Suite("Files that have no place for everything")
struct TokenizerWritingTests {
  /// Returns the part that a file has no place for, `nil` if it was written.
  private func refusal(_ write: () throws(RondoTextError) -> Void) -> String? {
    do throws(RondoTextError) {
      try write()
      return nil
    } catch {
      guard case .inexpressible(_, let component) = error else { return "\(error)" }
      return component
    }
  }

  private static func bytePairs() throws -> BytePairModel {
    let tokens =
      (0..<256).map { [UInt8($0)] } + ["lo", "low", "<|endoftext|>"].map { Array($0.utf8) }
    return try BytePairModel(
      vocabulary: Vocabulary(tokens),
      merges: [.init(left: 0x6C, right: 0x6F), .init(left: 256, right: 0x77)])
  }

  private static let end = AddedToken("<|endoftext|>", id: 258, isSpecial: true)

  @Test("GPT-2's files hold a vocabulary and merges, and nothing else")
  func gpt2() throws {
    let folder = try TextFolder()
    let model = try Self.bytePairs()
    let names = (vocabulary: "\(folder.path)/vocab.json", merges: "\(folder.path)/merges.txt")
    func refusal(
      _ model: any TokenModel, normalizer: (any Normalizer)? = nil,
      preTokenizer: any PreTokenizer = ByteLevelPreTokenizer(addsPrefixSpace: false),
      postProcessor: (any PostProcessor)? = nil, decoder: (any TokenDecoder)? = ByteLevelDecoder(),
      added: [AddedToken] = [Self.end], padding: Padding? = nil
    ) -> String? {
      var tokenizer = Tokenizer(
        normalizer: normalizer, preTokenizer: preTokenizer, model: model,
        postProcessor: postProcessor, decoder: decoder, addedTokens: added)
      tokenizer.padding = padding
      return self.refusal { () throws(RondoTextError) in
        try tokenizer.writeGPT2(vocabulary: names.vocabulary, merges: names.merges)
      }
    }
    let merging = "a model without byte-level merges"
    #expect(refusal(try BytePairModel(ranks: model.vocabulary)) == merging)
    let words = WordLevelModel(vocabulary: Vocabulary([[97]]), unknownToken: "a")
    #expect(refusal(words) == merging)
    let whole = try BytePairModel(
      vocabulary: model.vocabulary, merges: model.merges, isWholePieceFirst: true)
    #expect(refusal(whole) == merging)
    #expect(refusal(model, normalizer: LowercaseNormalizer()) == "the tokenizer's normalizer")
    #expect(
      refusal(model, preTokenizer: ByteLevelPreTokenizer(addsPrefixSpace: true))
        == "the tokenizer's pre-tokenizer")
    #expect(
      refusal(model, postProcessor: ByteLevelPostProcessor()) == "the tokenizer's post-processor")
    #expect(refusal(model, decoder: nil) == "the tokenizer's decoder")
    let far = AddedToken("<far>", id: 300, isSpecial: true)
    #expect(refusal(model, added: [Self.end, far]) == "the added token <far>")
    let ordinary = AddedToken("<|endoftext|>", id: 258)
    #expect(refusal(model, added: [ordinary]) == "the added token <|endoftext|>")
    #expect(refusal(model, padding: Padding()) == "truncation or padding")

    let tokenizer = Tokenizer(
      preTokenizer: ByteLevelPreTokenizer(addsPrefixSpace: false), model: model,
      decoder: ByteLevelDecoder(), addedTokens: [Self.end])
    try tokenizer.writeGPT2(vocabulary: names.vocabulary, merges: names.merges)
    let copy = try Tokenizer(gpt2Vocabulary: names.vocabulary, merges: names.merges)
    #expect(try copy.json() == tokenizer.json())
    #expect(copy.encode("lower") == [257, 0x65, 0x72])
  }

  @Test("A file of ranks holds ranks, and no merges that were learned")
  func ranks() throws {
    let folder = try TextFolder()
    let path = "\(folder.path)/ranks"
    let learned = try Self.bytePairs()
    let split = PreTokenizerSequence([
      O200KScanner(), ByteLevelPreTokenizer(addsPrefixSpace: false, splits: false),
    ])
    func tokenizer(
      _ model: any TokenModel, preTokenizer: any PreTokenizer = split,
      postProcessor: (any PostProcessor)? = nil, added: [AddedToken] = [Self.end]
    ) -> Tokenizer {
      Tokenizer(
        preTokenizer: preTokenizer, model: model, postProcessor: postProcessor,
        decoder: ByteLevelDecoder(), addedTokens: added)
    }
    func refusal(_ tokenizer: Tokenizer) -> String? {
      self.refusal { () throws(RondoTextError) in try tokenizer.writeTiktokenRanks(to: path) }
    }
    let ranked = try BytePairModel(ranks: learned.vocabulary)
    #expect(refusal(tokenizer(learned)) == "a model that was not made from ranks")
    #expect(
      refusal(tokenizer(ranked, preTokenizer: DigitsPreTokenizer(isIndividual: true)))
        == "the tokenizer's pre-tokenizer")
    #expect(
      refusal(tokenizer(ranked, postProcessor: ByteLevelPostProcessor()))
        == "the tokenizer's post-processor")
    let stripping = AddedToken("<s>", id: 300, stripsLeft: true, isSpecial: true)
    #expect(refusal(tokenizer(ranked, added: [stripping])) == "the added token <s>")

    let good = tokenizer(ranked)
    try good.writeTiktokenRanks(to: path)
    let copy = try Tokenizer(
      tiktokenRanks: path, pattern: .o200k, specialTokens: [SpecialToken("<|endoftext|>"): 258])
    for text in ["lower slow", "<|endoftext|>"] {
      for allowed in [AllowedSpecialTokens.none, .all] {
        #expect(copy.encode(text, allowing: allowed) == good.encode(text, allowing: allowed))
      }
    }
  }

  @Test("BERT's vocabulary holds the tokens of BERT's own pipeline")
  func bert() throws {
    let folder = try TextFolder()
    let path = "\(folder.path)/vocab.txt"
    let tokens = ["[UNK]", "[CLS]", "[SEP]", "low", "##er"]
    let vocabulary = Vocabulary(tokens.map { Array($0.utf8) })
    let special = (0..<3).map { AddedToken(tokens[$0], id: $0, isSpecial: true) }
    let frame = BERTPostProcessor(
      classification: FramingToken(id: 1, piece: "[CLS]"),
      separator: FramingToken(id: 2, piece: "[SEP]"))
    func tokenizer(
      _ model: any TokenModel, normalizer: any Normalizer = BERTNormalizer(),
      preTokenizer: any PreTokenizer = BERTPreTokenizer(),
      postProcessor: (any PostProcessor)? = frame,
      decoder: any TokenDecoder = WordPieceDecoder(), added: [AddedToken] = special
    ) -> Tokenizer {
      Tokenizer(
        normalizer: normalizer, preTokenizer: preTokenizer, model: model,
        postProcessor: postProcessor, decoder: decoder, addedTokens: added)
    }
    func refusal(_ tokenizer: Tokenizer) -> String? {
      self.refusal { () throws(RondoTextError) in try tokenizer.writeBERTVocabulary(to: path) }
    }
    let model = try WordPieceModel(vocabulary: vocabulary)
    #expect(refusal(tokenizer(try Self.bytePairs())) == "a model other than WordPiece")
    let settings = "a WordPiece model with settings of its own"
    #expect(
      refusal(tokenizer(try WordPieceModel(vocabulary: vocabulary, longestWord: 9))) == settings)
    #expect(
      refusal(tokenizer(try WordPieceModel(vocabulary: vocabulary, continuingPrefix: "@")))
        == settings)
    let cleaning = BERTNormalizer(cleansText: false)
    #expect(refusal(tokenizer(model, normalizer: cleaning)) == "the tokenizer's normalizer")
    #expect(
      refusal(tokenizer(model, preTokenizer: WhitespacePreTokenizer()))
        == "the tokenizer's pre-tokenizer")
    #expect(refusal(tokenizer(model, postProcessor: nil)) == "the tokenizer's post-processor")
    let keeping = WordPieceDecoder(cleansUp: false)
    #expect(refusal(tokenizer(model, decoder: keeping)) == "the tokenizer's decoder")
    let more = special + [AddedToken("<m>", id: 9)]
    #expect(refusal(tokenizer(model, added: more)) == "the added token <m>")
    let fewer = Array(special.dropLast())
    #expect(refusal(tokenizer(model, added: fewer)) == "special tokens that are read as text")
    let broken = Vocabulary((tokens + ["a\nb"]).map { Array($0.utf8) })
    #expect(
      refusal(tokenizer(try WordPieceModel(vocabulary: broken)))
        == "a token that holds the end of a line")

    for isLowercasing in [true, false] {
      let good = tokenizer(model, normalizer: BERTNormalizer(isLowercasing: isLowercasing))
      try good.writeBERTVocabulary(to: path)
      let copy = try Tokenizer(bertVocabulary: path, isLowercased: isLowercasing)
      #expect(try copy.json() == good.json())
    }
  }

  @Test("An error says what has no place, and where there is one")
  func description() {
    let error = RondoTextError.inexpressible(file: "vocab.txt", component: "the added token <m>")
    #expect(
      error.description
        == "cannot write vocab.txt: that kind of file has no place for the added token <m>; "
        + "write a tokenizer.json")
  }
}
