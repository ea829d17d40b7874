import Foundation
import Testing

/// Runs `rondo tokenizer` as a person does.
@Suite struct TokenizerCommandTests {
  private let rondo: RunningProgram

  private static let corpus = """
    The lower the river, the lower the flow of the lower river.
    She plays, they played, and the players play a playful play.
    How low is the lowest river that flows below the town?

    """

  init() throws {
    rondo = try RunningProgram()
    try rondo.write(Self.corpus, to: "corpus.txt")
  }

  private func trained(_ model: String, size: Int = 300) throws -> String {
    let outcome = try rondo(
      "tokenizer", "train", "corpus.txt", "--model", model, "--size", "\(size)", "--output", model)
    #expect(outcome.code == 0 && outcome.output.isEmpty, "\(outcome.errors)")
    return model
  }

  @Test(
    "Every model is trained and turns lines into identifiers and back",
    arguments: [
      "bpe", "byte-bpe", "wordpiece", "sentencepiece-bpe", "unigram", "words", "characters",
    ])
  func roundTrip(model: String) throws {
    let tokenizer = try trained(model, size: model == "unigram" ? 60 : 300)
    let lines = ["the lower river", "", "they play a play"]
    let encoded = try rondo(
      "tokenizer", "encode", "--tokenizer", tokenizer, input: lines.joined(separator: "\n") + "\n")
    #expect(encoded.code == 0 && encoded.errors.isEmpty)
    let ids = encoded.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(ids.count == 4 && ids[1].isEmpty && ids[3].isEmpty)
    #expect(ids[0].allSatisfy { $0.isNumber || $0 == " " })
    let decoded = try rondo("tokenizer", "decode", "--tokenizer", tokenizer, input: encoded.output)
    #expect(decoded.output == lines.joined(separator: "\n") + "\n")
  }

  @Test("A SentencePiece model lies beside the tokenizer, and gives the same identifiers")
  func sentencePiece() throws {
    for (model, size) in [("unigram", 60), ("sentencepiece-bpe", 300)] {
      let tokenizer = try trained(model, size: size)
      let ids = try ["tokenizer.json", "tokenizer.model"].map { file in
        let outcome = try rondo(
          "tokenizer", "encode", "--tokenizer", "\(tokenizer)/\(file)", input: Self.corpus)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return outcome.output
      }
      #expect(ids[0] == ids[1] && ids[0].count > 100)
    }
  }

  @Test("A unigram model draws tokens at random, the same for the same seed; others say so")
  func sampling() throws {
    let tokenizer = try trained("unigram", size: 60)
    func drawn(_ seed: Int) throws -> [Substring] {
      let outcome = try rondo(
        "tokenizer", "encode", "--tokenizer", tokenizer, "--sample", "0.1", "--seed", "\(seed)",
        input: String(repeating: "the lower river\n", count: 40))
      #expect(outcome.code == 0, "\(outcome.errors)")
      return outcome.output.split(separator: "\n")
    }
    let lines = try drawn(7)
    #expect(lines.count == 40 && Set(lines).count > 10)
    #expect(try drawn(7) == lines)
    // No line of another seed is drawn as the next line of this one.
    #expect(try drawn(8).dropLast() != lines.dropFirst())
    #expect(try drawn(8) != lines)
    let decoded = try rondo(
      "tokenizer", "decode", "--tokenizer", tokenizer, input: lines.joined(separator: "\n") + "\n")
    #expect(decoded.output == String(repeating: "the lower river\n", count: 40))
    let other = try rondo(
      "tokenizer", "encode", "--tokenizer", trained("words"), "--sample", "0.1", input: "low\n")
    #expect(other.code == 64 && other.errors.contains("this one has whole pieces"))
  }

