extension WordPieceTrainer {
  /// The tokens so far.
  private struct Tokens {
    private(set) var bytes: [[UInt8]] = []
    private var ids: [[UInt8]: UInt32] = [:]

    /// Returns the identifier of a token, which may be a new one.
    mutating func id(of token: [UInt8]) -> UInt32 {
      if let id = ids[token] { return id }
      ids[token] = UInt32(bytes.count)
      bytes.append(token)
      return UInt32(bytes.count - 1)
    }
  }

  /// Trains a vocabulary by ``Score/likelihood``.
  func trainByLikelihood(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)?,
    witness: ((TrainedMerge) -> Void)?
  ) -> (tokens: [[UInt8]], report: TrainingReport) {
    var report = TrainingReport()
    report.wordCount = words.count
    var stopwatch = Stopwatch()
    observer?(TokenizerProgress(phase: "cutting words", completed: 0, total: words.count))
    var tokens = Tokens()
    for token in specialTokens { _ = tokens.id(of: Array(token.text.utf8)) }
    let rows = cut(words, into: &tokens)
    report.phases.append(stopwatch.lap("cutting words"))
    observer?(TokenizerProgress(phase: "counting pairs", completed: 0, total: words.count))
    var merges = LikelihoodMerges(rows)
    report.phases.append(stopwatch.lap("counting pairs"))
    report.note(memory: merges.byteCount)
    var mergeCount = 0
    while tokens.bytes.count < vocabularySize, let best = merges.best(minimumCount: minimumCount) {
      let left = tokens.bytes[Int(best.pair.left)]
      let right = tokens.bytes[Int(best.pair.right)]
      let prefix = right.starts(with: continuingPrefix.utf8) ? continuingPrefix.utf8.count : 0
      let joined = left + right.dropFirst(prefix)
      merges.merge(best.pair, into: tokens.id(of: joined))
      mergeCount += 1
      witness?(
        TrainedMerge(
          number: mergeCount, left: left, right: right, merged: joined, count: best.count))
      if mergeCount % 64 == 0 {
        observer?(
          TokenizerProgress(
            phase: "merging", completed: tokens.bytes.count, total: vocabularySize))
      }
    }
    report.note(memory: merges.byteCount)
    report.phases.append(stopwatch.lap("merging"))
    return (tokens.bytes, report)
  }

  /// Assigns identifiers to the characters of the words, and splits the words into these;
  /// characters outside the alphabet are dropped.
  private func cut(
    _ words: WordCounts, into tokens: inout Tokens
  ) -> [(symbols: [UInt32], count: Int)] {
    var texts: [(text: String, count: Int)] = []
    var occurrences: [Unicode.Scalar: Int] = [:]
    words.forEachWord { word, count in
      let text = String(decoding: word, as: UTF8.self)
      texts.append((text, count))
      for scalar in text.unicodeScalars { occurrences[scalar, default: 0] += count }
    }
    for scalar in initialAlphabet { occurrences[scalar] = .max }
    let ranked = occurrences.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    let alphabet = Set(ranked.prefix(alphabetLimit ?? .max).map(\.key))
    for scalar in alphabet.sorted() { _ = tokens.id(of: Array(String(scalar).utf8)) }
    return texts.map { text, count in
      var symbols: [UInt32] = []
      for (place, scalar) in text.unicodeScalars.enumerated() where alphabet.contains(scalar) {
        let prefix = place == 0 ? "" : continuingPrefix
        symbols.append(tokens.id(of: Array((prefix + String(scalar)).utf8)))
      }
      return (symbols, count)
    }
  }
}
