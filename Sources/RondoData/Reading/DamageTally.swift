import RondoText

/// The number of lines read, and the number of unusable ones.
public struct DamageTally: Hashable, Sendable, CustomStringConvertible {
  /// The file, or the files, that were read.
  public let source: String
  /// The number of lines read, blank lines included.
  public internal(set) var lineCount = 0
  /// The number of lines skipped because they are blank.
  public internal(set) var blankCount = 0
  /// The number of damaged lines.
  public private(set) var damagedCount = 0
  /// The first few damaged lines.
  public private(set) var firstDamaged: [DamagedLine] = []

  /// The evidence that the text is UTF-8 that was misread as another encoding.
  public internal(set) var misreading = MisreadingSuspicion()

  private static let keptCount = 5

  /// Creates an empty tally.
  init(source: String) {
    self.source = source
  }

  /// The share of damaged lines among those that are not blank.
  public var damagedShare: Double {
    damagedCount == 0 ? 0 : Double(damagedCount) / Double(lineCount - blankCount)
  }

  /// Counts a damaged line and keeps it if it is among the first.
  mutating func add(_ line: DamagedLine) {
    damagedCount += 1
    if firstDamaged.count < Self.keptCount { firstDamaged.append(line) }
  }

  /// A one-line summary: the number of lines read, and the first damaged lines.
  public var description: String {
    let read = "\(source): \(lineCount) lines"
    guard damagedCount > 0 else { return read }
    let places = firstDamaged.map(\.description).joined(separator: "; ")
    return
      "\(read), \(damagedCount) damaged (\(places)\(damagedCount > firstDamaged.count ? "; …" : ""))"
  }

  /// Why the file was rejected, in one sentence.
  var refusal: String {
    let share = "\(damagedCount) of \(lineCount - blankCount) lines"
    let first = firstDamaged.first.map { ", first \($0)" } ?? ""
    let isEncoding = firstDamaged.allSatisfy {
      if case .notUTF8 = $0.reason { true } else { false }
    }
    guard isEncoding else { return "\(source) is damaged: \(share) cannot be used\(first)" }
    let isLatin1 = firstDamaged.allSatisfy { line in
      if case .notUTF8(_, let isLatin1) = line.reason { isLatin1 } else { false }
    }
    let advice =
      isLatin1
      ? "it looks like Latin-1, so convert it with: iconv -f WINDOWS-1252 -t UTF-8"
      : "convert it with: iconv -f ENCODING -t UTF-8"
    return "\(source) is not UTF-8: \(share) cannot be read\(first); \(advice)"
  }
}
