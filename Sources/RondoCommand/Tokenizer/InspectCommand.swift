import ArgumentParser
import Foundation
import RondoPlots
import RondoText

/// `rondo tokenizer inspect`: what a tokenizer is, and how it cuts a text.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show how a text is cut into tokens, or what a tokenizer is.",
    discussion: """
      With a text, or lines on standard input, the pieces are shown in colours, with their \
      identifiers and the bytes that they stand for. Without, the tokenizer is described.
      """)

  @OptionGroup var source: TokenizerOptions
  @Argument(help: "A text; without it, the lines of standard input, if they come from elsewhere.")
  var text: String?
  @Flag(help: "Add the special tokens that the tokenizer puts around a text.")
  var addSpecialTokens = false
  @Option(help: "Let the text become this special token, or all. Repeatable.")
  var allowSpecial: [String] = []

  func run() throws {
    let tokenizer = try source.load()
    let options = EncodingOptions(
      addsSpecialTokens: addSpecialTokens,
      allowedSpecialTokens: try AllowedSpecialTokens(allowSpecial, of: tokenizer))
    if let text {
      let encoding = tokenizer.encoding(of: text, options: options)
      return try Terminal.write(pieces(of: encoding, with: tokenizer))
    }
    var lineCount = 0
    if Self.isFed {
      lineCount = try LineFilter.run(takesBytes: tokenizer.takesBytes) { line in
        let encoding =
          line.bytes.map { tokenizer.encoding(ofBytes: $0, options: options) }
          ?? tokenizer.encoding(of: line.text, options: options)
        let pieces = pieces(of: encoding, with: tokenizer)
        return Array(((line.number > 1 ? "\n" : "") + pieces.dropLast()).utf8)
      }
    }
    if lineCount == 0 { try Terminal.write(description(of: tokenizer)) }
  }

  /// Whether standard input is a pipe or a file, and not a terminal.
  private static var isFed: Bool {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0 else { return false }
    return [S_IFIFO, S_IFREG, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  private func pieces(of encoding: Encoding, with tokenizer: Tokenizer) -> String {
    let pieces = encoding.ids.map { PieceText.escaped(tokenizer.bytes(of: $0) ?? []) }
    let strip = PieceStrip("", rows: [.init("", pieces)])
    let rows = encoding.ids.indices.map { place in
      let bytes = encoding.byteOffsets[place]
      let range = bytes.isEmpty ? "" : "\(bytes.lowerBound)..<\(bytes.upperBound)"
      return ["\(encoding.ids[place])", range, pieces[place]]
    }
    return strip.terminal(width: Terminal.width, style: Terminal.outputStyle) + "\n"
      + TextTable(columns: ["id", "bytes", "piece"], rows: rows, leftAligned: [2]).text
  }

  private func description(of tokenizer: Tokenizer) -> String {
    let summary = tokenizer.summary
    let facts = [
      ("model", summary.model), ("vocabulary", "\(grouped(tokenizer.vocabularySize)) tokens"),
      ("normalizer", summary.normalizer ?? "none"),
      ("pre-tokenizer", summary.preTokenizer ?? "none"),
      ("decoder", summary.decoder ?? "spaces between tokens"),
      ("around a text", summary.framing.first ?? "nothing"),
      ("around a pair", summary.framing.last ?? "nothing"),
    ]
    let roles: [(String, SpecialToken)] = [
      ("start", .start), ("end", .end), ("padding", .padding), ("mask", .mask),
      ("classification", .classification), ("separator", .separator),
    ]
    var lines = facts.map { "\(padded($0.0))\($0.1)" } + [""]
    let unknown = tokenizer.unknownID
    lines += (roles.map { ($0.0, tokenizer.id(of: $0.1)) } + [("unknown", unknown)]).map { role in
      let token = role.1.map { "\(tokenizer.token(for: $0) ?? "")  \($0)" }
      return padded(role.0) + (token ?? "none")
    }
    let roleIDs = Set(roles.compactMap { tokenizer.id(of: $0.1) } + [unknown].compactMap(\.self))
    let others = tokenizer.addedTokens.filter { !roleIDs.contains($0.id) }
    for kind in [true, false] {
      let tokens = others.filter { $0.isSpecial == kind }
      guard !tokens.isEmpty else { continue }
      let shown = tokens.prefix(20).map { "\(PieceText.escaped(Array($0.text.utf8)))  \($0.id)" }
      let rest = tokens.count > 20 ? ["and \(tokens.count - 20) more"] : []
      lines += ["", kind ? "other special tokens" : "added tokens"]
      lines += (shown + rest).map { "  " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 16 - name.count))
  }
}
