import Foundation
import Testing

@testable import RondoText

@Suite("Comparing tokenizers")
struct TokenizerComparisonTests {
  private let folder: TextFolder

  init() throws { folder = try TextFolder() }

  @Test("Each tokenizer is measured on each file, and unlike lines and words of stems are kept")
  func files() throws {
    let first = try folder.write(Array("play played\nno, never\n".utf8), to: "a")
    let second = try folder.write(Array("players\r\n".utf8) + [0xFF, 0x0A], to: "b")
    let words = Tokenizer.words(from: ["play played no, never players"])
    let characters = Tokenizer.characters(from: ["play played no, never players"])
    var comparison = TokenizerComparison(of: [words, characters, words], stems: ["play"])
    try comparison.add(first)
    try comparison.add(second)
    #expect(comparison.files.map(\.path) == [first, second])
    #expect(comparison.files[0].measurements.map(\.tokenCount) == [5, 20, 5])
    #expect(comparison.files[1].measurements.map(\.tokenCount) == [1, 7, 1])
    #expect(comparison.files.map(\.damagedLineCount) == [0, 1])
    #expect(comparison.files[0].unlikeLines == ["play played", "no, never"])
    #expect(comparison.formsOfStems == ["play": ["played", "players"]])

    var alike = TokenizerComparison(of: [words, words])
    try alike.add(first)
    #expect(alike.files[0].unlikeLines.isEmpty)
    #expect(throws: RondoTextError.self) { try comparison.add(folder.path + "/none") }
  }

  @Test("A larger vocabulary never makes more tokens of what it was learned from")
  func curve() throws {
    let text = (0..<200).map { "the lower river \($0 * 7919) flows slower than \($0)\n" }
    let file = try folder.write(Array(text.joined().utf8), to: "a")
    let curve = try VocabularyCurve(
      sizes: [400, 260, 300, 300], trainer: TokenizerTrainer(.byteLevelBytePair, vocabularySize: 1),
      learningFrom: [file], measuringOn: [file, file])
    #expect(curve.points.map(\.requestedSize) == [260, 300, 400])
    #expect(curve.points.map(\.tokenizer.vocabularySize) == [260, 300, 400])
    let tokens = curve.points.map { $0.measurements[0].tokensPerLine }
    #expect(tokens[0] > tokens[1] && tokens[1] > tokens[2])
    #expect(curve.points.allSatisfy { $0.measurements.count == 2 })
    // 256 bytes, three special tokens and one merge: nearly a token a byte.
    #expect(curve.points[0].measurements[0].bytesPerToken < 1.2)
  }

  @Test("The probes cover what is hard, and a byte-level model gives each of them back")
  func probes() throws {
    let kinds = Set(SplitProbe.standard.map(\.kind))
    #expect(
      kinds == ["numbers", "indentation", "spaces at the end", "emoji", "languages"])
    // English, German, French, Czech, Chinese and Arabic.
    #expect(SplitProbe.standard.filter { $0.kind == "languages" }.count == 6)
    #expect(SplitProbe.standard.contains { $0.text == "Pes si hraje na zahradě." })
    let trainer = TokenizerTrainer(.byteLevelBytePair, vocabularySize: 270)
    var words = WordCounts()
    words.add(lines: ["the lower the river"], preTokenizer: trainer.preTokenizer)
    let tokenizer = try trainer.train(on: words).tokenizer
    for probe in SplitProbe.standard {
      #expect(tokenizer.decode(tokenizer.encode(probe.text)) == probe.text)
    }
  }
}
