import RondoData
import RondoDecoding
import RondoModels
import RondoPlots
import RondoTensor
import RondoText

/// A sequence-to-sequence model with its tokenizers: text in, text out.
struct Translator {
  let source: Tokenizer
  let target: Tokenizer
  let model: Seq2Seq
  let device: Device
  /// The start, end and padding tokens.
  let frame: FrameIDs

  /// The most lines decoded in one batch, and the most hypotheses: wide beams leave room for fewer
  /// lines.
  private static let sideBySide = (lines: 64, hypotheses: 512)
  /// The maximum number of tokens of an input line.
  static let longestLine = 2_048

  /// Turns a pair of texts into an example.
  func example(_ pair: TextPair) -> ParallelExample {
    ParallelExample(source: source.encode(pair.source), target: target.encode(pair.target))
  }

  /// The shares of unknown tokens in some pairs, for each side.
  func unknownShares(of pairs: [TextPair]) -> [Report.Fact] {
    let shares = Sides(
      source: source.unknownRate(of: pairs.map(\.source)),
      target: target.unknownRate(of: pairs.map(\.target)))
    return [
      Report.Fact("unknown source tokens in validation", percent(shares.source)),
      Report.Fact("unknown target tokens in validation", percent(shares.target)),
    ]
  }

  /// Translates lines; the predictions have the order of the lines.
  ///
  /// A line without a token, such as an empty one, gives an empty output, and so does one that is
  /// too long. Lines of similar lengths are decoded together, which changes no output.
  ///
  /// - Parameters:
  ///   - lines: The lines.
  ///   - options: The decoding options.
  ///   - say: Receives a message about each line that is too long, and about outputs that were cut.
  /// - Returns: A prediction for each line.
  func translate(
    _ lines: [String], options: PredictionOptions, say: (String) -> Void
  ) -> [Prediction] {
    let ids = lines.map { source.encode($0) }
    let order = lines.indices.sorted { (ids[$0].count, $0) < (ids[$1].count, $1) }
    var answers = lines.map {
      Prediction(
        input: $0, output: "", score: nil, inputTokens: [], outputTokens: [], isFinished: false,
        attention: nil, alternatives: [])
    }
    let readable = order.filter { (1...Self.longestLine).contains(ids[$0].count) }
    for line in lines.indices where ids[line].count > Self.longestLine {
      say(
        "the line '\(lines[line].prefix(20))…' has \(ids[line].count) tokens, more than the "
          + "\(Self.longestLine) that are translated; it gives an empty line")
    }
    let width = max(options.beamWidth ?? 1, options.hypothesisCount)
    let rowCount = max(1, min(Self.sideBySide.lines, Self.sideBySide.hypotheses / width))
    for start in stride(from: 0, to: readable.count, by: rowCount) {
      let rows = Array(readable[start..<min(start + rowCount, readable.count)])
      let hypotheses = decode(rows.map { ids[$0] }, options)
      for (row, found) in zip(rows, hypotheses) {
        answers[row] = prediction(lines[row], ids[row], found)
      }
    }
    let cut = readable.sorted().filter { !answers[$0].isFinished }
    if let first = cut.first {
      let limit = maximumLength(forSource: ids[first].count, options)
      say(
        "\(cut.count) of \(lines.count) answers were cut before they ended, the first, to "
          + "'\(lines[first].prefix(20))…', after \(limit) tokens; --max-length allows up to "
          + "\(Prediction.longestOutput)")
    }
    return answers
  }

  /// Decodes a batch of source sentences, returning the best hypotheses of each, best first.
  private func decode(_ sources: [[Int]], _ options: PredictionOptions) -> [[Hypothesis]] {
    withoutGradients {
      let batch = PaddedRows(sources, with: frame.sourcePadding)
      let state = model.encode(Tensor(batch, on: device), lengths: batch.lengths)
      let start = Tensor(
        ids: Array(repeating: frame.start, count: sources.count), shape: [sources.count],
        on: device)
      let limits = sources.map { maximumLength(forSource: $0.count, options) }
      let width = max(options.beamWidth ?? 1, options.hypothesisCount)
      if width == 1 {
        let decoder = GreedyDecoder(
          maximumLength: limits.max() ?? 1, endID: frame.end, bannedIDs: bannedIDs,
          keepsAttention: options.keepsAttention)
        return decoder(model, after: start, from: state, maximumLengths: limits).map { [$0] }
      }
      let search = BeamSearch(
        width: width, lengthPenalty: options.lengthPenalty ?? 1,
        hypothesisCount: options.hypothesisCount, maximumLength: limits.max() ?? 1,
        endID: frame.end, bannedIDs: bannedIDs, keepsAttention: options.keepsAttention)
      return search(model, after: start, from: state, maximumLengths: limits)
    }
  }

  /// The tokens that are never generated.
  private var bannedIDs: [Int] { [frame.padding, frame.start] }

  /// The maximum length of an output: number words grow to ten letters a word.
  private func maximumLength(forSource count: Int, _ options: PredictionOptions) -> Int {
    min(options.maximumLength ?? 12 * count + 20, Prediction.longestOutput)
  }

  private func prediction(
    _ line: String, _ ids: [Int], _ hypotheses: [Hypothesis]
  ) -> Prediction {
    let best = hypotheses[0]
    return Prediction(
      input: line, output: target.decode(best.tokens), score: best.score,
      inputTokens: ids.map { source.token(for: $0) ?? "" },
      outputTokens: best.tokens.map { target.token(for: $0) ?? "" }, isFinished: best.isFinished,
      // Without the padding that the other lines of the batch made.
      attention: best.attention?.map { Array($0.prefix(ids.count)) },
      alternatives: hypotheses.dropFirst().map {
        Prediction.Alternative(output: target.decode($0.tokens), score: $0.score)
      })
  }
}
