import Foundation
import Testing

/// Gives `rondo tokenizer` options that change what it does, and such that would change nothing.
@Suite struct TokenizerOptionTests {
  private let rondo: RunningProgram

  init() throws {
    rondo = try RunningProgram()
    let corpus = """
      The lower the river, the lower the flow of the lower river.
      She plays, they played, and the players play a playful play.

      """
    try rondo.write(corpus, to: "corpus.txt")
    let ranks = (0..<256).map { "\(Data([UInt8($0)]).base64EncodedString()) \($0)\n" }.joined()
    try rondo.write(ranks, to: "own.tiktoken")
  }

  /// Trains on the corpus, and returns what the program printed.
  @discardableResult
  private func train(_ model: String, _ options: String..., from file: String = "corpus.txt") throws
    -> [String]
  {
    let outcome = try rondo.run(
      ["tokenizer", "train", file, "--model", model, "--output", model, "--replace"] + options)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return outcome.lines
  }

  private func encode(_ text: String, _ options: String...) throws -> String {
    let outcome = try rondo.run(
      ["tokenizer", "encode"] + options, input: Data("\(text)\n".utf8))
    #expect(outcome.code == 0, "\(outcome.errors)")
    return String(outcome.output.dropLast())
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(
    "Stretches that are cut off share as many tokens as asked for, of the text that is asked for")
  func truncation() throws {
    try train("words")
    let line = try encode(
      "the lower river play", "--tokenizer", "words", "--json", "--truncate", "2", "--stride", "1")
    let shared = try object(line)
    let whole = try encode("the lower river play", "--tokenizer", "words").split(separator: " ")
      .compactMap { Int($0) }
    #expect(shared["ids"] as? [Int] == Array(whole[..<2]))
    let rest = try #require(shared["overflowing"] as? [[String: Any]])
    #expect(rest.map { $0["ids"] as? [Int] } == [Array(whole[1...2]), Array(whole[2...3])])
    for (cut, kept) in [("first", 2..<4), ("second", 0..<2)] {
      let ids = try encode(
        "the lower\triver play", "--tokenizer", "words", "--pair", "--truncate", "3", "--cut", cut)
      let found = ids.split(separator: " ").compactMap { Int($0) }
      #expect(found.count == 3 && found.contains(whole[kept.lowerBound]), "\(cut)")
      #expect(found.contains(whole[kept.upperBound - 1]), "\(cut)")
    }
  }

  @Test("Rare words, capitals and accents are left out of what is learned where asked for")
  func learning() throws {
    func holds(_ word: String) throws -> Bool {
      let file = try String(contentsOfFile: "\(rondo.folder)/words/tokenizer.json", encoding: .utf8)
      return file.contains("\"\(word)\"")
    }
    try train("words")
    #expect(try holds("flow") && holds("The") && holds("lower"))
    try train("words", "--minimum-count", "3", "--lowercase")
    #expect(try !holds("flow") && !holds("The") && holds("lower"))
    try rondo.write("Élan élan\n", to: "accents.txt")
    try train("words", "--lowercase", "--strip-accents", from: "accents.txt")
    #expect(try holds("elan") && !holds("élan"))
    #expect(try encode("elan", "--tokenizer", "words") == encode("ÉLAN", "--tokenizer", "words"))
    try train("words", "--special", "<mask>")
    let mask = try encode("<mask>", "--tokenizer", "words", "--allow-special", "<mask>")
    #expect(mask == "4")
    #expect(try encode("<mask>", "--tokenizer", "words") != mask)
    let all = try encode("<eos><mask>", "--tokenizer", "words", "--allow-special", "all")
    #expect(all == "3 4")
  }

  @Test("Text is brought into a normal form where asked for") func normalizing() throws {
    try rondo.write("e\u{301}lan \u{FB01}n\n", to: "forms.txt")
    let spellings = ["\u{E9}lan \u{FB01}n", "e\u{301}lan fin"]
    for (form, isSame) in [(nil, false), ("nfc", false), ("nfkc", true), ("nfkd", true)] {
      let options = form.map { ["--normalize", $0] } ?? []
      let trained = try rondo.run(
        ["tokenizer", "train", "forms.txt", "--model", "words", "--output", "forms", "--replace"]
          + options)
      #expect(trained.code == 0, "\(trained.errors)")
      let ids = try spellings.map { try encode($0, "--tokenizer", "forms") }
      #expect((ids[0] == ids[1]) == isSame, "\(form ?? "no form")")
      let accents = try ["\u{E9}lan", "e\u{301}lan"].map { try encode($0, "--tokenizer", "forms") }
      #expect((accents[0] == accents[1]) == (form != nil), "\(form ?? "no form")")
    }
  }

  @Test("A comparison learns as asked for, and replaces its report where asked for")
  func comparing() throws {
    let compare = ["tokenizer", "compare", "corpus.txt", "--model", "words", "--json"]
    func size(_ options: String...) throws -> Int {
      let outcome = try rondo.run(compare + options)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let tokenizers = try object(outcome.output)["tokenizers"] as? [[String: Any]]
      return try #require(tokenizers?.first?["vocabularySize"] as? Int)
    }
    // the lower river flow of She plays they played and players play a playful The , . and four
    // special tokens; The is the after lowering, and of words that occur twice there are the, lower,
    // river, play, the comma and the full stop.
    #expect(try size() == 21)
    #expect(try size("--lowercase") == 20)
    #expect(try size("--minimum-count", "2") == 10)
    #expect(try size("--special", "<mask>") == 22)
    #expect(try size("--size", "10") == 10)
    #expect(try size("--report", "page") == 21)
    #expect(try rondo.run(compare + ["--report", "page"]).code == 1)
    #expect(try size("--report", "page", "--replace") == 21)
  }

  @Test("Word pieces merge by likelihood where asked for, and can be watched")
  func scores() throws {
    let counts = [("hug", 10), ("pug", 5), ("pun", 12), ("bun", 4), ("hugs", 5)]
    let words = counts.map { String(repeating: "\($0) ", count: $1) }.joined()
    try rondo.write(words + "\n", to: "hugs.txt")
    for (score, first) in [("frequency", "##u ##g → ##ug"), ("likelihood", "##g ##s → ##gs")] {
      let trace = try train("wordpiece", "--trace", "--score", score, from: "hugs.txt")
      #expect(trace.first?.contains(first) == true, "\(trace)")
    }
    let pieces = try train("wordpiece", "--watch", "hug", from: "hugs.txt")
    #expect(pieces.first?.hasSuffix("hug: h ##u ##g") == true, "\(pieces)")
    #expect(pieces.last?.hasSuffix("→ hug") == true, "\(pieces)")
    let sentence = try train("sentencepiece-bpe", "--watch", "lower")
    #expect(sentence.first?.hasSuffix("lower: ▁ l o w e r") == true, "\(sentence)")
    #expect(sentence.last?.hasSuffix("→ ▁lower") == true, "\(sentence)")
  }

  @Test("A comparison learns from other files than it measures")
  func learningFrom() throws {
    try rondo.write("they float on a boat\n", to: "other.txt")
    func unknownRate(_ options: String...) throws -> Double? {
      let outcome = try rondo.run(
        ["tokenizer", "compare", "corpus.txt", "--model", "words", "--json"] + options)
      let files = try object(outcome.output)["files"] as? [[String: Any]]
      let figures = files?.first?["figures"] as? [[String: Any]]
      return figures?.first?["unknownRate"] as? Double
    }
    #expect(try unknownRate() == 0)
    let foreign = try #require(try unknownRate("--learn-from", "other.txt"))
    #expect(foreign > 0.5)
  }

  @Test("Decoded lines come as JSON, which also holds text of several lines")
  func decoding() throws {
    let ids = try encode("a\u{8}b", "--tokenizer", "own.tiktoken", "--pattern", "gpt2")
    #expect(ids == "97 8 98")
    let decode = ["tokenizer", "decode", "--tokenizer", "own.tiktoken", "--pattern", "gpt2"]
    let lines = try rondo.run(decode + ["--json"], input: Data("97 10 98\n".utf8))
    let decoded = try object(lines.output)
    #expect(decoded["text"] as? String == "a\nb" && decoded["ids"] as? [Int] == [97, 10, 98])
    #expect(decoded["pieces"] as? [String] == ["a", "Ċ", "b"])
    let refused = try rondo.run(decode, input: Data("97 98\n97 10 98\n".utf8))
    #expect(refused.code == 65 && refused.output == "ab\n")
    #expect(
      refused.errors.contains("line 2 of standard input stands for text of more than one line"))
  }

