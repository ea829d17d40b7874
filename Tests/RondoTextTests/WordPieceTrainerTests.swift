import Foundation
import Testing

@testable import RondoText

@Suite("Training word pieces")
struct WordPieceTrainerTests {
  @Test("Word pieces are learned pair by pair, the most frequent first")
  func learning() throws {
    var words = WordCounts()
    words.add(lines: ["hug hug hug pug pug hugs"], preTokenizer: BERTPreTokenizer())
    let trainer = WordPieceTrainer(
      vocabularySize: 12, specialTokens: [SpecialToken("[UNK]")])
    let model = try trainer.train(on: words).model
    let tokens = (0..<model.count).map {
      String(decoding: model.bytes(of: $0) ?? [], as: UTF8.self)
    }
    #expect(Array(tokens[..<6]) == ["[UNK]", "g", "h", "p", "s", "u"])
    #expect(tokens[6...9].sorted() == ["##g", "##s", "##u", "##ug"])
    #expect(tokens[10] == "hug")
    #expect(tokens[11] == "pug")
  }

  /// Returns the tokens that a trainer merges, in order.
  private func merges(_ words: WordCounts, size: Int, special: [String]) throws -> [String] {
    var merges: [String] = []
    let trainer = WordPieceTrainer(
      vocabularySize: size, specialTokens: special.map { SpecialToken($0) }, score: .likelihood)
    let training = try trainer.train(
      on: words, witness: { merges.append(String(decoding: $0.merged, as: UTF8.self)) })
    #expect(training.report.peakMemory > 0 && training.report.phases.count == 3)
    let count = training.model.count
    let last = (count - merges.count..<count).map { training.model.bytes(of: $0) ?? [] }
    #expect(last.map { String(decoding: $0, as: UTF8.self) } == merges)
    return merges
  }

  @Test("By likelihood, a pair that seldom parts goes before a frequent one")
  func likelihood() throws {
    // ##u occurs 36 times, ##g 20 times, ##s 5 times, and h 15 times. First of all
    // ##g ##s 5/(20·5) = 1/20; all others have 1/36, and of these h ##u stands first. Then
    // hu ##gs 5/(15·5) = 1/15, hu ##g 10/(10·15) = 1/15, and of p ##u 17/(17·21) = 1/21 and
    // others of this score p ##u stands first. Last b ##u 4/(4·4), bu ##n 4/(4·16), pu ##g
    // 5/(17·5) = pu ##n 12/(17·12), and pu ##n 12/(12·12).
    var words = WordCounts()
    for (word, count) in [("hug", 10), ("pug", 5), ("pun", 12), ("bun", 4), ("hugs", 5)] {
      for _ in 0..<count { words.add(word) }
    }
    let all = ["##gs", "hu", "hugs", "hug", "pu", "bu", "bun", "pug", "pun"]
    #expect(try merges(words, size: 100, special: ["[UNK]"]) == all)
    // One special token, seven characters, and four of these with ##.
    #expect(try merges(words, size: 12 + 2, special: ["[UNK]"]) == Array(all.prefix(2)))
  }

