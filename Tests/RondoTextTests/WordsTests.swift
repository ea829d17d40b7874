import Foundation
import Testing

@testable import RondoText

/// Texts of `shared/data`, which lies beside the package on some machines.
private enum SharedText {
  static let folder = Golden.shared.appending(path: "data")
  static let shakespeare = folder.appending(path: "char_lm/tinyshakespeare.txt")
  static let sentences = folder.appending(path: "translation/val.de")
}

@Suite("Words and characters")
struct WordsTests {
  @Test("Running text splits into words, endings and punctuation")
  func splitting() {
    let cases: [(String, [String])] = [
      ("A man's t-shirt.", ["A", "man", "'s", "t-shirt", "."]),
      ("Don't stop... ever!", ["Don", "'t", "stop", "...", "ever", "!"]),
      ("l'homme d’accord", ["l'", "homme", "d’", "accord"]),
      ("1,000.5 Grad, 3.", ["1,000.5", "Grad", ",", "3", "."]),
      ("'tis (so) \"fine\"", ["'", "tis", "(", "so", ")", "\"", "fine", "\""]),
      ("", []), ("  ", []), ("Größe–naïve", ["Größe", "–", "naïve"]),
      ("a- -b", ["a", "-", "-", "b"]),
    ]
    for (text, pieces) in cases {
      var split = PreTokenizedText(NormalizedText(text))
      RunningTextPreTokenizer().split(&split)
      let found = split.pieces.map { piece in
        split.text.withBytes { String(decoding: $0[piece.range], as: UTF8.self) }
      }
      #expect(found == pieces)
    }
  }

  @Test("Words come back as readable text")
  func rejoining() {
    let lines = [
      "A man's t-shirt is red, isn't it?", "She said: \"Go home!\" (twice).", "L'homme d'affaires…",
      "Er zahlt 1.000,50 € für „Brot“ und Wein.", "Wait... what?!",
    ]
    let tokenizer = Tokenizer.words(from: lines)
    for line in lines where !line.contains("?!") {
      #expect(tokenizer.decode(tokenizer.encode(line)) == line.replacing(" € ", with: " €"))
    }
    #expect(tokenizer.unknownRate(of: lines) == 0)
  }

  @Test("No more words are chosen than a file may hold, so what is written can be read")
  func fileLimits() throws {
    var words = WordCounts()
    // Of 64 KB each, 192 are 12 MB less what the special tokens and the numbers have.
    for number in 100..<300 { words.add("\(number)" + String(repeating: "x", count: 1 << 16 - 3)) }
    words.add(String(repeating: "y", count: 1 << 16 + 1))
    words.add("short")
    let model = WordLevelTrainer().train(on: words).model
    #expect(model.count == 4 + 191)
    let folder = try TextFolder()
    let path = folder.path + "/tokenizer.json"
    try Tokenizer(model: model).write(to: path)
    #expect(try Tokenizer(contentsOf: path).vocabularySize == model.count)
  }

