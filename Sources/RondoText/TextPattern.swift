/// A pattern that tokenizer files use, matched by hand-written code.
///
/// Regular expressions in files are recognized by their text, and runs of listed characters by
/// their form; any other is an error when the file is read.
public enum TextPattern: Hashable, Sendable {
  /// Exactly this text, which is not empty.
  case literal(String)
  /// At least two spaces.
  case spaces
  /// One white space.
  case whiteSpace
  /// A run of white space.
  case whiteSpaceRun
  /// One decimal digit.
  case digit
  /// A run of decimal digits.
  case digitRun
  /// One number of any kind.
  case number
  /// Up to three numbers of any kind.
  case numberTriple
  /// A line feed.
  case lineFeed
  /// A carriage return or a line feed.
  case lineEnd
  /// White space up to the end of a line.
  case finalWhiteSpace
  /// A run of letters, with one preceding white space.
  case letters
  /// A run of punctuation, with one preceding white space.
  case punctuation
  /// A run of listed scalars, with one preceding white space if `takesSpace`.
  case listed(ScalarList, takesSpace: Bool = false)

  /// The regular expressions by which files write each pattern, the usual one first.
  static let regularExpressions: [(TextPattern, [String])] = [
    (.spaces, [" {2,}"]), (.whiteSpace, ["\\s"]), (.whiteSpaceRun, ["\\s+"]),
    (.digit, ["\\d"]), (.digitRun, ["\\d+"]), (.number, ["\\p{N}"]),
    (.numberTriple, ["\\p{N}{1,3}"]), (.lineFeed, ["\\n"]), (.lineEnd, ["[\\r\\n]"]),
    (.finalWhiteSpace, ["\\s+$"]), (.letters, ["\\s?\\p{L}+"]),
    (.punctuation, ["\\s?\\p{P}+"]), (.literal(" "), [" "]),
  ]

  /// Returns the ranges that match, ascending.
  func matches(in text: UnsafeBufferPointer<UInt8>, range: Range<Int>) -> [Range<Int>] {
    switch self {
    case .literal(let literal): return literals(Array(literal.utf8), in: text, range: range)
    case .spaces:
      return runs(in: text, range: range) { $0 == 0x20 }.filter { $0.count >= 2 }
    case .whiteSpace:
      return runs(in: text, range: range, limit: 1) { ScalarProperties(of: $0).isWhiteSpace }
    case .whiteSpaceRun:
      return runs(in: text, range: range) { ScalarProperties(of: $0).isWhiteSpace }
    case .digit: return runs(in: text, range: range, limit: 1, Self.isDigit)
    case .digitRun: return runs(in: text, range: range, Self.isDigit)
    case .number:
      return runs(in: text, range: range, limit: 1) { ScalarProperties(of: $0).isNumber }
    case .numberTriple:
      return runs(in: text, range: range, limit: 3) { ScalarProperties(of: $0).isNumber }
    case .lineFeed: return runs(in: text, range: range, limit: 1) { $0 == 0x0A }
    case .lineEnd: return runs(in: text, range: range, limit: 1) { $0 == 0x0A || $0 == 0x0D }
    case .finalWhiteSpace:
      return TextPattern.whiteSpaceRun.matches(in: text, range: range).compactMap { run in
        let isLast = run.upperBound == range.upperBound
        let end = isLast ? run.upperBound : text[run].lastIndex(of: UInt8(ascii: "\n"))
        return end.flatMap { $0 > run.lowerBound ? run.lowerBound..<$0 : nil }
      }
    case .letters:
      return runs(in: text, range: range, takesSpace: true) { ScalarProperties(of: $0).isLetter }
    case .punctuation:
      return runs(in: text, range: range, takesSpace: true) {
        ScalarProperties(of: $0).isPunctuation
      }
    case .listed(let list, let takesSpace):
      return runs(in: text, range: range, takesSpace: takesSpace, list.contains)
    }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool {
    ScalarProperties(of: scalar).category == .decimalNumber
  }

  private func literals(
    _ literal: [UInt8], in text: UnsafeBufferPointer<UInt8>, range: Range<Int>
  ) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var position = range.lowerBound
    while position + literal.count <= range.upperBound, !literal.isEmpty {
      StepCounter.add(1)
      if text[position] == literal[0],
        literal.indices.allSatisfy({ text[position + $0] == literal[$0] })
      {
        found.append(position..<position + literal.count)
        position += literal.count
      } else {
        position += 1
      }
    }
    return found
  }

  /// Returns runs of scalars that satisfy a condition, split into parts of at most `limit`, each
  /// with one preceding white space if `takesSpace`.
  private func runs(
    in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, limit: Int = .max,
    takesSpace: Bool = false, _ isMember: (UInt32) -> Bool
  ) -> [Range<Int>] {
    let text = UnsafeBufferPointer(rebasing: text[..<range.upperBound])
    var found: [Range<Int>] = []
    var (start, length, position) = (range.lowerBound, 0, range.lowerBound)
    var space: Int?
    while position < range.upperBound {
      StepCounter.add(1)
      let decoded = UTF8Text.decode(text, at: position)
      let isInside = isMember(decoded.scalar)
      if length == limit || !isInside {
        if length > 0 { found.append(start..<position) }
        length = 0
      }
      if isInside {
        if length == 0 { start = space ?? position }
        length += 1
      }
      let isSpace = takesSpace && !isInside && ScalarProperties(of: decoded.scalar).isWhiteSpace
      space = isSpace ? position : nil
      position += decoded.count
    }
    if length > 0 { found.append(start..<position) }
    return found
  }
}
