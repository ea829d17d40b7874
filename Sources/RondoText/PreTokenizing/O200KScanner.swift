/// Splits text by the pattern of o200k: words at changes of case, with the symbol before them and
/// the contraction after them.
///
/// ```text
/// [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|…)?
///   |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|…)?
///   |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
///
/// Mistral's Tekken has no contractions, and every digit is a piece of its own.
///
/// - Source: OpenAI, [tiktoken](https://github.com/openai/tiktoken), 2024.
public struct O200KScanner: PieceScanner {
  /// Letters by case; a mark counts as both cases, and as a symbol.
  private enum Case {
    static let none: UInt8 = 0
    static let upper: UInt8 = 1
    static let lower: UInt8 = 2
    static let both: UInt8 = 3
    static let mark: UInt8 = 4
  }

  private static let cases = ScalarClasses { properties in
    switch properties.category {
    case .uppercaseLetter, .titlecaseLetter: Case.upper
    case .lowercaseLetter: Case.lower
    case .modifierLetter, .otherLetter: Case.both
    case .nonspacingMark, .spacingMark, .enclosingMark: Case.mark
    default: Case.none
    }
  }

  /// The maximum number of digits in a piece: 3, or 1 as in Tekken.
  public let digitLimit: Int
  /// Whether a contraction is part of the word before it, as in "it's".
  public let takesContractions: Bool

  /// Creates a scanner.
  ///
  /// - Parameters:
  ///   - digitLimit: The maximum number of digits in a piece.
  ///   - takesContractions: Whether a contraction is part of the word before it.
  public init(digitLimit: Int = 3, takesContractions: Bool = true) {
    self.digitLimit = digitLimit
    self.takesContractions = takesContractions
  }

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    let runs = TextRuns(text, to: end)
    let cases = ScalarCursor(text, to: end, classes: Self.cases)
    return cut(from: &position, to: end, into: pieces) { endOfPiece(runs, cases, from: $0) }
  }

  private func endOfPiece(_ runs: TextRuns, _ cases: ScalarCursor, from start: Int) -> Int {
    if let end = Self.endOfWord(runs, cases, from: start) {
      let hasApostrophe =
        end < runs.end && runs.text[end] == UInt8(ascii: "'") && takesContractions
      return hasApostrophe ? runs.endOfFoldedContraction(from: end) ?? end : end
    }
    let (found, count) = runs.read(start)
    if found == TextRuns.number { return runs.endOfNumbers(from: start, limit: digitLimit) }
    var next = start + count
    if runs.text[start] == UInt8(ascii: " "), next < runs.end {
      let (following, length) = runs.read(next)
      if following == TextRuns.symbol { next += length } else { next = start + count }
      if following == TextRuns.symbol {
        return runs.endOfLineFeeds(
          from: runs.endOfRun(of: TextRuns.symbol, from: next), orSlashes: true)
      }
    }
    if found == TextRuns.symbol {
      return runs.endOfLineFeeds(
        from: runs.endOfRun(of: TextRuns.symbol, from: next), orSlashes: true)
    }
    return runs.endOfLines(from: start, joinsFinalSpace: false)
  }

  /// Tries a word after a symbol, then without one; for each, first one that ends in lower case.
  private static func endOfWord(
    _ runs: TextRuns, _ cases: ScalarCursor, from start: Int
  ) -> Int? {
    let byte = runs.text[start]
    let (found, count) = runs.read(start)
    let isSymbol = found == TextRuns.symbol || found == TextRuns.space
    let bare = Word(cases, from: start)
    if isSymbol, byte != UInt8(ascii: "\r"), byte != UInt8(ascii: "\n") {
      let word = Word(cases, from: start + count)
      return word.lower ?? bare.lower ?? word.upper ?? bare.upper
    }
    return bare.lower ?? bare.upper
  }

  /// The two ways in which a word may begin at a place.
  private struct Word {
    /// The end of capitals, if any, and at least one lower-case letter.
    var lower: Int?
    /// The end of at least one capital.
    var upper: Int?

    init(_ cases: ScalarCursor, from start: Int) {
      var position = start
      while position < cases.end {
        let (found, count) = cases.read(position)
        if found == Case.none || found == Case.lower { break }
        position += count
        if found != Case.upper { lower = position }
      }
      upper = position > start ? position : nil
      guard position < cases.end, cases.read(position).class == Case.lower else { return }
      while position < cases.end {
        let (found, count) = cases.read(position)
        if found == Case.none || found == Case.upper { break }
        position += count
      }
      lower = position
    }
  }
}