  @Test("Training says what it took, and refuses to replace a file unless told") func report()
    throws
  {
    let first = try rondo(
      "tokenizer", "train", "corpus.txt", "--output", "own.json", "--size", "280")
    #expect(first.errors.contains("own.json: byte-bpe, 280 tokens"))
    #expect(first.errors.contains("read 3 lines"))
    #expect(first.errors.contains("seconds: reading") && first.errors.contains("memory:"))
    let second = try rondo("tokenizer", "train", "corpus.txt", "--output", "own.json")
    #expect(second.code == 1 && second.errors.contains("own.json exists and is not overwritten"))
    let third = try rondo("tokenizer", "train", "corpus.txt", "--output", "own.json", "--replace")
    #expect(third.code == 0 && third.errors.contains("of 8\u{202F}000 asked for"))
  }

  @Test("A word can be watched while it merges") func watching() throws {
    let outcome = try rondo(
      "tokenizer", "train", "corpus.txt", "--model", "bpe", "--split", "whitespace", "--output",
      "own", "--watch", "lower")
    #expect(outcome.lines.first?.hasSuffix("lower: l o w e r</w>") == true)
    #expect(outcome.lines.last?.hasSuffix("→ lower</w>") == true)
    let steps = outcome.lines.filter { $0.contains("lower: ") }.dropFirst()
    #expect(steps.count == 4 && steps.allSatisfy { $0.contains(" → ") })

    let all = try rondo(
      "tokenizer", "train", "corpus.txt", "--output", "other", "--size", "270", "--trace")
    // 256 bytes and three special tokens leave eleven merges.
    #expect(all.lines.count == 11 && all.lines[0].contains("1  "))
    #expect(all.lines.allSatisfy { $0.hasSuffix(" times") })

    // Whoever has seen enough of the trace still gets the tokenizer.
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.currentDirectoryURL = URL(filePath: rondo.folder)
    process.standardError = FileHandle.nullDevice
    process.arguments = [
      "-c", "\"$0\" tokenizer train corpus.txt --output seen --trace | true",
      RunningProgram.program.absoluteURL.path,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(FileManager.default.fileExists(atPath: "\(rondo.folder)/seen/tokenizer.json"))
  }

  @Test("JSON lines hold pieces, offsets, types and what was cut off") func json() throws {
    let tokenizer = try trained("wordpiece")
    let outcome = try rondo(
      "tokenizer", "encode", "--tokenizer", tokenizer, "--json", "--pair", "--add-special-tokens",
      input: "the river\tthe flow\n")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let object = try #require(value as? [String: Any])
    #expect(
      object["pieces"] as? [String] == ["[CLS]", "the", "river", "[SEP]", "the", "flow", "[SEP]"])
    #expect(object["typeIDs"] as? [Int] == [0, 0, 0, 0, 1, 1, 1])
    #expect(
      object["byteOffsets"] as? [[Int]]
        == [[0, 0], [0, 3], [4, 9], [0, 0], [0, 3], [4, 8], [0, 0]])
    let cut = try rondo(
      "tokenizer", "encode", "--tokenizer", tokenizer, "--json", "--truncate", "2",
      input: "the lower the river\n")
    let short = try JSONSerialization.jsonObject(with: Data(cut.output.utf8)) as? [String: Any]
    #expect((short?["ids"] as? [Int])?.count == 2)
    #expect((short?["overflowing"] as? [Any])?.count == 1)
    let back = try rondo("tokenizer", "decode", "--tokenizer", tokenizer, input: outcome.output)
    #expect(back.output == "the river the flow\n")

