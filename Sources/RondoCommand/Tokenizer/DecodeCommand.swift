import ArgumentParser
import Foundation
import RondoText

/// `rondo tokenizer decode`: identifiers in, lines of text out, in order.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Turn lines of token identifiers into text.",
    discussion: """
      A line holds identifiers with spaces between them, a JSON list of them, or a JSON object with \
      'ids', as 'encode --json' prints it. Each line gives one line of standard output, in order; \
      a line that arrives on a pipe is answered at once.
      """)

  @OptionGroup var source: TokenizerOptions
  @Flag(help: "Print a JSON object for each line: ids, pieces, text.") var json = false
  @Flag(help: "Spell special tokens out instead of leaving them away.") var keepSpecialTokens =
    false

  func run() throws {
    let tokenizer = try source.load()
    try LineFilter.run { line in
      let ids = try identifiers(in: line)
      for id in ids where tokenizer.bytes(of: id) == nil {
        throw LineError(
          number: line.number,
          problem: "names \(id), which is not in the vocabulary of 0 to "
            + "\(tokenizer.vocabularySize - 1)")
      }
      return try answer(to: ids, in: line, with: tokenizer)
    }
  }

  private func identifiers(in line: LineFilter.Input) throws(LineError) -> [Int] {
    let start = line.text.first { $0 != " " }
    if start == "[" || start == "{" {
      let decoder = JSONDecoder()
      let bytes = Data(line.text.utf8)
      let ids =
        start == "["
        ? try? decoder.decode([Int].self, from: bytes)
        : try? decoder.decode(Identifiers.self, from: bytes).ids
      guard let ids else {
        throw LineError(
          number: line.number, problem: "is neither a JSON list of identifiers nor has 'ids'")
      }
      return ids
    }
    var ids: [Int] = []
    for word in line.text.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init) {
      guard let id = Int(word) else {
        throw LineError(number: line.number, problem: "holds '\(word)', which is no identifier")
      }
      ids.append(id)
    }
    return ids
  }

  private struct Identifiers: Decodable {
    let ids: [Int]
  }

  private struct DecodedForm: Encodable {
    let ids: [Int]
    let pieces: [String]
    let text: String
  }

  private func answer(
    to ids: [Int], in line: LineFilter.Input, with tokenizer: Tokenizer
  ) throws -> [UInt8] {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let form = DecodedForm(
        ids: ids, pieces: ids.map { tokenizer.token(for: $0) ?? "" },
        text: tokenizer.decode(ids, keepsSpecialTokens: keepSpecialTokens))
      return Array(try encoder.encode(form))
    }
    let bytes = tokenizer.decodeBytes(ids, keepsSpecialTokens: keepSpecialTokens)
    guard !bytes.contains(UInt8(ascii: "\n")) else {
      throw LineError(
        number: line.number, problem: "stands for text of more than one line; use --json")
    }
    return bytes
  }
}
