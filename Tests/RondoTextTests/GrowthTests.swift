import Foundation
import Testing

@testable import RondoText

@Suite("Long texts", .serialized)
struct GrowthTests {
  static let megabyte = 1 << 20

  #if DEBUG || RONDO_COUNT_STEPS
  /// The bytes of the longer text: debug builds are slow, offsets and decoding are slower than
  /// identifiers, and growth shows in short texts just as well.
  static func size(_ way: RepeatedText.Way) -> Int {
    #if DEBUG
    1 << 13
    #else
    way == .identifiers ? megabyte : megabyte / 16
    #endif
  }

  @Test(
    "Twice as much of one repeated unit takes at most 2.5 times the steps",
    arguments: RepeatedText.Way.allCases)
  func steps(way: RepeatedText.Way) async {
    // A process of its own, because other tests take steps as well.
    await #expect(processExitsWith: .success) { [way] in
      for (name, tokenizer) in try RepeatedText.tokenizers() {
        for unit in RepeatedText.units {
          RepeatedText.checkSteps(of: tokenizer, name, unit, way: way, size: GrowthTests.size(way))
        }
      }
    }
  }

  #if DEBUG
  @Test("A megabyte takes each model at most 2.5 times the steps of half of it")
  func wholeMegabytes() async {
    await #expect(processExitsWith: .success) {
      for (name, unit) in [
        ("gpt2", "a"), ("cl100k", "\u{301}"), ("word pieces", "<"), ("sentencepiece/unigram", "\n"),
      ] {
        let tokenizer = try #require(RepeatedText.tokenizers().first { $0.0 == name }).1
        RepeatedText.checkSteps(
          of: tokenizer, name, unit, way: .identifiers, size: GrowthTests.megabyte)
      }
    }
  }
  #endif
  #else
  @Test("A megabyte of one repeated unit takes time in proportion to its length")
  func time() throws {
    for (name, tokenizer) in try RepeatedText.tokenizers() {
      for unit in RepeatedText.units {
        // Three doublings at once, so that what is quadratic takes 64 times as long.
        let before = RepeatedText.time(unit, size: Self.megabyte / 8, tokenizer)
        let after = RepeatedText.time(unit, size: Self.megabyte, tokenizer)
        #expect(after < 20 * before + 0.02, "\(name) \(unit.debugDescription) \(before) \(after)")
        #expect(after < 20)
      }
    }
  }
  #endif
}

/// Texts of one repeated unit, and what they are encoded with.
enum RepeatedText {
  /// What is done with a text.
  enum Way: String, CaseIterable, Codable, Sendable {
    case identifiers, offsets, decoding
  }

  static let units = [
    "a", " ", "\u{301}", "q\u{307}\u{323}", "漢", "각", "🙂", "👩‍👧", "\n", " \n", "<", "'", "'s", "A",
    "漢A", "1", "-", "▁", "\u{0}", "é", "<mask", "a ", "##", "\u{2028}x", "lower", "▁low",
    "\u{FEFF}",
  ]

  /// Every model, and every part that reads text before it.
  static func tokenizers() throws -> [(String, Tokenizer)] {
    var result = try LawsTests.models()
    for name in ["unigram", "unigram-bytes", "unigram-bare", "bpe", "bpe-bytes", "bpe-bare"] {
      let tokenizer = try Tokenizer(sentencePiece: SentencePieceTests.model(name))
      result.append(("sentencepiece/\(name)", tokenizer))
    }
    result.append(("scalars", .characters(from: units)))
    result.append(("graphemes", .characters(from: units, unit: .grapheme)))
    result.append(("running text", .words(from: ["a b"], isLowercased: true)))
    let model = WordLevelModel(
      vocabulary: Vocabulary(["[UNK]", "a", "aa", "▁a"].map { Array($0.utf8) }),
      unknownToken: "[UNK]")
    let added = [
      AddedToken("<mask>", id: 5, stripsLeft: true, stripsRight: true, isSpecial: true),
      AddedToken("<<<<x", id: 6, isSingleWord: true),
    ]
    let parts: [(any Normalizer, any PreTokenizer)] = [
      (UnicodeNormalizer(.composed), PunctuationPreTokenizer()),
      (UnicodeNormalizer(.compatibilityDecomposed), DigitsPreTokenizer(isIndividual: false)),
      (StrippingNormalizer(), SplitPreTokenizer(.whiteSpaceRun, behavior: .mergedWithNext)),
      (ReplacingNormalizer(.spaces, by: "▁"), SplitPreTokenizer(.literal("a"), behavior: .removed)),
      (AccentStrippingNormalizer(), WhitespaceSplitPreTokenizer()),
      (LowercaseNormalizer(), MetaspacePreTokenizer()),
    ]
    for (normalizer, preTokenizer) in parts {
      result.append(
        (
          "\(type(of: normalizer)) \(type(of: preTokenizer))",
          Tokenizer(
            normalizer: normalizer, preTokenizer: preTokenizer, model: model, addedTokens: added)
        ))
    }
    return result
  }

  static func text(_ unit: String, size: Int) -> [UInt8] {
    Array(String(repeating: unit, count: size / unit.utf8.count).utf8)
  }

  #if DEBUG || RONDO_COUNT_STEPS
  /// Compares the steps that a text of `size` bytes takes with those of half of it.
  static func checkSteps(
    of tokenizer: Tokenizer, _ name: String, _ unit: String, way: Way, size: Int
  ) {
    let start = ContinuousClock.now
    let steps = [size / 2, size].map { size in
      let bytes = text(unit, size: size)
      let string = String(decoding: bytes, as: UTF8.self)
      let ids = way == .decoding ? tokenizer.encode(string, allowing: .all) : []
      let before = StepCounter.count.load(ordering: .relaxed)
      switch way {
      case .identifiers:
        bytes.withUnsafeBufferPointer {
          tokenizer.withTokens(of: $0, allowing: .all) { _ in }
        }
      case .offsets:
        _ = tokenizer.encoding(of: string, options: EncodingOptions(allowedSpecialTokens: .all))
      case .decoding:
        _ = tokenizer.decodeBytes(ids, keepsSpecialTokens: true)
      }
      let taken = StepCounter.count.load(ordering: .relaxed) - before
      #expect(taken > 0 || way == .decoding && ids.isEmpty, "\(name) \(unit.debugDescription)")
      return taken
    }
    let note: Comment = "\(name) \(unit.debugDescription) \(way) \(steps)"
    #expect(Double(steps[1]) <= 2.5 * Double(steps[0]), note)
    #expect(ContinuousClock.now - start < .seconds(20), note)
  }
  #endif

  /// The least processor seconds of a few runs.
  static func time(_ unit: String, size: Int, _ tokenizer: Tokenizer) -> Double {
    let text = text(unit, size: size)
    return (0..<2).map { _ in
      let start = clock()
      text.withUnsafeBufferPointer { tokenizer.withTokens(of: $0, allowing: .all) { _ in } }
      return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }.min() ?? 0
  }
}