  @Test("Special tokens are shown around a text, and in it where allowed")
  func inspecting() throws {
    try train("words")
    func rows(_ options: String...) throws -> [[Substring]] {
      let outcome = try rondo.run(["tokenizer", "inspect", "--tokenizer", "words"] + options)
      #expect(outcome.code == 0, "\(outcome.errors)")
      return outcome.lines.map { $0.split(separator: " ") }
    }
    let plain = try rows("lower<eos>")
    #expect(!plain.contains { $0.first == "3" })
    #expect(try rows("lower<eos>", "--allow-special", "<eos>").contains(["3", "5..<10", "<eos>"]))
    let framed = try rows("lower", "--add-special-tokens")
    #expect(framed.contains(["2", "<bos>"]) && framed.contains(["3", "<eos>"]))
  }

  @Test("An option that would change nothing is refused in one sentence") func unused() throws {
    try train("words")
    let encode = ["tokenizer", "encode", "--tokenizer", "words"]
    let compare = ["tokenizer", "compare", "corpus.txt", "--tokenizer", "words"]
    let cases: [(arguments: [String], says: String)] = [
      (encode + ["--stride", "2"], "--stride says how lines are shortened; give --truncate too"),
      (encode + ["--cut", "first"], "--cut says how lines are shortened; give --truncate too"),
      (encode + ["--seed", "2"], "--seed says what is drawn; give --sample too"),
      (encode + ["--pattern", "gpt2"], "--pattern goes with tiktoken ranks"),
      (compare + ["--pattern", "gpt2"], "--pattern goes with tiktoken ranks"),
      (compare + ["--learn-from", "corpus.txt"], "--learn-from says how a tokenizer is learned"),
      (compare + ["--size", "99"], "--size says how a tokenizer is learned"),
      (compare + ["--minimum-count", "2"], "--minimum-count says how"),
      (compare + ["--split", "bert"], "--split says how"),
      (compare + ["--score", "likelihood"], "--score says how"),
      (compare + ["--normalize", "nfc"], "--normalize says how"),
      (compare + ["--lowercase"], "--lowercase says how"),
      (compare + ["--strip-accents"], "--strip-accents says how"),
      (compare + ["--special", "<mask>"], "--special says how"),
    ]
    for (arguments, says) in cases {
      let outcome = try rondo.run(arguments, input: Data("a\n".utf8))
      #expect(outcome.code == 64 && outcome.output.isEmpty, "\(arguments): \(outcome.output)")
      #expect(outcome.errors.contains(says), "\(arguments): \(outcome.errors)")
    }
  }
}
