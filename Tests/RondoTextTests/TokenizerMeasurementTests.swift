import Testing

@testable import RondoText

@Suite("Measuring tokenizers")
struct TokenizerMeasurementTests {
  /// Words for `the lower river`, and pieces for `play`.
  private static func wordPieces() throws -> Tokenizer {
    let tokens = ["[UNK]", "the", "low", "##er", "river", ",", "play", "##ed", "played"]
    return Tokenizer(
      preTokenizer: BERTPreTokenizer(),
      model: try WordPieceModel(vocabulary: Vocabulary(tokens.map { Array($0.utf8) })),
      decoder: WordPieceDecoder(),
      addedTokens: [AddedToken("[UNK]", id: 0, isSpecial: true)])
  }

  @Test("Tokens, words and bytes are counted as a hand counts them") func counts() throws {
    var measured = TokenizerMeasurement(of: try Self.wordPieces())
    measured.add("the lower river")  // the low ##er river
    measured.add("the, größe")  // the , [UNK]
    #expect(measured.lineCount == 2 && measured.wordCount == 6 && measured.tokenCount == 7)
    #expect(measured.byteCount == 15 + 12)
    #expect(measured.unknownCount == 1 && measured.splitWordCount == 1)
    #expect(measured.exactLineCount == 1)
    #expect(measured.tokensPerLine == 3.5)
    #expect(measured.fertility == 7.0 / 6)
    #expect(measured.bytesPerToken == 27.0 / 7)
    #expect(measured.unknownRate == 1.0 / 7 && measured.unknownTextRate == 7.0 / 27)
    #expect(measured.splitWordRate == 1.0 / 6)
    #expect(measured.exactLineRate == 0.5)
  }

  @Test("Nothing measured is zero and not a division by it") func nothing() throws {
    let measured = TokenizerMeasurement(of: try Self.wordPieces())
    #expect(measured.fertility == 0 && measured.unknownRate == 0 && measured.tokensPerLine == 0)
  }

  @Test("Words are those of BERT: punctuation and Chinese characters stand alone")
  func words() {
    let cases: [(String, [String])] = [
      ("Hello, wörld!", ["Hello", ",", "wörld", "!"]), ("我喜欢 AI。", ["我", "喜", "欢", "AI", "。"]),
      ("  a\tb ", ["a", "b"]), ("don't", ["don", "'", "t"]), ("", []), ("🤖 ok", ["🤖", "ok"]),
    ]
    for (line, expected) in cases {
      let bytes = Array(line.utf8)
      let found = TokenizerMeasurement.words(of: line).map {
        String(decoding: bytes[$0], as: UTF8.self)
      }
      #expect(found == expected)
    }
  }

  @Test("A byte-level model knows everything, and splits a character into its bytes")
  func bytes() throws {
    let model = try BytePairModel(
      vocabulary: Vocabulary((0..<256).map { [UInt8($0)] }), merges: [], units: .bytes,
      file: "bytes")
    let tokenizer = Tokenizer(
      preTokenizer: ByteLevelPreTokenizer(addsPrefixSpace: false), model: model,
      decoder: ByteLevelDecoder())
    var measured = TokenizerMeasurement(of: tokenizer)
    measured.add("a 🤖")
    #expect(measured.tokenCount == 6 && measured.unknownCount == 0)
    #expect(measured.splitWordCount == 1 && measured.exactLineRate == 1)
    #expect(tokenizer.embeddingByteCount(size: 512) == 256 * 512 * 4)
  }

  @Test("A stem is shared where words begin with its tokens") func stems() throws {
    let tokenizer = try Self.wordPieces()
    let words = ["played", "player", "replay", "play", "playeded"]
    let overlap = StemOverlap(of: "play", among: words, with: tokenizer)
    // played is a token of its own; player is play ##er; playeded is played ##ed.
    #expect(overlap.forms.map(\.word) == ["played", "player", "playeded"])
    #expect(overlap.stemIDs == [6])
    #expect(overlap.forms.map(\.ids) == [[8], [6, 3], [8, 7]])
    #expect(overlap.keptRate == 1.0 / 3 && overlap.cutRate == 1.0 / 3)
    #expect(StemOverlap(of: "zebra", among: words, with: tokenizer).keptRate == 0)
  }
}
