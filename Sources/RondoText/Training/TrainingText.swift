/// The counted words of files, with statistics about the files.
public struct TrainingText: Sendable {
  /// The words and their counts.
  public internal(set) var words = WordCounts()
  /// The number of lines that were read.
  public internal(set) var lineCount = 0
  /// The number of bytes that were read.
  public internal(set) var byteCount = 0
  /// The time it took to read the files.
  public internal(set) var duration = Duration.zero
  /// The number of lines that were skipped because they are not UTF-8.
  public internal(set) var damagedLineCount = 0
  /// The file and number of the first skipped line.
  public internal(set) var firstDamage: String?
}

extension TokenizerTrainer {
  /// Counts the words of files, line by line, split as this trainer splits them.
  ///
  /// Line endings are not part of a line unless ``keepsLineEnds`` is set, and byte order marks never
  /// are. A line that is not UTF-8 is skipped and counted; a file of nothing else is an error.
  ///
  /// - Parameters:
  ///   - files: The paths.
  ///   - observer: Receives at intervals the number of bytes read so far.
  /// - Returns: The words, with statistics about the files.
  /// - Throws: ``RondoTextError`` if a file cannot be read, is compressed, or is not text.
  public func count(
    _ files: [String], observer: ((TokenizerProgress) -> Void)? = nil
  ) throws(RondoTextError) -> TrainingText {
    try check()
    var text = TrainingText()
    var stopwatch = Stopwatch()
    var total = 0
    for file in files { total += try TextFile.size(of: file) }
    let (normalizer, preTokenizer) = (self.normalizer, self.preTokenizer)
    let lost = keepsLineEnds ? 0 : 1
    for file in files {
      var (line, damaged) = (0, 0)
      try TextFile.forEachLine(of: file, keepingEnds: keepsLineEnds) { bytes in
        line += 1
        if UTF8Text.firstInvalidByte(in: bytes) != nil {
          damaged += 1
          if text.firstDamage == nil { text.firstDamage = "\(file), line \(line)" }
        } else if !bytes.isEmpty {
          text.words.add(text: bytes, normalizer: normalizer, preTokenizer: preTokenizer)
        }
        text.byteCount += bytes.count + lost
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
