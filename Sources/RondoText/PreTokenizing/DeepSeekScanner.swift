/// Splits text by the last pattern of DeepSeek V3, which first isolates numbers and runs of Chinese
/// and Japanese: words with the character before them, symbols with the line feeds after them.
///
/// ```text
/// [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+
///   | ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
///
/// Text between matches, such as a number before a space, stays in pieces of its own.
///
/// - Source: DeepSeek-AI, [DeepSeek-V3 Technical Report](https://arxiv.org/abs/2412.19437), 2024,
///   and the tokenizer that was released with it.
public struct DeepSeekScanner: PieceScanner {
  /// The class of all other scalars, such as U+200B.
  private static let other: UInt8 = 4
  private static let classes = ScalarClasses { properties in
    if properties.isLetter || properties.isMark { return TextRuns.letter }
    if properties.isNumber { return TextRuns.number }
    if properties.isWhiteSpace { return TextRuns.space }
    return properties.isPunctuation || properties.isSymbol ? TextRuns.symbol : other
  }

  /// Creates the scanner.
  public init() {}

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    let runs = TextRuns(text, to: end, classes: Self.classes)
    return cut(from: &position, to: end, into: pieces) { start in
      if let next = Self.endOfMatch(runs, from: start) { return next }
      var next = start
      repeat {
        next += runs.read(next).count
      } while next < end
        && Self.endOfMatch(runs, from: next) == nil
      return next
    }
  }

  private static func endOfMatch(_ runs: TextRuns, from start: Int) -> Int? {
    let byte = runs.text[start]
    let (found, count) = runs.read(start)
    let next = start + count
    if found == TextRuns.letter { return runs.endOfLetters(from: next) }
    if found == TextRuns.symbol {
      let word = byte < 0x80 ? runs.endOfASCIILetters(from: next) : next
      return word > next ? word : endOfSymbols(runs, from: next)
    }
    if byte != UInt8(ascii: "\r"), byte != UInt8(ascii: "\n"), next < runs.end {
      let (following, length) = runs.read(next)
      if following == TextRuns.letter { return runs.endOfLetters(from: next + length) }
      if byte == UInt8(ascii: " "), following == TextRuns.symbol {
        return endOfSymbols(runs, from: next)
      }
    }
    return found == TextRuns.space ? runs.endOfLines(from: start, joinsFinalSpace: false) : nil
  }

  private static func endOfSymbols(_ runs: TextRuns, from start: Int) -> Int {
    runs.endOfLineFeeds(from: runs.endOfRun(of: TextRuns.symbol, from: start))
  }
}

extension TextRuns {
  /// Returns the end of `[A-Za-z]*`.
  fileprivate func endOfASCIILetters(from start: Int) -> Int {
    var position = start
    while position < end, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[position] | 0x20) {
      StepCounter.add(1)
      position += 1
    }
    return position
  }
}
