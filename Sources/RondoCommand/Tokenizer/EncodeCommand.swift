import ArgumentParser
import Foundation
import RondoData
import RondoText

/// `rondo tokenizer encode`: lines in, identifiers out, in order.
struct EncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Turn lines of text into token identifiers.",
    discussion: """
      Each line of standard input gives one line of standard output, in order; a line that arrives \
      on a pipe is answered at once. The end of a line, \\n or \\r\\n, is not part of it. Special \
      tokens in the text are read as text unless allowed. A line that is not UTF-8 is an error, \
      unless the tokenizer keeps any bytes, as byte-level ones do, and --pair and --truncate are \
      not given.
      """)

  @OptionGroup var source: TokenizerOptions
  @Flag(help: "Print a JSON object for each line: ids, pieces, offsets, types, masks, words.")
  var json = false
  @Flag(help: "Add the special tokens that the tokenizer puts around a text.")
  var addSpecialTokens = false
  @Option(help: "Let the text become this special token, or all. Repeatable.")
  var allowSpecial: [String] = []
  @Flag(help: "Take each line as two texts with a tab between them.") var pair = false
  @Option(help: "Cut each line to this many tokens, special ones included.") var truncate: Int?
  @Option(help: "With --truncate and --json: tokens that stretches share; they are 'overflowing'.")
  var stride: Int?
  @Option(help: "With --truncate: which text of a pair is cut, longest, first or second.")
  var cut: String?
  @Option(
    help: """
      With a unigram model: draw the tokens of each line at random, in proportion to probability to \
      this power; 0 draws evenly, and 0.1 to 0.5 are usual.
      """)
  var sample: Double?
  @Option(help: "With --sample: where randomness begins; the same seed draws the same tokens.")
  var seed: UInt64?

  func validate() throws {
    if let truncate, truncate < 0 {
      throw ValidationError("--truncate is 0 or above and got \(truncate)")
    }
    if let sample {
      guard sample >= 0, sample.isFinite else {
        throw ValidationError("--sample is 0 or above and got \(sample)")
      }
      guard !json, !pair, !addSpecialTokens, truncate == nil else {
        throw ValidationError(
          "--sample prints identifiers of whole lines; leave out --json, --pair, --truncate and "
            + "--add-special-tokens")
      }
    }
    if let stride, stride < 0 {
      throw ValidationError("--stride is 0 or above and got \(stride)")
    }
    guard truncate != nil || stride == nil && cut == nil else {
      throw ValidationError(
        "\(stride == nil ? "--cut" : "--stride") says how lines are shortened; give --truncate too")
    }
    guard sample != nil || seed == nil else {
      throw ValidationError("--seed says what is drawn; give --sample too")
    }
  }

  func run() throws {
    let tokenizer = try truncating(source.load())
    let options = EncodingOptions(
      addsSpecialTokens: addSpecialTokens,
      allowedSpecialTokens: try AllowedSpecialTokens(allowSpecial, of: tokenizer))
    if let sample { return try draw(with: tokenizer, smoothing: sample, options: options) }
    let isPlain = !json && !pair && !addSpecialTokens && truncate == nil
    try LineFilter.run(takesBytes: tokenizer.takesBytes && !pair) { line in
      if let bytes = line.bytes {
        let encoding = tokenizer.encoding(ofBytes: bytes, options: options)
        return json ? EncodingLine(encoding).bytes : text(of: encoding.ids)
      }
      return isPlain
        ? text(of: tokenizer.encode(line.text, allowing: options.allowedSpecialTokens))
        : try answer(to: line, with: tokenizer, options: options)
    }
  }

  /// Draws the tokens of each line; what is drawn depends on the seed and the number of the line.
  private func draw(
    with tokenizer: Tokenizer, smoothing: Double, options: EncodingOptions
  ) throws {
    try tokenizer.checkSampling()
    try LineFilter.run { line in
      var random = SplitMix64(seed: seed ?? 0, stream: line.number)
      return text(
        of: try tokenizer.sample(
          line.text, smoothing: smoothing, allowing: options.allowedSpecialTokens, using: &random))
    }
  }

  private func truncating(_ tokenizer: Tokenizer) throws -> Tokenizer {
    var tokenizer = tokenizer
    let cut = try choice(cut ?? "longest", kind: "text to cut", of: Cut.self)
    tokenizer.truncation = truncate.map {
      Truncation(length: $0, stride: stride ?? 0, strategy: cut.strategy)
    }
    return tokenizer
  }

  private enum Cut: String, CaseIterable {
    case longest, first, second

    var strategy: Truncation.Strategy {
      switch self {
      case .longest: .longestFirst
      case .first: .onlyFirst
      case .second: .onlySecond
      }
    }
  }

  private func answer(
    to line: LineFilter.Input, with tokenizer: Tokenizer, options: EncodingOptions
  ) throws -> [UInt8] {
    var texts = [line.text]
    if pair {
      texts = line.text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard texts.count == 2 else {
        throw LineError(
          number: line.number,
          problem: "has \(texts.count - 1) tabs, and --pair needs one between two texts")
      }
    }
    let encoding = try tokenizer.fittedEncoding(
      of: texts[0], and: pair ? texts[1] : nil, options: options)
    return json ? EncodingLine(encoding).bytes : text(of: encoding.ids)
  }

  private func text(of ids: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(6 * ids.count)
    for id in ids {
      if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
      bytes.append(decimal: id)
    }
    return bytes
  }
}

extension Tokenizer {
  /// Whether lines that are not UTF-8 can be encoded.
  var takesBytes: Bool { keepsAnyBytes && truncation == nil && padding == nil }
}
