import Foundation
import Testing

@testable import RondoText

@Suite("Long texts", .serialized)
struct GrowthTests {
  static let megabyte = 1 << 20

  #if DEBUG || RONDO_COUNT_STEPS
  @Test(
    "Twice as much of one repeated unit takes at most 2.5 times the steps",
    arguments: RepeatedText.Way.allCases)
  func steps(way: RepeatedText.Way) async {
    await withTaskGroup { group in
      for half in 0..<2 { group.addTask { await expectSteps(way: way, half: half) } }
    }
  }

  /// Counts in a process of its own, because other tests take steps as well; two of them share the
  /// models.
  private func expectSteps(way: RepeatedText.Way, half: Int) async {
    await #expect(processExitsWith: .success) { [way, half] in
      // Growth shows in short texts just as well, so each model takes a megabyte of every second unit
      // in turn. Debug builds are slow: there, each model takes every third unit.
      #if DEBUG
      let (short, long, turns) = (1 << 12, 1 << 12, 3)
      #else
      let short = 1 << 14
      let (long, turns) = (way == .identifiers ? GrowthTests.megabyte : short, 1)
      #endif
      for (index, (name, tokenizer)) in try EveryTokenizer.all().enumerated()
      where index % 2 == half {
        for (place, unit) in RepeatedText.units.enumerated() where place % turns == index % turns {
          let size = place % 2 == index / 2 % 2 ? long : short
          try RepeatedText.checkSteps(of: tokenizer, name, unit, way: way, size: size)
        }
      }
    }
  }

  @Test("A megabyte takes each model at most 2.5 times the steps of half of it")
  func wholeMegabytes() async {
    await withTaskGroup { group in
      for half in 0..<2 { group.addTask { await expectStepsOfMegabytes(half: half) } }
    }
  }

  private func expectStepsOfMegabytes(half: Int) async {
    await #expect(processExitsWith: .success) { [half] in
      #if DEBUG
      let names: Set = ["gpt2", "cl100k", "word pieces", "sentencepiece/unigram"]
      let ways = [RepeatedText.Way.identifiers]
      #else
      let ways = RepeatedText.Way.allCases
      #endif
      for (index, (name, tokenizer)) in try EveryTokenizer.all().enumerated()
      where index % 2 == half {
        #if DEBUG
        if !names.contains(name) { continue }
        #endif
        // Models and ways take turns over the units, all of which shorter texts have tried.
        for (turn, way) in ways.enumerated() {
          let unit = RepeatedText.units[(index + 5 * turn) % RepeatedText.units.count]
          try RepeatedText.checkSteps(
            of: tokenizer, name, unit, way: way, size: GrowthTests.megabyte)
        }
      }
    }
  }
  #endif

  #if !DEBUG
  @Test("A megabyte of one repeated unit takes time in proportion to its length")
  func time() throws {
    for (index, (name, tokenizer)) in try EveryTokenizer.all().enumerated() {
      // Each sixth unit in turn; the steps of all are counted above.
      for (place, unit) in RepeatedText.units.enumerated() where place % 6 == index % 6 {
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
    case identifiers, offsets, stretches, brokenBytes, decoding, streaming
  }

  static let units = [
    "a", " ", "\u{301}", "q\u{307}\u{323}", "漢", "각", "🙂", "👩‍👧", "\n", " \n", "<", "'", "'s", "A",
    "漢A", "1", "-", "▁", "\u{0}", "é", "<mask", "a ", "##", "\u{2028}x", "lower", "▁low",
    "\u{FEFF}",
  ]

  static func text(_ unit: String, size: Int) -> [UInt8] {
    Array(String(repeating: unit, count: size / unit.utf8.count).utf8)
  }

  #if DEBUG || RONDO_COUNT_STEPS
  /// Compares the steps that a text of `size` bytes takes with those of half of it.
  static func checkSteps(
    of tokenizer: Tokenizer, _ name: String, _ unit: String, way: Way, size: Int
  ) throws {
    let start = ContinuousClock.now
    var fitted = tokenizer
    fitted.truncation = Truncation(length: 128, stride: 32)
    let options = EncodingOptions(allowedSpecialTokens: .all)
    let steps = try [size / 2, size].map { size in
      let bytes = text(unit, size: size)
      let string = String(decoding: bytes, as: UTF8.self)
      let decodes = way == .decoding || way == .streaming
      let ids = decodes ? tokenizer.encode(string, allowing: .all) : []
      let before = StepCounter.count.load(ordering: .relaxed)
      switch way {
      case .identifiers:
        bytes.withUnsafeBufferPointer {
          tokenizer.withTokens(of: $0, allowing: .all) { _ in }
        }
      case .offsets: _ = tokenizer.encoding(of: string, options: options)
      case .stretches: _ = try fitted.fittedEncoding(of: string, options: options)
      case .brokenBytes: _ = tokenizer.encoding(ofBytes: bytes + [0xFF], options: options)
      case .decoding: _ = tokenizer.decodeBytes(ids, keepsSpecialTokens: true)
      case .streaming:
        var stream = StreamingDecoder(tokenizer, keepsSpecialTokens: true)
        for id in ids { _ = stream.decode(id) }
        _ = stream.finish()
      }
      let taken = StepCounter.count.load(ordering: .relaxed) - before
      #expect(taken > 0 || decodes && ids.isEmpty, "\(name) \(unit.debugDescription)")
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