    try rondo.write("a\"b\\\u{1}\u{1F}\n", to: "odd.txt")
    let odd = try rondo(
      "tokenizer", "train", "odd.txt", "--model", "characters", "--output", "odd")
    #expect(odd.code == 0)
    let hostile = try rondo(
      "tokenizer", "encode", "--tokenizer", "odd", "--json", input: "\"\\\u{1}\u{1F}\n")
    let quoted = try JSONSerialization.jsonObject(with: Data(hostile.output.utf8))
    let pieces = (quoted as? [String: Any])?["pieces"] as? [String]
    #expect(pieces == ["\"", "\\", "\u{1}", "\u{1F}"])
  }

  @Test("Text becomes a special token only where that is allowed") func specials() throws {
    let tokenizer = try trained("byte-bpe")
    let read = try rondo("tokenizer", "encode", "--tokenizer", tokenizer, input: "a<eos>\n")
    let allowed = try rondo(
      "tokenizer", "encode", "--tokenizer", tokenizer, "--allow-special", "<eos>",
      input: "a<eos>\n")
    #expect(!read.output.split(separator: " ").contains("2\n"))
    #expect(allowed.output.hasSuffix(" 2\n"))
    let spelled = try rondo(
      "tokenizer", "decode", "--tokenizer", tokenizer, "--keep-special-tokens",
      input: allowed.output)
    #expect(spelled.output == "a<eos>\n")
  }

  @Test("A line on a pipe that never ends is answered at once") func endlessPipe() throws {
    let tokenizer = try trained("words")
    try rondo.expectAnswersAtOnce(
      ["tokenizer", "encode", "--tokenizer", "\(rondo.folder)/\(tokenizer)"],
      to: ["the\n", "river\n"])
  }

  @Test("Bytes that are no text become tokens of a byte-level tokenizer, and no others do")
  func bytes() throws {
    let line = Data([0x61, 0xFF, 0x20, 0xC3, 0x0A])
    let encode = ["tokenizer", "encode", "--json", "--tokenizer"]
    let outcome = try rondo.run(encode + [try trained("byte-bpe")], input: line)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let object = try #require(value as? [String: Any])
    #expect(object["byteOffsets"] as? [[Int]] == [[0, 1], [1, 2], [2, 3], [3, 4]])
    #expect(object["pieces"] as? [String] == ["a", "ÿ", "Ġ", "Ã"])
    let words = try rondo.run(encode + [try trained("words")], input: line)
    #expect(words.code == 65 && words.errors.contains("line 1 of standard input: byte 2 is not"))
  }

  @Test("A bad line ends the filter with its number, after the answers to the lines before it")
  func badLines() throws {
    let tokenizer = try trained("byte-bpe")
    let decode = ["tokenizer", "decode", "--tokenizer", tokenizer]
    let encode = ["tokenizer", "encode", "--tokenizer", tokenizer]
    let cases: [(arguments: [String], input: [UInt8], says: String)] = [
      (decode, Array("70\n71 x\n".utf8), "line 2 of standard input holds 'x'"),
      (decode, Array("70\n71 300\n".utf8), "names 300, which is not in the vocabulary of 0 to 299"),
      (decode, Array("70\n-1\n".utf8), "line 2 of standard input names -1"),
      (decode, Array("70\n[1,\n".utf8), "line 2 of standard input is neither a JSON list"),
      (decode, Array("70\n99999999999999999999\n".utf8), "holds '99999999999999999999'"),
      (
        encode + ["--truncate", "9"], Array("ok\n".utf8) + [0x61, 0xFF, 0x0A],
        "line 2 of standard input: byte 2 is not"
      ),
      (encode + ["--pair"], Array("a\tb\na\n".utf8), "line 2 of standard input has 0 tabs"),
    ]
    for (arguments, input, says) in cases {
      let outcome = try rondo.run(arguments, input: Data(input))
      #expect(outcome.code == 65, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(says), "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(outcome.lines.count == 1, "\(arguments): \(outcome.output)")
    }
    let newline = try rondo("tokenizer", "encode", "--tokenizer", tokenizer, input: "x\n")
    #expect(newline.code == 0)
  }

  @Test("Many lines at once are answered in their order, up to the first bad one")
  func manyLines() throws {
    try rondo.write("0123456789\n", to: "digits.txt")
    let trained = try rondo(
      "tokenizer", "train", "digits.txt", "--model", "characters", "--output", "digits")
    #expect(trained.code == 0, "\(trained.errors)")
    let lines = (1...20_000).map { "\($0)\n" }
    let encoded = try rondo("tokenizer", "encode", "--tokenizer", "digits", input: lines.joined())
    let ids = encoded.lines
    #expect(ids.count == lines.count)
    let decoded = try rondo("tokenizer", "decode", "--tokenizer", "digits", input: encoded.output)
    #expect(decoded.output == lines.joined())

    let damaged = (ids[..<12_345] + ["x"] + ids[12_345...]).map { $0 + "\n" }.joined()
    let outcome = try rondo("tokenizer", "decode", "--tokenizer", "digits", input: damaged)
    #expect(outcome.code == 65 && outcome.errors.contains("line 12346 of standard input holds 'x'"))
    #expect(outcome.output == lines[..<12_345].joined())
  }

  @Test("Wrong turns get one sentence and their exit code") func wrongTurns() throws {
    let words = try trained("words")
    try rondo.write("{}", to: "config.json")
    try Data([0x1F, 0x8B, 8, 0, 0x0A]).write(to: URL(filePath: "\(rondo.folder)/text.gz"))
    try Data([0xE4, 0x0A]).write(to: URL(filePath: "\(rondo.folder)/latin.txt"))
    try rondo.write("\n\n", to: "empty.txt")
    let train = ["tokenizer", "train", "corpus.txt", "--output", "new"]
    let cases: [(arguments: [String], code: Int32, says: String)] = [
      (train + ["--model", "wordpeice"], 64, "did you mean 'wordpiece'?"),
      (train + ["--split", "whitspace"], 64, "did you mean 'whitespace'?"),
      (train + ["--split", "bert"], 64, "choose one of gpt2, cl100k, o200k"),
      (train + ["--normalize", "nfx"], 64, "did you mean 'nfc'?"),
      (train + ["--model", "unigram", "--trace"], 64, "learns no merges to watch"),
      (train + ["--model", "unigram", "--size", "9"], 64, "different characters"),
      (train + ["--size", "0"], 64, "--size is 1 or above"),
      (train + ["--siez", "9"], 64, "--siez"),
      (["tokenizer", "train", "none.txt", "--output", "new"], 66, "none.txt"),
      (["tokenizer", "train", "text.gz", "--output", "new"], 65, "gunzip"),
      (train + ["--model", "words", "--keep-line-ends"], 64, "only byte-bpe keeps them"),
      (["tokenizer", "train", "latin.txt", "--output", "new"], 65, "no line of it is UTF-8"),
      (["tokenizer", "train", "empty.txt", "--output", "new"], 65, "no words to learn from"),
      (["tokenizer", "train", "corpus.txt", "--output", "/proc/none"], 74, "/proc/none"),
      // Known before anything is read.
      (
        ["tokenizer", "train", "none.txt", "--output", "latin.txt/x"], 74, "latin.txt is no folder"
      ),
      (["tokenizer", "encode", "--tokenizer", "nowhere"], 66, "nowhere"),
      (["tokenizer", "encode", "--tokenizer", "config.json"], 65, "model is missing"),
      (["tokenizer", "encode", "--tokenizer", "corpus.txt"], 65, "cannot tell which tokenizer"),
      (
        ["tokenizer", "encode", "--tokenizer", words, "--allow-special", "<boss>"], 64,
        "did you mean '<bos>'?"
      ),
      (
        ["tokenizer", "encode", "--tokenizer", words, "--truncate", "9", "--cut", "firs"], 64,
        "'first'"
      ),
      (
        ["tokenizer", "encode", "--tokenizer", words, "--truncate", "1", "--add-special-tokens"],
        64, "2 special tokens do not fit into 1"
      ),
      (["tokenizer", "encode", "--tokenizer", words, "--pattern", "cl100"], 64, "'cl100k'"),
    ]
    for (arguments, code, says) in cases {
      let outcome = try rondo.run(arguments, input: Data("a\n".utf8))
      #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(says), "\(arguments): \(outcome.errors)")
    }
  }
}
