/// Splits text by the pattern of cl100k: words with the symbol before them, numbers in groups,
/// symbols with the line feeds after them.
///
/// ```text
/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}
///   | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
///
/// - Source: OpenAI, [tiktoken](https://github.com/openai/tiktoken), 2022.
public struct CL100KScanner: PieceScanner {
  /// The maximum number of digits in a piece: 3, or 1 as in Qwen's variant.
  public let digitLimit: Int
  /// Whether trailing white space is one piece, even where it contains a line feed.
  public let joinsFinalSpace: Bool
  /// Whether marks belong to words, as in Qwen 3.5's variant: `[\p{L}\p{M}]` for `\p{L}`.
  public let joinsMarks: Bool

  /// Creates a scanner.
  ///
  /// - Parameters:
  ///   - digitLimit: The maximum number of digits in a piece.
  ///   - joinsFinalSpace: Whether trailing white space is one piece, as in newer versions of
  ///     tiktoken's pattern.
  ///   - joinsMarks: Whether marks belong to words.
  public init(digitLimit: Int = 3, joinsFinalSpace: Bool = false, joinsMarks: Bool = false) {
    self.digitLimit = digitLimit
    self.joinsFinalSpace = joinsFinalSpace
    self.joinsMarks = joinsMarks
  }

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    let runs = TextRuns(
      text, to: end, classes: joinsMarks ? TextRuns.joiningMarks : TextRuns.classes)
    return cut(from: &position, to: end, into: pieces) { endOfPiece(runs, from: $0) }
  }

  @inline(__always)
  private func endOfPiece(_ runs: TextRuns, from start: Int) -> Int {
    let byte = runs.text[start]
    if byte == UInt8(ascii: "'"), let end = runs.endOfFoldedContraction(from: start) { return end }
    let (found, count) = runs.read(start)
    let next = start &+ count
    if found == TextRuns.letter { return runs.endOfLetters(from: next) }
    if found == TextRuns.number { return runs.endOfNumbers(from: start, limit: digitLimit) }
    if byte != UInt8(ascii: "\r"), byte != UInt8(ascii: "\n"), next < runs.end {
      let (following, length) = runs.read(next)
      if following == TextRuns.letter { return runs.endOfLetters(from: next &+ length) }
      if byte == UInt8(ascii: " "), following == TextRuns.symbol {
        return runs.endOfLineFeeds(from: runs.endOfRun(of: TextRuns.symbol, from: next))
      }
    }
    if found == TextRuns.symbol {
      return runs.endOfLineFeeds(from: runs.endOfRun(of: TextRuns.symbol, from: next))
    }
    return runs.endOfLines(from: start, joinsFinalSpace: joinsFinalSpace)
  }
}

extension TextRuns {
  /// Returns the end of at most `limit` numbers.
  @inline(__always)
  func endOfNumbers(from start: Int, limit: Int) -> Int {
    var (position, length) = (start, 0)
    while length < limit, position < end {
      let (found, count) = read(position)
      if found != Self.number { break }
      position &+= count
      length &+= 1
    }
    return position
  }

  /// Returns the end of `[\r\n]*`, or of `[\r\n/]*`.
  @inline(__always)
  func endOfLineFeeds(from start: Int, orSlashes: Bool = false) -> Int {
    var position = start
    while position < end {
      StepCounter.add(1)
      let byte = text[position]
      let isSlash = orSlashes && byte == UInt8(ascii: "/")
      if byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r"), !isSlash { break }
      position &+= 1
    }
    return position
  }

  /// Returns the end of `\s*[\r\n]+|\s+(?!\S)|\s+`.
  @inline(__always)
  func endOfLines(from start: Int, joinsFinalSpace: Bool) -> Int {
    var (position, last) = (start, start)
    var lastLine = start
    while position < end {
      let (found, count) = read(position)
      if found != Self.space { break }
      last = position
      let byte = text[position]
      position &+= count
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { lastLine = position }
    }
    if position == end, joinsFinalSpace { return position }
    if lastLine > start { return lastLine }
    return position == end || last == start ? position : last
  }
}
