import Foundation
import Testing

@testable import RondoText

@Suite("Recognizing tokenizers")
struct TokenizerRecognizingTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "rondo-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func subfolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
    return path(name)
  }

  private func trained(_ kind: TokenizerTrainer.Kind) throws -> Tokenizer {
    let trainer = TokenizerTrainer(kind, vocabularySize: 300)
    var words = WordCounts()
    words.add(
      lines: ["the lower the river, the lower the flow"], normalizer: trainer.normalizer,
      preTokenizer: trainer.preTokenizer)
    return try trainer.train(on: words).tokenizer
  }

  @Test("Each form is told by its content, alone and in a folder") func forms() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = "the lower flow"
    let bytes = try trained(.byteLevelBytePair)
    let ids = bytes.encode(text)

    let own = try subfolder("own")
    try bytes.write(to: "\(own)/tokenizer.json")
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: own)
    for place in [own, own + "/", path("link"), "\(own)/tokenizer.json"] {
      #expect(try Tokenizer(at: place).encode(text) == ids, "\(place)")
    }
    let bare = Tokenizer(
      preTokenizer: bytes.preTokenizer, model: bytes.model, decoder: bytes.decoder,
      addedTokens: bytes.addedTokens)
    for (name, vocabulary, merges) in [
      ("first", "vocab.json", "merges.txt"), ("second", "encoder.json", "vocab.bpe"),
    ] {
      let place = try subfolder(name)
      try bare.writeGPT2(vocabulary: "\(place)/\(vocabulary)", merges: "\(place)/\(merges)")
      for path in [place, "\(place)/\(vocabulary)", "\(place)/\(merges)"] {
        #expect(try Tokenizer(at: path).encode(text) == ids, "\(path)")
      }
      #expect(try Tokenizer(at: place).paddingID == 0)
    }

    let learned = try trained(.wordPiece)
    let pieces = Tokenizer(
      normalizer: BERTNormalizer(), preTokenizer: learned.preTokenizer, model: learned.model,
      postProcessor: learned.postProcessor, decoder: learned.decoder,
      addedTokens: learned.addedTokens)
    let bert = try subfolder("bert")
    try pieces.writeBERTVocabulary(to: "\(bert)/vocab.txt")
    #expect(try Tokenizer(at: bert).encode(text) == pieces.encode(text))
    #expect(
      try Tokenizer(at: "\(bert)/vocab.txt").encode("THE Lower") == pieces.encode("the lower"))

    var file = SentencePieceFile()
    file.pieces = [
      .init(Array("<unk>".utf8), kind: .unknown), .init(Array("\u{2581}a".utf8), score: -1),
    ]
    let model = try subfolder("model")
    try file.write(to: "\(model)/tokenizer.model")
    #expect(try Tokenizer(at: model).encode("a") == [1])
  }

  @Test("Ranks need a pattern unless their name says it") func ranks() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let learned = try #require(try trained(.byteLevelBytePair).model as? BytePairModel)
    let tokenizer = Tokenizer(
      preTokenizer: PreTokenizerSequence([
        GPT2Scanner(), ByteLevelPreTokenizer(addsPrefixSpace: false, splits: false),
      ]), model: try BytePairModel(ranks: learned.vocabulary), decoder: ByteLevelDecoder())
    try tokenizer.writeTiktokenRanks(to: path("own.tiktoken"))
    try tokenizer.writeTiktokenRanks(to: path("cl100k_base.tiktoken"))
    let error = #expect(throws: RondoTextError.self) { try Tokenizer(at: path("own.tiktoken")) }
    #expect(error?.description.contains("gpt2, cl100k, o200k") == true)
    let named = try Tokenizer(at: path("own.tiktoken"), pattern: .gpt2)
    #expect(named.encode("the lower") == tokenizer.encode("the lower"))
    #expect(try Tokenizer(at: path("cl100k_base.tiktoken")).endID == 100_257)
    try FileManager.default.createDirectory(atPath: path("oss"), withIntermediateDirectories: true)
    try tokenizer.writeTiktokenRanks(to: path("oss/o200k_harmony.tiktoken"))
    let harmony = try Tokenizer(at: path("oss"))
    #expect(harmony.vocabularySize == 201_088 && harmony.endID == 199_999)
    #expect(
      [200_012, 200_013, 200_018].map(harmony.token) == [
        "<|call|>", "<|reserved_200013|>", "<|endofprompt|>",
      ])
    // Meta calls the ranks of Llama 3 so.
    let llama = try subfolder("llama")
    try tokenizer.writeTiktokenRanks(to: "\(llama)/tokenizer.model")
    for place in [llama, "\(llama)/tokenizer.model"] {
      let named = try Tokenizer(at: place, pattern: .gpt2)
      #expect(named.encode("the lower") == tokenizer.encode("the lower"))
      let error = #expect(throws: RondoTextError.self) { try Tokenizer(at: place) }
      #expect(error?.description.contains("gpt2, cl100k, o200k") == true)
    }
    let both = #expect(throws: RondoTextError.self) { try Tokenizer(at: folder.path) }
    #expect(
      both?.description.contains("cl100k_base.tiktoken and own.tiktoken; name one") == true)
  }

  @Test("A vocabulary with capital letters is not lower-case") func cased() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let tokens = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nThe\nthe\n"
    try tokens.write(toFile: path("vocab.txt"), atomically: false, encoding: .utf8)
    #expect(try Tokenizer(at: path("vocab.txt")).encode("The the") == [5, 6])
  }

  @Test("What is no tokenizer is refused in one sentence that says why") func refusals() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data([0x1F, 0x8B, 8, 0]).write(to: URL(fileURLWithPath: path("vocab.json.gz")))
    try "hello\n".write(toFile: path("notes.txt"), atomically: false, encoding: .utf8)
    try "{}".write(toFile: path("config.json"), atomically: false, encoding: .utf8)
    try #"{"model": 0, "version": 1}"#
      .write(toFile: path("gpt2-vocab.json"), atomically: false, encoding: .utf8)
    let run = try subfolder("run")
    for name in ["source-tokenizer.json", "target-tokenizer.json"] {
      try trained(.words).write(to: "\(run)/\(name)")
    }
    for (name, says) in [
      ("none", "there is no such file"), ("vocab.json.gz", "unpack it with: gunzip"),
      ("notes.txt", "no vocab.txt with [UNK]"), ("config.json", "model is missing"),
      ("gpt2-vocab.json", "read from a folder that holds it as vocab.json"),
      ("run", "source-tokenizer.json and target-tokenizer.json; name one of them"),
      (".", "no vocab.json with merges.txt"),
    ] {
      let error = #expect(throws: RondoTextError.self) { try Tokenizer(at: path(name)) }
      #expect(error?.description.contains(says) == true, "\(String(describing: error))")
    }
  }
}