  @Test("The vocabulary keeps the most frequent words, lowered if asked")
  func vocabulary() {
    let tokenizer = Tokenizer.words(
      from: ["The cat the dog", "a cat"], isLowercased: true, minimumCount: 2, maximumSize: 6)
    #expect(
      (0..<6).map { tokenizer.token(for: $0) } == [
        "<pad>", "<unk>", "<bos>", "<eos>", "cat", "the",
      ])
    #expect(tokenizer.vocabularySize == 6)
    #expect(tokenizer.encode("The mouse") == [5, 1])
    #expect(tokenizer.unknownRate(of: ["the mouse", "a cat"]) == 0.5)
    let ids = [tokenizer.paddingID, tokenizer.unknownID, tokenizer.startID, tokenizer.endID]
    #expect(ids == [0, 1, 2, 3])
  }

  @Test("Text never becomes a special token unless it is allowed to")
  func specialTokens() {
    for tokenizer in [
      Tokenizer.words(from: ["< pad > bos eos unk"]), Tokenizer.characters(from: ["<pad>"]),
      Tokenizer.characters(from: ["<pad>"], unit: .grapheme),
    ] {
      for special in Tokenizer.standardSpecialTokens {
        let ids = tokenizer.encode("x \(special.text) y")
        #expect(!ids.contains { [0, 2, 3].contains($0) })
        let allowed = tokenizer.encode("x \(special.text) y", allowing: .all)
        #expect(allowed.contains(tokenizer.id(of: special) ?? -1))
        #expect(
          tokenizer.encode(special.text, allowing: .only([special])) == [tokenizer.id(of: special)])
      }
    }
  }

  @Test("Characters are scalars or graphemes, and nothing is lost")
  func characters() {
    let text = "Cafe\u{301} 👩‍👧\r\n🇩🇪"
    let scalars = Tokenizer.characters(from: [text])
    let graphemes = Tokenizer.characters(from: [text], unit: .grapheme)
    #expect(scalars.encode(text).count == text.unicodeScalars.count)
    #expect(graphemes.encode(text).count == text.count)
    #expect(scalars.decode(scalars.encode(text)) == text)
    #expect(graphemes.decode(graphemes.encode(text)).utf8.elementsEqual(text.utf8))
    let long = String(repeating: text, count: 700)
    #expect(graphemes.encode(long).count == long.count)
  }

  @Test("Offsets point into the original text")
  func offsets() {
    let text = "Ärger, GRÖSSE!"
    let tokenizer = Tokenizer.words(from: [text], isLowercased: true)
    let encoding = tokenizer.encoding(of: text)
    #expect(encoding.pieces == ["ärger", ",", "grösse", "!"])
    #expect(encoding.scalarOffsets == [0..<5, 5..<6, 7..<13, 13..<14])
    #expect(encoding.byteOffsets == [0..<6, 6..<7, 8..<15, 15..<16])
    #expect(encoding.wordIndices == [0, 1, 2, 3])
    #expect(encoding.ids == tokenizer.encode(text))
  }

  @Test("A written tokenizer reads back as the same one")
  func file() throws {
    let lines = ["Der Hund läuft.", "Ein \"Hund\" \\ schläft\t."]
    for tokenizer in [
      Tokenizer.words(from: lines, isLowercased: true), Tokenizer.characters(from: lines),
      Tokenizer.characters(from: lines, unit: .grapheme),
    ] {
      let json = try tokenizer.json()
      let copy = try Tokenizer(json: json, file: "copy")
      #expect(try copy.json() == json)
      for line in lines + ["Der Bär <unk>"] { #expect(copy.encode(line) == tokenizer.encode(line)) }
      #expect(copy.decode(copy.encode(lines[0])) == tokenizer.decode(tokenizer.encode(lines[0])))
    }
  }

  @Test(
    "TinyShakespeare has 65 characters and comes back whole, by scalars and by graphemes",
    .enabled(if: FileManager.default.fileExists(atPath: SharedText.shakespeare.path)))
  func shakespeare() throws {
    let text = try String(contentsOf: SharedText.shakespeare, encoding: .utf8)
    for unit in CharacterPreTokenizer.Unit.allCases {
      let tokenizer = Tokenizer.characters(from: [text], unit: unit)
      #expect(tokenizer.vocabularySize == 65 + Tokenizer.standardSpecialTokens.count)
      let part = String(text.prefix(100_000))
      let ids = tokenizer.encode(part)
      #expect(ids.count == 100_000 && tokenizer.decode(ids) == part)
      #expect(!ids.contains { $0 == tokenizer.unknownID })
    }
  }

  @Test(
    "On Multi30k, a cut vocabulary of words leaves as many unknown as a dictionary counts",
    .enabled(if: FileManager.default.fileExists(atPath: SharedText.sentences.path)))
  func outOfVocabulary() throws {
    let lines = try String(contentsOf: SharedText.sentences, encoding: .utf8).split(separator: "\n")
      .map(String.init)
    let (known, new) = (lines.prefix(800), lines.dropFirst(800))
    func words(_ lines: some Sequence<String>) -> [[UInt8]] {
      lines.flatMap { $0.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) } }
    }
    var counts: [[UInt8]: Int] = [:]
    for word in words(known) { counts[word, default: 0] += 1 }
    let kept = counts.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
    }
    let found = words(new)
    for size in [100, 1_000, 100_000] {
      let tokenizer = Tokenizer.words(
        from: known, maximumSize: size + 4, preTokenizer: WhitespaceSplitPreTokenizer())
      #expect(tokenizer.vocabularySize == min(size, counts.count) + 4)
      let vocabulary = Set(kept.prefix(size).map(\.key))
      let unknownCount = found.count { !vocabulary.contains($0) }
      var measured = TokenizerMeasurement(of: tokenizer)
      for line in new { measured.add(line) }
      #expect(measured.tokenCount == found.count)
      #expect(measured.unknownCount == unknownCount && unknownCount > 100)
      #expect(tokenizer.unknownRate(of: new) == measured.unknownRate)
    }
  }
}
