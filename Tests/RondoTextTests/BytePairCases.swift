import Foundation
import Testing

@testable import RondoText

/// What Hugging Face's tokenizers make of small byte-pair models; see make_byte_pair.py.
struct BytePairCases: Decodable {
  struct Training: Decodable {
    let name: String
    let words: [String]
    let vocabularySize: Int
    let minimumCount: Int
    let special: [String]
    let initialAlphabet: [String]
    let alphabetLimit: Int?
    let lengthLimit: Int?
    let prefix: String
    let suffix: String
    let vocabulary: [String]
    let merges: [[String]]
  }

  struct Encoding: Decodable {
    let name: String
    let training: String
    let vocabulary: [String]?
    let prefix: String
    let suffix: String
    let unknown: String
    let mergesUnknown: Bool
    let byteFallback: Bool
    let wholePieceFirst: Bool
    let cases: [Case]
  }

  struct Case: Decodable {
    let word: String
    let ids: [Int]
    let offsets: [[Int]]?
  }

  struct ByteLevel: Decodable {
    let words: [String]
    let vocabulary: [String]
    let merges: [[String]]
    let cases: [Case]
  }

  struct File: Decodable {
    let text: String
    let vocabularySize: Int
    let vocabulary: [String]
    let merges: [[String]]
  }

  let training: [Training]
  let encoding: [Encoding]
  let byteLevel: ByteLevel
  let file: File

  static func read() throws -> BytePairCases {
    try JSONDecoder().decode(
      BytePairCases.self, from: Data(contentsOf: Golden.url("byte-pair.json")))
  }
}

/// Files beside the tests.
enum Golden {
  /// A file made by one of the scripts in Tests/Golden.
  static func url(_ name: String) -> URL {
    tests.appendingPathComponent("Golden").appendingPathComponent(name)
  }

  /// The folder `shared`, which lies beside the package on some machines.
  static let shared = tests.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared")

  /// The lines of a file of JSON objects.
  static func lines<Line: Decodable>(_ url: URL, as type: Line.Type) throws -> [Line] {
    try lines(url).map { try JSONDecoder().decode(Line.self, from: $0) }
  }

  /// The lines of a file of JSON objects of which each has its own members.
  static func objects(_ url: URL) throws -> [[String: Any]] {
    try lines(url).map { line in
      try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    }
  }

  private static func lines(_ url: URL) throws -> [Data] {
    try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  private static let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent()
}

extension TokenModel {
  /// Encodes pieces of a text, by default all of it as one piece.
  func encode(
    _ bytes: [UInt8], pieces: [Piece]? = nil, barring reserved: Set<Int> = [],
    with encoder: (any PieceEncoder)? = nil
  ) -> [Int] {
    encode(bytes, pieces: pieces, barring: reserved, with: encoder, keepsSpans: false).ids
  }

  /// Encodes a text as one piece; also returns the bytes that each token stands for.
  func spans(_ bytes: [UInt8]) -> (ids: [Int], spans: [Range<Int>]) {
    encode(bytes, pieces: nil, barring: [], with: nil, keepsSpans: true)
  }

  private func encode(
    _ bytes: [UInt8], pieces: [Piece]?, barring reserved: Set<Int>,
    with encoder: (any PieceEncoder)?,
    keepsSpans: Bool
  ) -> (ids: [Int], spans: [Range<Int>]) {
    let encoder = encoder ?? makePieceEncoder(barring: reserved)
    let pieces = pieces ?? (bytes.isEmpty ? [] : [Piece(0, bytes.count)])
    var output = TokenBuffer(keepsSpans: keepsSpans)
    let padded = bytes + [UInt8](repeating: 0xFF, count: TokenBuffer.padding)
    padded.withUnsafeBufferPointer { padded in
      pieces.withUnsafeBufferPointer { pieces in
        encoder.encode(
          pieces, of: UnsafeBufferPointer(rebasing: padded[..<bytes.count]), into: &output)
      }
    }
    let ids = (0..<output.count).map { Int(output.ids[$0]) }
    return (ids, keepsSpans ? (0..<output.count).map { output.spans[$0].range } : [])
  }
}

extension WordCounts {
  init(_ words: [String]) {
    self.init()
    for word in words { add(word) }
  }
}
