/// The words of files, counted, and what was read for them.
public struct TrainingText: Sendable {
  /// The words and their counts.
  public internal(set) var words = WordCounts()
  /// The number of lines that were read.
  public internal(set) var lineCount = 0
  /// The number of bytes that were read.
  public internal(set) var byteCount = 0
  /// How long reading took.
  public internal(set) var duration = Duration.zero
  /// The number of lines that were left out because they are not UTF-8.
  public internal(set) var damagedLineCount = 0
  /// The file and the number of the first line that was left out.
  public internal(set) var firstDamage: String?
}

extension TokenizerTrainer {
  /// Counts the words of files, line by line, cut as this trainer cuts them.
  ///
  /// Line ends are no part of a line, nor is a byte order mark. A line that is not UTF-8 is left out
  /// and counted; a file of nothing else is refused.
  ///
  /// - Parameters:
  ///   - files: The paths.
  ///   - observer: Hears now and then how many bytes of the files have been read.
  /// - Returns: The words, and what was read.
  /// - Throws: ``RondoTextError`` if a file cannot be read, is compressed, or is no text.
  public func count(
    _ files: [String], observer: ((TokenizerProgress) -> Void)? = nil
  ) throws(RondoTextError) -> TrainingText {
    try check()
    var text = TrainingText()
    var stopwatch = Stopwatch()
    var total = 0
    for file in files { total += try TextFile.size(of: file) }
    let (normalizer, preTokenizer) = (self.normalizer, self.preTokenizer)
    for file in files {
      var (line, damaged) = (0, 0)
      try TextFile.forEachLine(of: file) { bytes in
        line += 1
        if UTF8Text.firstInvalidByte(in: bytes) != nil {
          damaged += 1
          if text.firstDamage == nil { text.firstDamage = "\(file), line \(line)" }
        } else if !bytes.isEmpty {
          text.words.add(text: bytes, normalizer: normalizer, preTokenizer: preTokenizer)
        }
        text.byteCount += bytes.count + 1
        if line % 4096 == 0 {
          let read = min(total, text.byteCount)
          observer?(TokenizerProgress(phase: "reading", completed: read, total: total))
        }
      }
      guard line == 0 || damaged < line else {
        throw .damaged(file: file, place: "line 1", problem: "no line of it is UTF-8 text")
      }
      text.lineCount += line
      text.damagedLineCount += damaged
    }
    observer?(TokenizerProgress(phase: "reading", completed: total, total: total))
    text.duration = stopwatch.lap("reading").duration
    return text
  }
}
