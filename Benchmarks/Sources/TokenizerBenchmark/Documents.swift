import Foundation

/// Documents, one after another in one stretch of memory.
struct Documents {
  /// The bytes of all documents.
  let bytes: [UInt8]
  /// Where each document lies.
  let ranges: [Range<Int>]

  /// Reads a text.
  ///
  /// - Parameter path: The path of a `.txt` and an `.idx` file without the ending.
  /// - Throws: An error if there are no such files, or they do not fit together.
  init(_ path: String) throws {
    bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(path).txt")))
    let sizes = try String(contentsOfFile: "\(path).idx", encoding: .utf8)
      .split(separator: "\n").compactMap { Int($0) }
    var position = 0
    ranges = sizes.map { size in
      defer { position += size }
      return position..<position + size
    }
    guard position == bytes.count else { throw TokenizerBenchmarkError.damagedText(path) }
  }

  /// The documents as strings.
  var strings: [String] { ranges.map { String(decoding: bytes[$0], as: UTF8.self) } }
}
