#if os(Linux)
import Foundation
import Testing

@testable import RondoText

@Suite("Large files and memory")
struct LargeFileTests {
  @Test("A tokenizer.json of any size and kind is read or refused within its size and 64 MB")
  func json() async {
    await #expect(processExitsWith: .success) { try LargeFile.check(LargeFile.objects) }
  }

  @Test("So are files of lines")
  func lines() async {
    await #expect(processExitsWith: .success) { try LargeFile.check(LargeFile.lines) }
  }

  @Test("So are SentencePiece's model files")
  func models() async {
    await #expect(processExitsWith: .success) { try LargeFile.check(LargeFile.models) }
  }

  #if !DEBUG
  @Test("The largest vocabularies that are read take 64 MB at most, with all that is made of them")
  func greatest() async {
    await #expect(processExitsWith: .success) {
      for (file, count) in LargeFile.greatest {
        let bytes = file.bytes(count)
        let error = try file.error(of: bytes, allowing: bytes.count + 64 << 20)
        #expect(error == nil, "\(file.name): \(String(describing: error))")
      }
    }
  }
  #endif
}

/// A file of any number of tokens.
struct LargeFile: Sendable {
  let name: String
  /// How many bytes a token takes, roughly.
  var tokenSize = 1
  /// A part of the error at the largest size.
  let problem: String
  let bytes: @Sendable (Int) -> [UInt8]

  #if DEBUG
  private static let sizes = [1 << 19]
  #else
  private static let sizes = [10 << 20, 30 << 20, 64 << 20]
  #endif

  /// Reads files of all sizes, one of them also cut, and with a byte in the middle that no text holds.
  static func check(_ files: [LargeFile]) throws {
    for file in files {
      for size in sizes {
        let whole = file.bytes(size / file.tokenSize)
        for damage in size == sizes[sizes.count / 2] ? ["none", "cut", "flipped"] : ["none"] {
          var bytes = whole
          if damage == "cut" { bytes.removeLast(bytes.count / 3) }
          if damage == "flipped" { bytes[bytes.count / 2] = 0xFF }
          let error = try file.error(of: bytes, allowing: bytes.count + 64 << 20)
          let found = "\(file.name) \(size) \(damage): \(error?.description ?? "accepted")"
          #expect(error.map(DamagedFileTests.isExact) ?? true, "\(found.prefix(300))")
          if size == 64 << 20 {
            #expect(found.contains(file.problem), "\(found.prefix(300))")
          }
        }
      }
    }
  }

  /// Reads a file and uses the tokenizer; the process ends if that takes more memory than allowed.
  func error(of bytes: [UInt8], allowing memory: Int) throws -> RondoTextError? {
    let folder = "\(FileFormats.folder)/large"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try FileFormats.file(bytes, "large/\(name)")
    if name == "merges.txt" {
      _ = try FileFormats.file(Self.vocabulary(Self.letters(bytes.count / 13)), "large/vocab.json")
    }
    let limit = DataLimit(allowing: memory)
    defer { limit.lift() }
    do throws(RondoTextError) {
      let tokenizer = try Tokenizer(at: path, pattern: .cl100k)
      _ = tokenizer.decode(tokenizer.encode("a ab é 12 <s> ▁a", allowing: .all))
      return nil
    } catch {
      return error
    }
  }
}

extension LargeFile {
  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz".utf8)

  /// A word of letters for each number.
  private static func word(_ number: Int) -> [UInt8] {
    var (word, rest) = ([UInt8](), number)
    repeat {
      word.append(alphabet[rest % 26])
      rest = rest / 26 - 1
    } while rest >= 0
    return word.reversed()
  }

  /// Words, each but the first few another word and a letter, which follow it.
  private static func letters(_ count: Int) -> [[UInt8]] { (0..<count).map(word) }

  private static func vocabulary(_ tokens: [[UInt8]]) -> [UInt8] {
    var bytes = Array("{".utf8)
    for (id, token) in tokens.enumerated() {
      bytes += id == 0 ? "\"".utf8 : ",\"".utf8
      bytes += token
      bytes += "\":\(id)".utf8
    }
    return bytes + "}".utf8
  }

