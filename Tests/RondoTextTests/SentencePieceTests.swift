import Foundation
import Testing

@testable import RondoText

@Suite struct SentencePieceTests {
  struct Case: Decodable {
    let text: String
    let ids: [Int]
    let spans: [[Int]]
    let normalized: String
    let decoded: String
  }

  static let folder = Golden.url("sentencepiece")

  static func model(_ name: String) -> String {
    folder.appendingPathComponent("\(name).model").path
  }

  static func cases() throws -> [String: [Case]] {
    let data = try Data(contentsOf: folder.appendingPathComponent("cases.json"))
    return try JSONDecoder().decode([String: [Case]].self, from: data)
  }

  private static let plain = EncodingOptions(addsSpecialTokens: false)

  @Test("Texts become the tokens that SentencePiece gives them, and back")
  func golden() throws {
    for (name, cases) in try Self.cases() {
      let tokenizer = try Tokenizer(sentencePiece: Self.model(name))
      for example in cases {
        #expect(tokenizer.encode(example.text) == example.ids, "\(name): \(example.text)")
        // A second time from memory.
        #expect(tokenizer.encode(example.text) == example.ids, "\(name): \(example.text)")
        #expect(
          Array(tokenizer.decode(example.ids).utf8) == Array(example.decoded.utf8),
          "\(name): \(example.text)")
        var stream = StreamingDecoder(tokenizer)
        let streamed = example.ids.map { stream.decode($0) }.joined() + stream.finish()
        #expect(Array(streamed.utf8) == Array(example.decoded.utf8), "\(name): \(example.text)")
      }
    }
  }

  @Test("Tokens stand for the bytes that SentencePiece says they stand for")
  func spans() throws {
    for (name, cases) in try Self.cases() {
      let file = try SentencePieceFile(contentsOf: Self.model(name))
      let normalizer = try SentencePieceNormalizer(file, name: name)
      let model = try Tokenizer(sentencePiece: Self.model(name)).model
      for example in cases {
        var text = NormalizedText(example.text)
        normalizer.normalize(&text)
        #expect(
          text.string == example.normalized.replacingOccurrences(of: " ", with: "\u{2581}"),
          "\(name): \(example.text)")
        let found = model.spans(text.withBytes { Array($0) })
        #expect(found.ids == example.ids, "\(name): \(example.text)")
        let spans = found.spans.map { span -> [Int] in
          let origin = text.origin(of: Piece(span.lowerBound, span.upperBound))
          return [Int(origin.start), Int(origin.end)]
        }
        #expect(spans == example.spans, "\(name): \(example.text)")
      }
    }
  }

  @Test("Pieces are the text that became them, also where it became the unknown token")
  func unknownText() throws {
    let tokenizer = try Tokenizer(sentencePiece: Self.model("unigram-bare"))
    let encoding = tokenizer.encoding(of: "a \u{1F642}\u{1F643}", options: Self.plain)
    #expect(encoding.ids.last == tokenizer.unknownID)
    #expect(encoding.pieces.last == "\u{1F642}\u{1F643}")
  }

  @Test("Every piece of the shared cases is SentencePiece's", .enabled(if: SharedVectors.isPresent))
  func sharedPieces() throws {
    let model = SharedVectors.path("tokenizers/t5ish.model")
    let tokenizer = try Tokenizer(sentencePiece: model)
    for item in try SharedVectors.cases("t5ish-pieces.jsonl") {
      let text = try #require(item["t"] as? String)
      let expected = try #require(item["pieces"] as? [[Any]])
      let encoding = tokenizer.encoding(of: text, options: Self.plain)
      let note: Comment = "\(text.debugDescription)"
      #expect(encoding.pieces == expected.map { $0[0] as? String }, note)
      #expect(encoding.ids == expected.map { $0[1] as? Int }, note)
      let starts = encoding.byteOffsets.map(\.lowerBound)
      #expect(starts == expected.map { $0[2] as? Int }, note)
      #expect(encoding.byteOffsets.map(\.upperBound) == expected.map { $0[3] as? Int }, note)
    }
  }

  @Test(
    "The shared vectors of T5-like and Llama-like models come out the same",
    .enabled(if: SharedVectors.isPresent))
  func sharedVectors() throws {
    struct Line: Decodable {
      let t: String
      let ids: [Int]
      let dec: String
    }
    for name in ["t5ish", "llamaish"] {
      let cases = URL(fileURLWithPath: SharedVectors.path("\(name).jsonl"))
      let tokenizer = try Tokenizer(sentencePiece: SharedVectors.path("tokenizers/\(name).model"))
      for line in try Golden.lines(cases, as: Line.self) {
        #expect(tokenizer.encode(line.t) == line.ids, "\(name): \(line.t)")
        #expect(tokenizer.encoding(of: line.t, options: Self.plain).ids == line.ids)
        #expect(
          Array(tokenizer.decode(line.ids).utf8) == Array(line.dec.utf8), "\(name): \(line.t)")
      }
    }
  }

  @Test("What comes before a word never changes what single precision makes of it")
  func singlePrecision() throws {
    let tokenizer = try Tokenizer(sentencePiece: Self.model("unigram"))
    let lines = try #require(Self.cases()["unigram"]).map(\.text)
    // Along a long text the sum of scores is so large that rounding decides; from memory and
    // without it the decision is the same.
    let long = (0..<300).map { lines[$0 % lines.count] }.joined(separator: " ")
    let spanned = tokenizer.encoding(of: long, options: Self.plain).ids
    for _ in 0..<2 { #expect(tokenizer.encode(long) == spanned) }
  }

  @Test("Text becomes a control piece only if it may")
  func controls() throws {
    let tokenizer = try Tokenizer(sentencePiece: Self.model("unigram"))
    let end = try #require(tokenizer.endID)
    #expect(!tokenizer.encode("low </s>").contains(end))
    #expect(tokenizer.encode("low</s>", allowing: .all).last == end)
    #expect(tokenizer.decode([end]) == "")
    #expect(tokenizer.unknownID == 0)
  }
}
