import Foundation
import Testing

@testable import RondoText

@Suite("Golden tokenizers")
struct GoldenTokenizerTests {
  static func lines(_ name: String) throws -> [[String: Any]] {
    try Golden.objects(Golden.url("tokenizers/\(name)"))
  }

  static func json(_ text: String) throws -> JSONValue {
    try JSONDocument(Array(text.utf8), file: "component").root
  }

  static func written(_ component: Any) throws -> JSONValue {
    let part = try #require(component as? any JSONComponent)
    var writer = JSONWriter()
    writer.object { part.write(to: &$0) }
    return try JSONDocument(writer.bytes, file: "written component").root
  }

  @Test("Normalizers make the same text as Hugging Face's")
  func normalizers() throws {
    for line in try Self.lines("components.jsonl") where line["kind"] as? String == "normalizer" {
      let name = try #require(line["component"] as? String)
      let read = try readNormalizer(try Self.json(name))
      for normalizer in [read, try readNormalizer(try Self.written(read))] {
        for item in try #require(line["cases"] as? [[String]]) {
          for keepsOrigins in [true, false] {
            var text = NormalizedText(item[0], keepsOrigins: keepsOrigins)
            normalizer.normalize(&text)
            #expect(
              text.string.utf8.elementsEqual(item[1].utf8), "\(name) \(item[0].debugDescription)")
          }
        }
      }
    }
  }

  @Test("Pre-tokenizers cut where Hugging Face's do")
  func preTokenizers() throws {
    for line in try Self.lines("components.jsonl") where line["kind"] as? String == "pre_tokenizer"
    {
      let name = try #require(line["component"] as? String)
      let read = try readPreTokenizer(try Self.json(name))
      for preTokenizer in [read, try readPreTokenizer(try Self.written(read))] {
        for item in try #require(line["cases"] as? [[Any]]) {
          let text = try #require(item[0] as? String)
          var split = PreTokenizedText(NormalizedText(text))
          preTokenizer.split(&split)
          var copy = text
          let found = copy.withUTF8 { bytes in
            let scalars = ScalarPositions(of: bytes)
            return split.pieces.map { piece in
              let origin = split.text.origin(of: piece)
              let range = scalars.range(of: Int(origin.start)..<Int(origin.end))
              return [range.lowerBound, range.upperBound]
            }
          }
          #expect(found == item[1] as? [[Int]], "\(name) \(text.debugDescription)")
        }
      }
    }
  }

  @Test("Decoders make the same text as Hugging Face's")
  func decoders() throws {
    for line in try Self.lines("components.jsonl") where line["kind"] as? String == "decoder" {
      let name = try #require(line["component"] as? String)
      let read = try readDecoder(try Self.json(name))
      for decoder in [read, try readDecoder(try Self.written(read))] {
        for item in try #require(line["cases"] as? [[Any]]) {
          var stream = decoder.makeStream()
          var bytes: [UInt8] = []
          for token in try #require(item[0] as? [String]) {
            bytes += stream.decode(DecodedToken(Array(token.utf8))).flatMap(\.bytes)
          }
          bytes += stream.finish().flatMap(\.bytes)
          let text = String(decoding: bytes, as: UTF8.self)
          #expect(text == item[1] as? String, "\(name) \(item[0])")
        }
      }
    }
  }

  @Test("Small tokenizers give the same identifiers, pieces, offsets, words and text")
  func models() throws {
    for line in try Self.lines("models.jsonl") { try Self.check(line) }
  }

  @Test("Pipelines of published models are read and give the same, or are refused by a named part")
  func publishedPipelines() throws {
    var (names, refused): ([String], [String]) = ([], [])
    for line in try Self.lines("published-pipelines.jsonl") {
      let name = try #require(line["name"] as? String)
      names.append(name)
      guard let part = line["refused"] as? String else {
        try Self.check(line)
        continue
      }
      refused.append(name)
      let file = try #require(line["tokenizer"] as? String)
      let error = #expect(throws: RondoTextError.self) {
        try Tokenizer(json: Array(file.utf8), file: name)
      }
      #expect(error == .unsupported(file: name, component: part))
    }
    #expect(names.count == 25 && refused == ["Falcon"])
  }

  /// Checks what a tokenizer of a line, and its copy by way of a file, make of the line's texts.
  private static func check(_ line: [String: Any]) throws {
    let name = try #require(line["name"] as? String)
    let file = try #require(line["tokenizer"] as? String)
    let read = try Tokenizer(json: Array(file.utf8), file: name)
    for tokenizer in [read, try Tokenizer(json: try read.json(), file: "copy of \(name)")] {
      let options = EncodingOptions(allowedSpecialTokens: .all)
      for item in try #require(line["cases"] as? [[String: Any]]) {
        let text = try #require(item["t"] as? String)
        let encoding = tokenizer.encoding(of: text, options: options)
        let note: Comment = "\(name) \(text.debugDescription)"
        #expect(encoding.ids == item["ids"] as? [Int], note)
        #expect(encoding.pieces == item["pieces"] as? [String], note)
        let offsets = encoding.scalarOffsets.flatMap { [$0.lowerBound, $0.upperBound] }
        #expect(offsets == item["off"] as? [Int], note)
        let words = (item["words"] as? [Any])?.map { $0 as? Int }
        #expect(encoding.wordIndices == words, note)
        let decoded = tokenizer.decode(encoding.ids, keepsSpecialTokens: true)
        #expect(decoded == item["dec"] as? String, note)
      }
      for item in try #require(line["pairs"] as? [[String: Any]]) {
        let texts = (try #require(item["a"] as? String), item["b"] as? String)
        let encoding = tokenizer.encoding(of: texts.0, and: texts.1, options: options)
        #expect(encoding.ids == item["ids"] as? [Int], "\(name)")
        #expect(encoding.typeIDs == item["types"] as? [Int], "\(name)")
      }
    }
  }

  @Test("Encodings are shortened and padded as Hugging Face's library does, or refused")
  func fitting() throws {
    var (count, refusals, files) = (0, 0, 0)
    for line in try Self.lines("models.jsonl") {
      guard let cases = line["fitted"] as? [[String: Any]] else { continue }
      let file = try #require(line["tokenizer"] as? String)
      let tokenizer = try Tokenizer(json: Array(file.utf8), file: "golden")
      let json = try JSONSerialization.jsonObject(with: Data(file.utf8)) as? [String: Any]
      for item in cases {
        try FittedCases.check(item, with: tokenizer, file: try #require(json))
        count += 1
        if item["file"] != nil { files += 1 }
        if item["error"] != nil { refusals += 1 }
      }
    }
    #expect(count > 200 && refusals > 20 && files > 200)
  }

  @Test("SentencePiece's usual map changes every character as both libraries do")
  func usualMap() throws {
    let data = try Data(contentsOf: Golden.url("tokenizers/nmt-nfkc.json"))
    let lines = try JSONDecoder().decode([[String]].self, from: data)
    let file = try SentencePieceFile(contentsOf: SentencePieceTests.model("unigram-nmt"))
    let normalizers: [any Normalizer] = [
      try SentencePieceNormalizer(file, name: "nmt"),
      try PrecompiledNormalizer(blob: file.precompiledMap),
    ]
    #expect(lines.count > 90)
    for line in lines {
      for (normalizer, expected) in zip(normalizers, line.dropFirst()) {
        var text = NormalizedText(line[0], keepsOrigins: false)
        normalizer.normalize(&text)
        #expect(text.string.utf8.elementsEqual(expected.utf8), "\(type(of: normalizer)) \(line[0])")
      }
    }
  }
}