  private static func merges(_ count: Int, _ line: ([UInt8], [UInt8]) -> [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in min(26, count)..<count {
      let word = word(number)
      bytes += line(Array(word.dropLast()), Array(word.suffix(1)))
    }
    return bytes
  }

  private static func json(
    _ name: String, _ tokenSize: Int, _ problem: String, _ type: String,
    _ members: @escaping @Sendable (Int) -> [UInt8]
  ) -> LargeFile {
    LargeFile(name: "\(name).json", tokenSize: tokenSize, problem: problem) { count in
      Array(#"{"model":{"type":"\#(type)","unk_token":"a","#.utf8) + members(count) + "}}".utf8
    }
  }

  private static func list(_ count: Int, _ element: (Int) -> String) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in 0..<count {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += element(index).utf8
    }
    return bytes
  }

  private static func words(_ before: String, _ list: [UInt8], _ after: String) -> [UInt8] {
    let model = #","model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0}}}"#
    return Array("{\(before)".utf8) + list + (after + model).utf8
  }

  private static let bytePairs = json("byte-pairs", 28, "1048576", "BPE") { count in
    var merges = merges(count) { left, right in
      Array("[\"".utf8) + left + "\",\"".utf8 + right + "\"],".utf8
    }
    if !merges.isEmpty { merges.removeLast() }
    return Array("\"vocab\":".utf8) + vocabulary(letters(count)) + ",\"merges\":[".utf8 + merges
      + "]".utf8
  }

  private static let unigram = json("unigram", 16, "more than 1048576 tokens", "Unigram") {
    Array("\"unk_id\":0,\"vocab\":[".utf8)
      + list($0) { "[\"\(String(decoding: word($0), as: UTF8.self))\",-\($0 % 97).5]" } + "]".utf8
  }

  private static let wordPieces = json("word-pieces", 15, "1048576", "WordPiece") {
    Array("\"vocab\":".utf8) + vocabulary(letters($0))
  }

  /// Tokens whose identifiers come in the opposite order.
  private static let shuffled = json("shuffled", 15, "identifier below 1048576", "WordLevel") {
    (count: Int) in
    Array("\"vocab\":{".utf8)
      + list(count) { "\"\(String(decoding: word($0), as: UTF8.self))\":\(count - 1 - $0)" }
      + "}".utf8
  }

  static let objects = [
    bytePairs, unigram, wordPieces, shuffled,
    json("word-level", 15, "1048576", "WordLevel") {
      Array("\"vocab\":".utf8) + vocabulary(letters($0))
    },
    json("long-tokens", 60_000, "more than 12582912 bytes", "BPE") { count in
      let long = (0..<count).map { word($0 + 1000) + [UInt8](repeating: 45, count: 60_000) }
      return Array("\"merges\":[],\"vocab\":".utf8) + vocabulary(long)
    },
    json("many-nodes", 60, "nodes", "WordPiece") { count in
      let long = (0..<min(count, 150_000)).map { word($0) + [UInt8](repeating: 45, count: 50) }
      let padding = [UInt8](repeating: 32, count: 60 * (count - long.count))
      return Array("\"vocab\":".utf8) + vocabulary([[97]] + long) + padding
    },
    json("escapes", 2, "longer than 8388608 bytes", "WordLevel") { count in
      Array("\"vocab\":{\"".utf8) + [UInt8](String(repeating: "\\n", count: count).utf8)
        + "\":0}".utf8
    },
    json("a-number", 1, "whole number", "WordLevel") { count in
      Array("\"vocab\":{\"a\":1".utf8) + [UInt8](repeating: 48, count: count) + "}".utf8
    },
    LargeFile(name: "a-name.json", problem: "longer than 65536 bytes") {
      Array(#"{"model":{"type":""#.utf8) + [UInt8](repeating: 78, count: $0) + "\"}}".utf8
    },
    LargeFile(name: "added.json", tokenSize: 25, problem: "$.added_tokens") {
      words(
        #""added_tokens":["#,
        list($0) { "{\"id\":\($0 + 1),\"content\":\"+\($0)\"}" }, "]")
    },
    LargeFile(name: "normalizers.json", tokenSize: 15, problem: "$.normalizer") {
      words(
        #""normalizer":{"type":"Sequence","normalizers":["#, list($0) { _ in #"{"type":"NFC"}"# },
        "]}")
    },
    LargeFile(name: "a-map.json", problem: "$.normalizer") {
      words(
        #""normalizer":{"type":"Precompiled","precompiled_charsmap":""#,
        [UInt8](repeating: 65, count: $0 & ~3), "\"}")
    },
    LargeFile(name: "a-model.json", tokenSize: 21, problem: "$.model.file") {
      Array(#"{"model":{"type":"SentencePiece","file":""#.utf8) + Base64.encode(unigramModel($0))
        + "\"}}".utf8
    },
  ]
}

extension LargeFile {
  static let lines = [
    LargeFile(name: "merges.txt", tokenSize: 8, problem: "1048576") { count in
      merges(count) { $0 + [32] + $1 + [10] }
    },
    LargeFile(name: "ranks.tiktoken", tokenSize: 17, problem: "1048576") { count in
      let bytes = (0..<256).map { [UInt8($0)] }
      return (bytes + letters(count).dropFirst(26)).enumerated().flatMap { rank, token in
        Base64.encode(token) + Array(" \(rank)\n".utf8)
      }
    },
    LargeFile(name: "one-letter.tiktoken", problem: "more than 12582912 bytes") { size in
      let bytes = (0..<256).map { [UInt8($0)] }
      let count = Int((1.5 * Double(size)).squareRoot())
      let long = (2..<max(count, 2)).map { [UInt8](repeating: 97, count: $0) }
      return (bytes + long).enumerated().flatMap { rank, token in
        Base64.encode(token) + Array(" \(rank)\n".utf8)
      }
    },
    LargeFile(name: "words.txt", tokenSize: 5, problem: "there are more") { count in
      Array("[UNK]\n[CLS]\n[SEP]\n".utf8) + letters(count).flatMap { $0 + [10] }
    },
    LargeFile(name: "empty-lines.txt", problem: "more lines") { count in
      Array("[UNK]\n[CLS]\n[SEP]\n".utf8) + [UInt8](repeating: 10, count: count)
    },
  ]

  private static func model(
    _ pieces: some Sequence<[UInt8]>, kind: Int = 1, algorithm: Int = 1
  ) -> [UInt8] {
    var writer = ProtobufWriter()
    for (id, bytes) in pieces.enumerated() {
      var piece = ProtobufWriter()
      piece.write(1, bytes)
      piece.write(2, -Float(id))
      piece.write(3, id == 0 ? 2 : kind)
      writer.write(1, piece.bytes)
    }
    var settings = ProtobufWriter()
    settings.write(3, algorithm)
    writer.write(2, settings.bytes)
    return writer.bytes
  }

  private static func unigramModel(_ count: Int) -> [UInt8] {
    model((0..<max(count, 27)).lazy.map(word))
  }

  private static let bytePairModel = LargeFile(
    name: "byte-pairs.model", tokenSize: 16, problem: "more than 327680 pieces"
  ) { model((0..<max($0, 27)).lazy.map(word), algorithm: 2) }

  private static let unigramFile = LargeFile(
    name: "unigram.model", tokenSize: 16, problem: "more than 327680 pieces",
    bytes: unigramModel)

  static let models = [
    bytePairModel, unigramFile,
    LargeFile(name: "own.model", tokenSize: 16, problem: "more than 327680 pieces") {
      model((0..<max($0, 27)).lazy.map(word), kind: 4)
    },
    LargeFile(name: "long.model", tokenSize: 60_000, problem: "more than 4194304 bytes") { count in
      model((0...count).lazy.map { word($0) + [UInt8](repeating: 45, count: 60_000) })
    },
    LargeFile(name: "a-map.model", problem: "more than 4194304 bytes") { size in
      var settings = ProtobufWriter()
      settings.write(2, [UInt8](repeating: 0, count: size))
      var writer = ProtobufWriter()
      writer.write(3, settings.bytes)
      return unigramModel(30) + writer.bytes
    },
  ]

  /// The most tokens that files may have.
  static let greatest = [
    (bytePairs, 1 << 19), (unigram, 1 << 20), (wordPieces, 1 << 20), (shuffled, 1 << 20),
    (bytePairModel, 5 << 16), (unigramFile, 5 << 16),
  ]
}
#endif
