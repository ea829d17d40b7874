import Foundation
import Testing

@testable import RondoText

@Suite struct BytePairModelTests {
  /// A model from a vocabulary and merges in files' spelling.
  static func model(
    _ tokens: [String], merges: [[String]], units: BytePairModel.Units,
    isWholePieceFirst: Bool = false
  ) throws -> BytePairModel {
    func bytes(_ token: String) -> [UInt8] {
      units == .bytes ? ByteAlphabet.bytes(of: token) ?? Array(token.utf8) : Array(token.utf8)
    }
    let vocabulary = Vocabulary(tokens.map(bytes))
    let pairs = try merges.map { merge in
      BytePairModel.Merge(
        left: UInt32(try #require(vocabulary.id(of: bytes(merge[0])))),
        right: UInt32(try #require(vocabulary.id(of: bytes(merge[1])))))
    }
    return try BytePairModel(
      vocabulary: vocabulary, merges: pairs, units: units, isWholePieceFirst: isWholePieceFirst)
  }

  /// The byte-level model of the golden file.
  static func byteLevel() throws -> BytePairModel {
    let cases = try BytePairCases.read().byteLevel
    return try model(cases.vocabulary, merges: cases.merges, units: .bytes)
  }

  @Test("Words become the tokens and spans that Hugging Face's library gives them")
  func characters() throws {
    let golden = try BytePairCases.read()
    for settings in golden.encoding {
      let training = try #require(golden.training.first { $0.name == settings.training })
      let units = CharacterUnits(
        continuingPrefix: settings.prefix, endSuffix: settings.suffix,
        unknownToken: settings.unknown, mergesUnknown: settings.mergesUnknown,
        hasByteFallback: settings.byteFallback)
      let model = try Self.model(
        settings.vocabulary ?? training.vocabulary, merges: training.merges,
        units: .characters(units), isWholePieceFirst: settings.wholePieceFirst)
      let encoder = model.makePieceEncoder(barring: [])
      for example in settings.cases {
        let bytes = Array(example.word.utf8)
        #expect(model.encode(bytes) == example.ids, "\(settings.name): \(example.word)")
        // A second time from memory.
        _ = model.encode(bytes, with: encoder)
        #expect(model.encode(bytes, with: encoder) == example.ids)
        let spans = model.spans(bytes)
        #expect(spans.ids == example.ids)
        if settings.byteFallback { continue }
        #expect(
          spans.spans.map { [$0.lowerBound, $0.upperBound] } == example.offsets,
          "\(settings.name): \(example.word)")
      }
    }
  }

  @Test("Bytes become the tokens that Hugging Face's library gives to their characters")
  func byteLevelGolden() throws {
    let model = try Self.byteLevel()
    for example in try BytePairCases.read().byteLevel.cases {
      #expect(model.encode(Array(example.word.utf8)) == example.ids, "\(example.word)")
    }
  }

  @Test("Any bytes come back, and spans cover them in order")
  func roundTrip() throws {
    let model = try Self.byteLevel()
    var random = SeededNumbers(state: 13)
    let encoder = model.makePieceEncoder(barring: [])
    for length in [1, 2, 7, 8, 14, 15, 16, 17, 24, 25, 100, 255, 256, 257, 1000] {
      for _ in 0..<20 {
        let bytes = (0..<length).map { _ in UInt8.random(in: 0x61...0x65, using: &random) }
        let wild = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        for piece in [bytes, wild] {
          let ids = model.encode(piece, with: encoder)
          #expect(ids.flatMap { model.bytes(of: $0) ?? [] } == piece)
          #expect(model.encode(piece, with: encoder) == ids)
          let spanned = model.spans(piece)
          #expect(spanned.ids == ids)
          #expect(spanned.spans.flatMap { Array(piece[$0]) } == piece)
          #expect(model.trace(piece: piece).end == ids)
        }
      }
    }
  }

  @Test("The earliest merge goes first: l o w e r → lower")
  func trace() throws {
    let model = try Self.model(
      ["l", "o", "w", "e", "r", "er", "lo", "low", "lower"],
      merges: [["e", "r"], ["l", "o"], ["lo", "w"], ["low", "er"]],
      units: .characters(CharacterUnits()))
    let trace = model.trace("lower")
    #expect(trace.start == [0, 1, 2, 3, 4])
    #expect(trace.steps.map(\.tokens) == [[0, 1, 2, 5], [6, 2, 5], [7, 5], [8]])
    #expect(trace.steps.map(\.rank) == [0, 1, 2, 3])
    #expect(trace.steps.map(\.position) == [3, 0, 0, 0])
    #expect(model.trace("").end == [])
  }

  @Test("Ranks merge what makes a token, lowest first, and a whole token stays whole")
  func ranks() throws {
    // "abc" is a token that merging cannot reach, because "bc" does not exist and "ab" is late.
    var tokens = (0..<256).map { [UInt8($0)] }
    tokens += ["cd", "abc", "ab"].map { Array($0.utf8) }
    let model = try BytePairModel(ranks: Vocabulary(tokens))
    #expect(model.encode(Array("abc".utf8)) == [257])
    #expect(model.encode(Array("abcd".utf8)) == [258, 256])
    #expect(model.encode(Array("xabc".utf8)) == [120, 257])
    tokens[65] = []
    #expect(throws: RondoTextError.self) { try BytePairModel(ranks: Vocabulary(tokens)) }
  }

  @Test("A vocabulary may have holes, and bytes that it lacks vanish")
  func holes() throws {
    let model = try Self.model(
      ["a", "", "b", "ab"], merges: [["a", "b"]], units: .bytes)
    #expect(model.encode(Array("xaxbx".utf8)) == [3])
    #expect(model.encode(Array("xx".utf8)) == [])
    let encoder = model.makePieceEncoder(barring: [])
    for _ in 0..<2 { #expect(model.encode(Array("zz".utf8), with: encoder) == []) }
    #expect(model.bytes(of: 1) == nil)
  }

  @Test("Text never becomes a special token")
  func barring() throws {
    let model = try Self.model(
      ["a", "b", "c", "ab", "abc"], merges: [["a", "b"], ["ab", "c"]], units: .bytes,
      isWholePieceFirst: true)
    #expect(model.encode(Array("abc".utf8)) == [4])
    #expect(model.encode(Array("abc".utf8), barring: [4]) == [3, 2])
    #expect(model.encode(Array("abc".utf8), barring: [3, 4]) == [0, 1, 2])
    #expect(model.encode(Array("abc".utf8), barring: [1, 3, 4]) == [0, 2])
  }

  @Test("Of a merge listed twice the later entry counts; cycles and strangers are refused")
  func damagedMerges() throws {
    let vocabulary = Vocabulary(["a", "b", "ab", "ba"].map { Array($0.utf8) })
    let (ab, ba) = (BytePairModel.Merge(left: 0, right: 1), BytePairModel.Merge(left: 1, right: 0))
    #expect(
      try BytePairModel(vocabulary: vocabulary, merges: [ab, ba]).encode(Array("aba".utf8)) == [
        2, 0,
      ])
    #expect(
      try BytePairModel(vocabulary: vocabulary, merges: [ab, ba, ab]).encode(Array("aba".utf8))
        == [0, 3])
    for merge in [
      BytePairModel.Merge(left: 2, right: 2), BytePairModel.Merge(left: 0, right: 9),
      BytePairModel.Merge(left: 2, right: 1), BytePairModel.Merge(left: .max, right: 0),
    ] {
      do {
        _ = try BytePairModel(vocabulary: vocabulary, merges: [ab, merge], file: "merges.txt")
        Issue.record("\(merge) was accepted")
      } catch {
        #expect(error.description.contains("merges.txt"))
        #expect(error.description.contains("merge 1"))
      }
    }
    #expect(throws: RondoTextError.self) {
      try BytePairModel(
        vocabulary: vocabulary, merges: [],
        units: .characters(CharacterUnits(unknownToken: "<unk>")))
    }
  }

  @Test("What an encoder has seen does not change what it returns")
  func memory() throws {
    let model = try Self.byteLevel()
    let encoder = model.makePieceEncoder(barring: [])
    for number in 0..<30_000 {
      let piece = Array(" lower\(number * 7919 % 15_000)newest".utf8.prefix(4 + number % 20))
      let ids = model.encode(piece, with: encoder)
      if number % 500 == 0 { #expect(ids == model.encode(piece)) }
    }
  }
}
