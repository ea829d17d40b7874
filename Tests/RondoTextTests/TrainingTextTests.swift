import Foundation
import Testing

@testable import RondoText

@Suite("Reading text to learn from")
struct TrainingTextTests {
  private let folder: TextFolder

  init() throws { folder = try TextFolder() }

  private func words(_ text: TrainingText) -> [String: Int] {
    var found: [String: Int] = [:]
    text.words.forEachWord { found[String(decoding: $0, as: UTF8.self)] = $1 }
    return found
  }

  @Test("Line ends and a byte order mark are no part of the words") func ends() throws {
    let trainer = TokenizerTrainer(.characters, vocabularySize: 100)
    let first = try folder.write(
      [0xEF, 0xBB, 0xBF] + Array("one two\r\n\r\ntwo\r\n".utf8), to: "a")
    let second = try folder.write(Array("two three".utf8), to: "b")
    var last: TokenizerProgress?
    let text = try trainer.count([first, second], observer: { last = $0 })
    let counts = ["o": 4, "n": 1, "e": 3, " ": 2, "t": 4, "w": 3, "h": 1, "r": 1]
    #expect(words(text) == counts)
    #expect(text.lineCount == 4 && text.damagedLineCount == 0)
    #expect(last?.phase == "reading" && last?.completed == 28 && last?.total == 28)
  }

  @Test("From a file whose line ends are kept, the same is learned as by Hugging Face")
  func lineEnds() throws {
    let expected = try BytePairCases.read().file
    let file = try folder.write(Array(expected.text.utf8), to: "text")
    var trainer = TokenizerTrainer(
      .byteLevelBytePair, vocabularySize: expected.vocabularySize)
    trainer.splitting = .cl100k
    trainer.keepsLineEnds = true
    let model = try #require(
      try trainer.train(on: trainer.count([file]).words).tokenizer.model as? BytePairModel)
    let tokens = (0..<expected.vocabulary.count).map { id -> String in
      guard let bytes = model.vocabulary.bytes(of: id) else { return "none" }
      return id < 3 ? String(decoding: bytes, as: UTF8.self) : ByteAlphabet.spelling(of: bytes)
    }
    #expect(tokens == expected.vocabulary)
    #expect(
      model.merges.map { [tokens[Int($0.left)], tokens[Int($0.right)]] } == expected.merges)

    trainer.keepsLineEnds = false
    let other = try trainer.train(on: trainer.count([file]).words).tokenizer.model
    #expect((other as? BytePairModel)?.vocabulary.id(of: ".\n") == nil)
    #expect(model.vocabulary.id(of: ".\n") != nil)
  }

  @Test("A file is read line by line, whatever the length of its lines") func longLines() throws {
    let trainer = TokenizerTrainer(.words, vocabularySize: 100)
    let lines = ["short", String(repeating: "long ", count: 200_000), "", "last"]
    let file = try folder.write(Array(lines.joined(separator: "\n").utf8), to: "a")
    let text = try trainer.count([file])
    #expect(words(text) == ["short": 1, "long": 200_000, "last": 1])
    #expect(text.lineCount == 4)
  }

  @Test("Lines that are no text are left out, counted and named") func damage() throws {
    let trainer = TokenizerTrainer(.words, vocabularySize: 100)
    let file = try folder.write(
      Array("good\n".utf8) + [0xFF, 0x0A, 0xE4, 0x0A] + Array("good".utf8), to: "a")
    let text = try trainer.count([file])
    #expect(words(text) == ["good": 2])
    #expect(text.damagedLineCount == 2 && text.firstDamage == "\(file), line 2")

    let latin = try folder.write([0xE4, 0x0A, 0xFC, 0x0A], to: "latin")
    let zipped = try folder.write([0x1F, 0x8B, 0x08, 0x0A], to: "zipped")
    let wide = try folder.write([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00], to: "wide")
    let unmarked = try folder.write("Grüße\nb".utf16.flatMap { [UInt8($0 & 0xFF), 0] }, to: "mute")
    for (path, says) in [
      (latin, "no line of it is UTF-8"), (zipped, "gunzip"), (wide, "UTF-16LE"),
      (unmarked, "UTF-16LE"),
      (folder.path, "cannot read"), (folder.path + "/none", "no such file"),
    ] {
      let error = #expect(throws: RondoTextError.self) { try trainer.count([path]) }
      #expect(error?.description.contains(says) == true, "\(String(describing: error))")
    }
  }
}