  @Test("By likelihood, the sentences of the Hugging Face course give the tokens printed there")
  func course() throws {
    var words = WordCounts()
    let lines = [
      "This is the Hugging Face Course.", "This chapter is about tokenization.",
      "This section shows several tokenizer algorithms.",
      "Hopefully, you will be able to understand how they are trained and generate tokens.",
    ]
    words.add(lines: lines, preTokenizer: BERTPreTokenizer())
    // There are 70 tokens there, without d e f k l m n o p r v z, which begin no word.
    let learned = try merges(
      words, size: 82, special: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    let printed = """
      ab ##fu Fa Fac ##ct ##ful ##full ##fully Th ch ##hm cha chap chapt ##thm Hu Hug Hugg sh th is \
      ##thms ##za ##zat ##ut
      """
    #expect(learned == printed.split(separator: " ").map(String.init))
  }

  /// Words as BERT reads them.
  private func words(_ lines: [String]) -> WordCounts {
    var words = WordCounts()
    words.add(lines: lines, normalizer: BERTNormalizer(), preTokenizer: BERTPreTokenizer())
    return words
  }

  private func strings(_ model: WordPieceModel) -> [String] {
    (0..<model.count).map { String(decoding: model.bytes(of: $0) ?? [], as: UTF8.self) }
  }

  private func train(
    _ lines: [String], size: Int, special: some Sequence<String>
  ) throws -> [String] {
    let trainer = WordPieceTrainer(
      vocabularySize: size, specialTokens: special.map { SpecialToken($0) })
    return strings(try trainer.train(on: words(lines)).model)
  }

  private struct Golden: Decodable {
    let lines: [String]
    let special: [String]
    let size: Int
    let vocabulary: [String]

    static func read() throws -> Golden {
      let url = RondoTextTests.Golden.url("tokenizers/word-pieces.json")
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }
  }

  @Test("The vocabulary is that of Hugging Face's trainer, in the same order")
  func golden() throws {
    let golden = try Golden.read()
    let found = try train(golden.lines, size: golden.size, special: golden.special)
    #expect(found == golden.vocabulary)
  }

  // Hugging Face's trainer numbers "##x" in the order of a hash table, which differs from run to
  // run and decides between pairs that are equally frequent. All else is the same: with its numbers
  // the vocabulary is its own, and with any numbers each merge is the one that its rule demands.

  @Test(
    "The shared cases come out the same, token by token, once every symbol has its number",
    .enabled(if: SharedVectors.isPresent))
  func reference() throws {
    for item in try sharedCases() {
      let symbols = item.vocabulary.prefix {
        $0 == "[UNK]" || $0.drop(while: { $0 == "#" }).count <= 1
      }
      #expect(try train(item.lines, size: item.size, special: symbols) == item.vocabulary)
    }
  }

  @Test("By numbers of its own, each merge is the most frequent pair, then that of lowest numbers")
  func ownNumbers() throws {
    let golden = try Golden.read()
    try checkMerges(golden.lines, size: golden.size)
    guard SharedVectors.isPresent else { return }
    for item in try sharedCases() {
      let tokens = try checkMerges(item.lines, size: item.size)
      // As many characters and symbols as in the reference; those without ## are sorted there too.
      let alphabet = item.vocabulary.prefix { !$0.hasPrefix("##") }
      #expect(Array(tokens.prefix(alphabet.count)) == Array(alphabet))
      #expect(tokens.count == item.vocabulary.count)
    }
  }

  private func sharedCases() throws -> [Golden] {
    let cases = try SharedVectors.cases("train.jsonl").filter {
      $0["kind"] as? String == "hf-wordpiece"
    }
    #expect(cases.count == 6)
    return try cases.map {
      Golden(
        lines: try #require($0["lines"] as? [String]), special: ["[UNK]"],
        size: try #require($0["vocab_size"] as? Int),
        vocabulary: try #require($0["vocab"] as? [String]))
    }
  }

  /// Expects each merge to be what counting all pairs anew demands; returns the tokens.
  @discardableResult
  private func checkMerges(_ lines: [String], size: Int) throws -> [String] {
    let words = words(lines)
    var merges: [TrainedMerge] = []
    let trainer = WordPieceTrainer(vocabularySize: size, specialTokens: [SpecialToken("[UNK]")])
    let tokens = strings(try trainer.train(on: words, witness: { merges.append($0) }).model)
    let numbers = Dictionary(uniqueKeysWithValues: zip(tokens, 0...))
    #expect(!merges.isEmpty && tokens.count == size)
    var replay = MergeReplay(words, continuingPrefix: "##", numbers: numbers)
    for merge in merges {
      let (left, right, merged) = (
        String(decoding: merge.left, as: UTF8.self), String(decoding: merge.right, as: UTF8.self),
        String(decoding: merge.merged, as: UTF8.self)
      )
      let (pair, count) = try #require(replay.next)
      let expected = [tokens[pair.left], tokens[pair.right]]
      #expect([left, right] == expected && merge.count == count, "merge \(merge.number)")
      #expect(merged == expected[0] + String(expected[1].unicodeScalars.dropFirst(2)))
      replay.merge(pair, into: try #require(numbers[merged]))
    }
    return tokens
  }
}
