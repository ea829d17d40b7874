import Foundation
import Testing

/// Runs `rondo tokenizer inspect` and `compare` as a person does.
@Suite struct TokenizerViewTests {
  private let rondo: RunningProgram

  init() throws {
    rondo = try RunningProgram()
    let english = (0..<40).map { "the player plays \($0) and played lower\n" }.joined()
    let german = (0..<40).map { "der Spieler spielt \($0) und spielte größer\n" }.joined()
    try rondo.write(english, to: "text.en")
    try rondo.write(german, to: "text.de")
    for model in ["byte-bpe", "words"] {
      let outcome = try rondo(
        "tokenizer", "train", "text.en", "--model", model, "--size", "300", "--output", model)
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
  }

  @Test("A text is shown as pieces with identifiers and bytes, plain where no terminal is")
  func pieces() throws {
    let outcome = try rondo("tokenizer", "inspect", "--tokenizer", "words", "the  player zzz")
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(outcome.lines[0] == "the|player|<unk>")
    #expect(outcome.lines.contains { $0.hasSuffix("0..<3  the") })
    #expect(outcome.lines.contains { $0.hasSuffix("5..<11  player") })
    #expect(outcome.lines.contains { $0.hasPrefix(" 1  ") && $0.hasSuffix("12..<15  <unk>") })

    let controls = try rondo(
      "tokenizer", "inspect", "--tokenizer", "byte-bpe", "a\tb\u{1B}[31m 🤖 ")
    #expect(!controls.output.contains("\t") && !controls.output.contains("\u{1B}"))
    #expect(controls.output.contains("\\t") && controls.output.contains("\\u{1B}"))
    #expect(controls.output.contains("\\xF0") && controls.output.contains("␣"))

    let fed = try rondo("tokenizer", "inspect", "--tokenizer", "words", input: "the\nplayer\n")
    #expect(fed.lines[0] == "the" && fed.lines.contains("player"))
    let invalid = try rondo.run(
      ["tokenizer", "inspect", "--tokenizer", "byte-bpe"], input: Data([0x61, 0xFF, 0x0A]))
    #expect(invalid.code == 0 && invalid.lines[0] == "a|\\xFF", "\(invalid.errors)")
  }

  @Test(
    "A terminal gets colours unless somebody asks for none",
    .enabled(if: RunningProgram.hasTerminal, "no tool makes a terminal here"))
  func colors() throws {
    let inspect = "tokenizer inspect --tokenizer words 'the player'"
    let colored = try rondo.onTerminal(inspect, "COLORTERM=truecolor")
    #expect(colored.contains("\u{1B}[38;2;"), "\(colored.debugDescription)")
    let plain = try rondo.onTerminal(inspect, "NO_COLOR=1")
    #expect(plain.contains("the|player") && !plain.contains("\u{1B}["))
  }

  @Test("Without a text the tokenizer is described, with the roles that it has and has not")
  func description() throws {
    let bytes = try rondo("tokenizer", "inspect", "--tokenizer", "byte-bpe")
    #expect(bytes.lines.contains { $0.hasPrefix("model ") && $0.contains("byte pairs of bytes") })
    #expect(bytes.lines.contains { $0.hasPrefix("start ") && $0.hasSuffix("<bos>  1") })
    #expect(bytes.lines.contains { $0.hasPrefix("unknown ") && $0.hasSuffix("none") })
    #expect(bytes.lines.contains { $0.hasPrefix("around a text") && $0.contains("<bos> A <eos>") })
    let words = try rondo("tokenizer", "inspect", "--tokenizer", "words")
    #expect(words.lines.contains { $0.hasPrefix("unknown ") && $0.hasSuffix("<unk>  1") })
  }

  @Test("Tokenizers are compared in tables, and the curve follows the sizes") func comparison()
    throws
  {
    let outcome = try rondo(
      "tokenizer", "compare", "--tokenizer", "byte-bpe", "--tokenizer", "words", "--model",
      "wordpiece", "--size", "200", "--sizes", "80,100", "text.en", "text.de", "--report", "page")
    #expect(outcome.code == 0, "\(outcome.errors)")
    for part in [
      "text.en: 40 lines", "tokens per word", "tokens, as a multiple of text.en",
      "words that begin with 'play'", "numbers", "emoji", "lines that are cut differently",
      "size of the vocabulary: wordpiece from text.en",
    ] {
      #expect(outcome.output.contains(part), "\(part)")
    }
    #expect(!outcome.output.contains("\u{1B}"))
    let page = try String(contentsOfFile: "\(rondo.folder)/page/report.html", encoding: .utf8)
    #expect(page.contains("<svg") && page.contains("Fertility"))
    #expect(!page.contains(" src=") && !page.contains("<link") && !page.contains("@import"))
    #expect(page.components(separatedBy: "<svg").count > 15)
    let again = try rondo(
      "tokenizer", "compare", "--tokenizer", "words", "text.en", "--report", "page")
    #expect(again.code == 1 && again.errors.contains("report.html exists and is not overwritten"))
  }

  @Test("The figures of a comparison come as JSON too") func json() throws {
    let outcome = try rondo(
      "tokenizer", "compare", "--tokenizer", "byte-bpe", "--tokenizer", "words", "text.de",
      "--json", "--embedding-size", "16", "--stem", "spiel")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let object = try #require(value as? [String: Any])
    let files = try #require(object["files"] as? [[String: Any]])
    let figures = try #require(files[0]["figures"] as? [[String: Any]])
    #expect(figures.map { $0["tokenizer"] as? String } == ["byte-bpe", "words"])
    // Each line has seven words; of the German ones the tokenizer of English knows numbers only.
    #expect(figures[1]["words"] as? Int == 280 && figures[1]["tokens"] as? Int == 280)
    #expect(figures[1]["unknownRate"] as? Double == 240.0 / 280)
    #expect(figures[0]["unknownRate"] as? Double == 0)
    #expect(figures[0]["exactLineRate"] as? Double == 1)
    let stems = try #require(object["stems"] as? [[String: Any]])
    #expect(stems.map { $0["words"] as? Int } == [2, 2])
    let tokenizers = try #require(object["tokenizers"] as? [[String: Any]])
    #expect(tokenizers[0]["embeddingBytes"] as? Int == 300 * 16 * 4)
  }

  @Test("Words outside a cut vocabulary are reported as unknown, and characters never are")
  func unknownWords() throws {
    try rondo.write("a a a b b c\n", to: "abc.txt")
    // Four special tokens, then a and b.
    let compare = [
      "tokenizer", "compare", "abc.txt", "--model", "words", "--model", "characters", "--size", "6",
    ]
    let outcome = try rondo.run(compare + ["--json"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let files = try #require((value as? [String: Any])?["files"] as? [[String: Any]])
    let figures = try #require(files[0]["figures"] as? [[String: Any]])
    #expect(figures.map { $0["tokenizer"] as? String } == ["words 6", "characters 6"])
    #expect(figures[0]["unknownRate"] as? Double == 1.0 / 6)
    #expect(figures[0]["unknownTextRate"] as? Double == 1.0 / 11)
    let table = try rondo.run(compare)
    #expect(table.lines.contains { $0.hasPrefix("words 6 ") && $0.contains("16.7 %") })
  }

  @Test("Tokenizers of one name are told apart, whatever the others are called") func names() throws
  {
    for name in ["other/words", "words (2)"] {
      try FileManager.default.createDirectory(
        atPath: "\(rondo.folder)/other", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: "\(rondo.folder)/words", toPath: "\(rondo.folder)/\(name)")
    }
    let outcome = try rondo(
      "tokenizer", "compare", "--tokenizer", "words", "--tokenizer", "other/words", "--tokenizer",
      "words (2)", "text.en", "--json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let object = try #require(value as? [String: Any])
    let tokenizers = try #require(object["tokenizers"] as? [[String: Any]])
    #expect(tokenizers.map { $0["name"] as? String } == ["words", "words (2)", "words (2) (2)"])
    let probes = try #require(object["probes"] as? [[String: Any]])
    #expect(probes.allSatisfy { ($0["pieces"] as? [String: Any])?.count == 3 })
  }

  @Test("Wrong turns get one sentence and their exit code") func wrongTurns() throws {
    let compare = ["tokenizer", "compare", "text.en"]
    let cases: [(arguments: [String], code: Int32, says: String)] = [
      (compare, 64, "name tokenizers with --tokenizer"),
      (compare + ["--model", "unigramm"], 64, "did you mean 'unigram'?"),
      (compare + ["--sizes", "100,x"], 64, "not 'x'"),
      (compare + ["--sizes", "100"], 64, "at least two sizes"),
      (compare + ["--tokenizer", "nowhere"], 66, "nowhere"),
      (compare + ["none.txt", "--tokenizer", "words"], 66, "none.txt"),
      (compare + ["--tokenizer", "words", "--report", "/proc/none"], 74, "/proc/none"),
      (["tokenizer", "inspect", "--tokenizer", "text.en"], 65, "cannot tell which tokenizer"),
      (["tokenizer", "inspekt"], 64, "inspekt"),
    ]
    for (arguments, code, says) in cases {
      let outcome = try rondo.run(arguments)
      #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(says), "\(arguments): \(outcome.errors)")
    }
  }
}
