import Foundation
import Testing

@testable import RondoText

@Suite("Golden ranks")
struct GoldenTiktokenTests {
  /// What tiktoken makes of texts and bytes with small ranks; see make_tokenizers.py.
  private static func golden() throws -> [String: Any] {
    let data = try Data(contentsOf: Golden.url("tokenizers/tiktoken.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  static func tokenizer(_ pattern: TiktokenPattern) throws -> Tokenizer {
    let golden = try golden()
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try #require(golden["ranks"] as? String).write(
      toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let special = try #require(golden["specialTokens"] as? [String: Int])
    return try Tokenizer(
      tiktokenRanks: path, pattern: pattern,
      specialTokens: Dictionary(uniqueKeysWithValues: special.map { (SpecialToken($0), $1) }))
  }

  @Test(
    "Every pattern gives tiktoken's identifiers, and they give the text back",
    arguments: TiktokenPattern.allCases)
  func texts(pattern: TiktokenPattern) throws {
    let tokenizer = try Self.tokenizer(pattern)
    let texts = try #require(Self.golden()["texts"] as? [String: [[Any]]])
    let cases = try #require(texts[pattern.rawValue])
    #expect(cases.count > 80)
    for item in cases {
      let text = try #require(item[0] as? String)
      let ids = try #require(item[1] as? [Int])
      #expect(tokenizer.encode(text) == ids, "\(text.debugDescription)")
      #expect(tokenizer.decode(ids).utf8.elementsEqual(text.utf8))
    }
  }

  @Test(
    "Bytes that are no text become tiktoken's tokens and come back",
    arguments: TiktokenPattern.allCases)
  func bytes(pattern: TiktokenPattern) throws {
    let tokenizer = try Self.tokenizer(pattern)
    let cases = try #require(Self.golden()["bytes"] as? [String: [[[Int]]]])
    for item in try #require(cases[pattern.rawValue]) {
      let bytes = item[0].map { UInt8($0) }
      #expect(tokenizer.encode(bytes: bytes) == item[1], "\(bytes)")
      #expect(tokenizer.decodeBytes(item[1]) == bytes)
    }
  }

  @Test(
    "Added tokens are found also between bytes that are no text",
    arguments: TiktokenPattern.allCases)
  func addedTokensAmongBytes(pattern: TiktokenPattern) throws {
    let bare = try Self.tokenizer(pattern)
    let tokenizer = Tokenizer(
      preTokenizer: bare.preTokenizer, model: bare.model, decoder: bare.decoder,
      addedTokens: bare.addedTokens + [
        AddedToken("<raw>", id: 430, isNormalized: false), AddedToken("<kept>", id: 431),
      ])
    let golden = try #require(Self.golden()["bytes"] as? [String: [[[Int]]]])
    let cases = try #require(golden[pattern.rawValue])
    let added = [("<|endoftext|>", 420), ("<raw>", 430), ("<kept>", 431)]
    for (index, (first, second)) in zip(cases, cases.dropFirst()).enumerated() {
      let (text, id) = added[index % 3]
      let bytes = first[0].map { UInt8($0) } + text.utf8 + second[0].map { UInt8($0) }
      let ids = first[1] + [id] + second[1]
      #expect(tokenizer.encode(bytes: bytes, allowing: .all) == ids, "\(bytes)")
      #expect(tokenizer.encode(bytes: bytes, allowing: .only([.init(text)])) == ids, "\(bytes)")
      #expect(tokenizer.encode(bytes: bytes).contains(id) == (id != 420), "\(bytes)")
      #expect(tokenizer.decodeBytes(ids, keepsSpecialTokens: true) == bytes)

      let options = EncodingOptions(allowedSpecialTokens: .all)
      let encoding = tokenizer.encoding(ofBytes: bytes, options: options)
      #expect(encoding.ids == ids)
      #expect(encoding.pieces[first[1].count] == text)
      #expect(encoding.byteOffsets.map { Array(bytes[$0]) } == ids.map { tokenizer.bytes(of: $0) })
      let words = encoding.wordIndices.compactMap(\.self)
      #expect(words == words.sorted() && words.count { $0 == words[first[1].count] } == 1)
    }
  }

  @Test("A token absorbs white space and no byte that is no text, and words end at such bytes")
  func strippedAmongBytes() throws {
    let bare = try Self.tokenizer(.gpt2)
    let tokenizer = Tokenizer(
      preTokenizer: bare.preTokenizer, model: bare.model, decoder: bare.decoder,
      addedTokens: [
        AddedToken("<mask>", id: 430, stripsLeft: true, stripsRight: true, isNormalized: false),
        AddedToken("one", id: 431, isSingleWord: true, isNormalized: false),
      ])
    func tokens(_ bytes: [UInt8]) -> [[UInt8]] {
      tokenizer.encoding(ofBytes: bytes).byteOffsets.map { Array(bytes[$0]) }
    }
    let mask = Array("<mask>".utf8)
    // A stray continuation byte, the first two bytes of an em space, and a byte that is never one.
    for broken in [[0x80], [0xE2, 0x80], [0xFF]] as [[UInt8]] {
      let found = tokens([0x20] + broken + mask + broken + [0x20])
      #expect(found.contains(mask), "\(broken)")
      #expect(found.joined().filter { $0 == broken[0] }.count == 2, "\(broken)")
      #expect(tokens(broken + [0x20] + mask + [0x20] + broken).contains([0x20] + mask + [0x20]))
      let word = Array("one".utf8)
      #expect(tokens(broken + word + broken).contains(word), "\(broken)")
      #expect(!tokens(Array("é".utf8) + word + broken).contains(word), "\(broken)")
    }
    #expect(tokens(Array("\u{2003}<mask>".utf8) + [0xFF])[0].count == 9, "an em space is absorbed")
  }

  @Test("Special tokens are read where allowed and refused where told to, as tiktoken does")
  func specialTokens() throws {
    let tokenizer = try Self.tokenizer(.cl100k)
    func allowance(_ value: Any?) -> AllowedSpecialTokens {
      value as? String == "all"
        ? .all : .only(Set((value as? [String] ?? []).map { SpecialToken($0) }))
    }
    for item in try #require(Self.golden()["special"] as? [[String: Any]]) {
      let text = try #require(item["t"] as? String)
      let found = try? tokenizer.encode(
        text, allowing: allowance(item["allowed"]), refusing: allowance(item["refused"]))
      #expect(found == item["ids"] as? [Int], "\(item)")
    }
  }

  @Test("Each token knows where its characters begin in the decoded text")
  func starts() throws {
    let tokenizer = try Self.tokenizer(.cl100k)
    for item in try #require(Self.golden()["starts"] as? [[[Int]]]) {
      #expect(tokenizer.scalarStarts(of: item[0]) == item[1])
    }
  }
}
