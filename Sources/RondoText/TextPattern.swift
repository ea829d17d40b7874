/// A pattern that tokenizer files use, matched by hand-written code.
///
/// Regular expressions in files are recognized by their text; one that is not listed here is an
/// error when the file is read.
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

  /// The regular expressions by which files write each pattern, the usual one first.
  static let regularExpressions: [(TextPattern, [String])] = [
    (.spaces, [" {2,}"]), (.whiteSpace, ["\\s"]), (.whiteSpaceRun, ["\\s+"]),
    (.digit, ["\\d"]), (.digitRun, ["\\d+"]), (.number, ["\\p{N}"]),
    (.numberTriple, ["\\p{N}{1,3}"]), (.lineFeed, ["\\n", "\n"]), (.literal(" "), [" "]),
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

  /// Returns runs of scalars that satisfy a condition, split into parts of at most `limit`.
  private func runs(
    in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, limit: Int = .max,
    _ isMember: (UInt32) -> Bool
  ) -> [Range<Int>] {
    let text = UnsafeBufferPointer(rebasing: text[..<range.upperBound])
    var found: [Range<Int>] = []
    var (start, length, position) = (range.lowerBound, 0, range.lowerBound)
    while position < range.upperBound {
      StepCounter.add(1)
      let decoded = UTF8Text.decode(text, at: position)
      let isInside = isMember(decoded.scalar)
      if length == limit || !isInside {
        if length > 0 { found.append(start..<position) }
        length = 0
      }
      if isInside {
        if length == 0 { start = position }
        length += 1
      }
      position += decoded.count
    }
    if length > 0 { found.append(start..<position) }
    return found
  }
}
