import Foundation
import Testing

@testable import RondoText

@Suite("Long texts", .serialized)
struct GrowthTests {
  static let units = [
    "a", " ", "\u{301}", "q\u{307}\u{323}", "漢", "각", "🙂", "👩‍👧", "\n", " \n", "<", "'", "'s", "A",
    "漢A",
    "1", "-", "▁", "\u{0}", "é", "<mask", "a ", "##", "\u{2028}x",
  ]

  #if DEBUG
  static let size = 1 << 14
  #else
  static let size = 1 << 19
  #endif

  static func tokenizers() -> [(String, Tokenizer)] {
    let letters = Vocabulary(["[UNK]", "a", "##a", "aa", "▁a"].map { Array($0.utf8) })
    let model = WordLevelModel(vocabulary: letters, unknownToken: "[UNK]")
    let preTokenizers: [any PreTokenizer] = [
      GPT2Scanner(), CL100KScanner(), O200KScanner(), BERTPreTokenizer(), WhitespacePreTokenizer(),
      RunningTextPreTokenizer(), MetaspacePreTokenizer(), PunctuationPreTokenizer(),
      CharacterPreTokenizer(unit: .grapheme), DigitsPreTokenizer(isIndividual: false),
    ]
    let normalizers: [any Normalizer] = [
      UnicodeNormalizer(.composed), UnicodeNormalizer(.compatibilityDecomposed), BERTNormalizer(),
      StrippingNormalizer(), ReplacingNormalizer(.spaces, by: "▁"),
    ]
    let added = [
      AddedToken("<mask>", id: 5, stripsLeft: true, stripsRight: true, isSpecial: true),
      AddedToken("<<<<x", id: 6, isSingleWord: true),
    ]
    var result = preTokenizers.map { part in
      ("\(type(of: part))", Tokenizer(preTokenizer: part, model: model, addedTokens: added))
    }
    for part in normalizers {
      result.append(
        (
          "\(type(of: part))",
          Tokenizer(
            normalizer: part, preTokenizer: WhitespaceSplitPreTokenizer(), model: model,
            addedTokens: added)
        ))
    }
    if let pieces = try? WordPieceModel(vocabulary: letters) {
      result.append(("WordPiece", Tokenizer(preTokenizer: BERTPreTokenizer(), model: pieces)))
    }
    return result
  }

  /// The least processor time of a few runs.
  static func time(_ text: [UInt8], _ tokenizer: Tokenizer) -> Double {
    (0..<3).map { _ in
      let start = clock()
      text.withUnsafeBufferPointer { tokenizer.withTokens(of: $0, allowing: .all) { _ in } }
      return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }.min() ?? 0
  }

  @Test("A text of one repeated unit takes time in proportion to its length")
  func repetition() {
    let start = ContinuousClock.now
    for (name, tokenizer) in Self.tokenizers() {
      for unit in Self.units {
        let bytes = Array(unit.utf8)
        func text(_ size: Int) -> [UInt8] {
          Array(repeatElement(bytes, count: size / bytes.count).joined())
        }
        // Three doublings at once, so that what is quadratic takes 64 times as long.
        let (short, long) = (text(Self.size / 8), text(Self.size))
        let before = Self.time(short, tokenizer)
        let after = Self.time(long, tokenizer)
        #expect(after < 20 * before + 0.02, "\(name) \(unit.debugDescription) \(before) \(after)")
      }
    }
    #expect(ContinuousClock.now - start < .seconds(120))
  }
}
