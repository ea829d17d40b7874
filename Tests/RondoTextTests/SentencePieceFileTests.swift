import Foundation
import Testing

@testable import RondoText

@Suite struct SentencePieceFileTests {
  private static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: SentencePieceTests.model(name))))
  }

  private static func tokenizer(_ bytes: [UInt8]) throws(RondoTextError) -> Tokenizer {
    try Tokenizer(try SentencePieceFile(bytes: bytes, file: "x.model"), name: "x.model")
  }

  @Test("What was read is written and read again")
  func roundTrip() throws {
    for name in EveryTokenizer.sentencePiece {
      let file = try SentencePieceFile(contentsOf: SentencePieceTests.model(name))
      #expect(try SentencePieceFile(bytes: file.bytes, file: "again") == file)
    }
  }

  @Test("A file that ends too early is refused, or is a whole model of fewer pieces")
  func truncation() throws {
    var (count, refusals) = (0, 0)
    for name in ["unigram", "bpe"] {
      let bytes = try Self.bytes(name)
      for length in stride(from: 0, to: bytes.count, by: 11) {
        count += 1
        do {
          let file = try SentencePieceFile(bytes: Array(bytes[..<length]), file: "x.model")
          if length % 32 == 0 { _ = try Tokenizer(file, name: "x.model").encode("The lowest ﬁsh") }
        } catch {
          refusals += 1
          #expect(error.description.contains("x.model"))
        }
      }
    }
    // A piece takes a dozen bytes or more, and only an end between two of them makes a file.
    #expect(count > 600 && refusals > count * 4 / 5 && refusals < count)
  }

  @Test("A file with flipped bits is refused or read, and nothing worse")
  func bitFlips() throws {
    var (count, refusals) = (0, 0)
    for (name, step) in [("unigram", 7), ("bpe-bytes", 29)] {
      let bytes = try Self.bytes(name)
      for position in stride(from: 0, to: bytes.count, by: step) {
        var damaged = bytes
        damaged[position] ^= 1 << UInt8(position % 8)
        count += 1
        do {
          _ = try Self.tokenizer(damaged).encode("The lowest ﬁsh, 12 ½")
        } catch {
          refusals += 1
          #expect(error.description.contains("x.model"))
        }
      }
    }
    // A score is still a score, but a length or a kind is not what it was.
    #expect(count > 600 && refusals > count / 4 && refusals < count)
  }

  @Test("Absurd sizes, kinds and contents are refused with the place")
  func absurdities() throws {
    func piece(_ text: String, kind: Int = 1) -> [UInt8] {
      var message = ProtobufWriter()
      message.write(1, text.utf8)
      message.write(3, kind)
      var writer = ProtobufWriter()
      writer.write(1, message.bytes)
      return writer.bytes
    }
    let unknown = piece("<unk>", kind: 2)
    let cases: [([UInt8], String)] = [
      ([], "there are none"),
      ([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "goes past the end"),
      ([UInt8](repeating: 0xFF, count: 30), "longer than 64 bits"),
      ([0x0B], "unknown kind 3"),
      ([0x08, 0x01], "field 1 should hold bytes"),
      ([0x00, 0x00], "the number 0"),
      (unknown + piece("a") + piece("a"), "occurs twice"),
      (unknown + piece(""), "piece 1"),
      (piece("a"), "none stands for unknown text"),
      (unknown + piece("<unk2>", kind: 2), "second unknown piece"),
      (unknown + piece("a", kind: 9), "no choice 9"),
      (unknown + piece("<0x41>", kind: 6), "without byte fallback"),
      (unknown, "none stands for text"),
    ]
    for (bytes, problem) in cases {
      do {
        _ = try Self.tokenizer(bytes)
        Issue.record("accepted: \(problem)")
      } catch {
        #expect(error.description.contains(problem), "\(error)")
      }
    }
  }

  @Test("A file that a program made is checked like one that was read")
  func ownFiles() {
    for algorithm in [SentencePieceFile.Algorithm.unigram, .bytePair] {
      for (piece, problem) in [
        (SentencePieceFile.Piece([]), "it is empty"),
        (SentencePieceFile.Piece([0x61], score: .nan), "its score is nan"),
        (SentencePieceFile.Piece(Array("<unk>".utf8)), "occurs twice"),
      ] {
        var file = SentencePieceFile()
        file.algorithm = algorithm
        file.pieces = [.init(Array("<unk>".utf8), kind: .unknown), piece]
        let error = #expect(throws: RondoTextError.self) { try Tokenizer(file, name: "own") }
        #expect(error?.description.hasPrefix("own is damaged at piece 1") == true, "\(problem)")
        #expect(error?.description.contains(problem) == true, "\(problem)")
      }
    }
  }

  @Test("More pieces than a file may have are not learned")
  func manyPieces() {
    for kind in [TokenizerTrainer.Kind.unigram, .sentencePieceBytePair] {
      for size in [327_681, Int.max] {
        let error = #expect(throws: RondoTextError.self) {
          try TokenizerTrainer(kind, vocabularySize: size).train(on: WordCounts(["ab"]))
        }
        #expect(error?.description.contains("the most is 327680") == true)
      }
    }
  }

  @Test("What is not supported is refused by name")
  func unsupported() throws {
    var file = SentencePieceFile()
    file.pieces = [
      .init(Array("<unk>".utf8), kind: .unknown), .init([0x61], score: -1),
      .init([0x62], score: -1),
    ]
    func description(_ file: SentencePieceFile) -> String {
      do {
        _ = try Tokenizer(file, name: "m")
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(description(file) == "accepted")
    file.algorithm = .word
    #expect(description(file).contains("whole words"))
    file.algorithm = .character
    #expect(description(file).contains("character model"))
    file.algorithm = .bytePair
    #expect(description(file) == "accepted")
    file.pieces += [.init(Array("ab".utf8), score: -3), .init(Array("ba".utf8), score: -3)]
    file.pieces[4].kind = .unused
    #expect(description(file).contains("not in use"))
    file.algorithm = .unigram
    file.hasDenormalizer = true
    #expect(description(file).contains("decoded text"))
  }

  @Test("A normalization map with wrong sizes or offsets is refused")
  func damagedMap() {
    func map(replacementCount count: Int) -> [UInt8] {
      [0, 4, 0, 0] + [UInt8](repeating: 0, count: 1024) + [UInt8](repeating: 97, count: count) + [0]
    }
    for blob: [UInt8] in [
      [1], [0, 4, 0, 0], [0, 4, 0, 0] + [UInt8](repeating: 0, count: 1024),
      [0, 0, 0, 0x7F] + [UInt8](repeating: 0, count: 2000),
      [0, 4, 0, 0] + [UInt8](repeating: 0xFF, count: 1024) + [0],
      [0, 4, 0, 0] + [UInt8](repeating: 0, count: 1024) + [1],
      map(replacementCount: 1025),
    ] {
      #expect(throws: RondoTextError.self) { try PrecompiledMap(blob, file: "m") }
    }
    #expect(throws: Never.self) { try PrecompiledMap(map(replacementCount: 1024), file: "m") }
  }

  @Test("A double array finds every key and nothing else")
  func doubleArray() throws {
    var keys: Set<[UInt8]> = []
    var random = UnigramTrainerTests.Fixed()
    while keys.count < 5000 {
      keys.insert(
        (0..<Int.random(in: 1...6, using: &random)).map { _ in
          UInt8([0, 1, 97, 98, 99, 226, 255].randomElement(using: &random) ?? 0)
        })
    }
    let list = Array(keys).sorted { $0.lexicographicallyPrecedes($1) }
    let trie = try #require(DoubleArrayTrie(Vocabulary(list), ids: list.indices))
    func value(_ key: [UInt8]) -> Int? {
      var node = 0
      for byte in key {
        guard let next = trie.child(of: node, byte) else { return nil }
        node = next
      }
      return trie.nodes[node].value == DoubleArrayTrie.none ? nil : Int(trie.nodes[node].value)
    }
    for (i, key) in list.enumerated() { #expect(value(key) == i) }
    for _ in 0..<20_000 {
      let key = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        UInt8([0, 1, 97, 98, 99, 226, 255, 7].randomElement(using: &random) ?? 0)
      }
      #expect((value(key) != nil) == keys.contains(key))
    }
  }
}
