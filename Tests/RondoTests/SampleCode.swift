import Foundation
import Testing

/// Code that is written to be read, and must be compiled somewhere.
enum SampleCode {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Returns what a file of the package holds.
  static func text(of name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  /// Returns the files in a folder of the package and in those below it.
  static func files(under folder: String, endingIn ending: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
      .filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\($0)" }
  }

  /// The blocks of Swift in a text, without indentation, empty lines and imports.
  static func blocks(of text: String) -> [[String]] {
    text.components(separatedBy: "```").enumerated()
      .filter { !$0.offset.isMultiple(of: 2) && $0.element.hasPrefix("swift\n") }
      .map { lines(of: $0.element).dropFirst().filter { $0 != "import Rondo" } }
  }

  /// Expects every block of Swift in a text to stand in a file that is compiled.
  static func expectCompiled(_ text: String, in file: String, as name: String) throws {
    let compiled = lines(of: try String(contentsOfFile: file, encoding: .utf8))
    for block in blocks(of: text) {
      let isThere = compiled.indices.contains { compiled[$0...].starts(with: block) }
      #expect(isThere, "\(name): this code is not compiled:\n\(block.joined(separator: "\n"))")
    }
  }

  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}
