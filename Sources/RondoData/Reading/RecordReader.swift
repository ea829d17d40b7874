import RondoText

/// The fields of one example, as text.
public struct Record: Hashable, Sendable {
  /// The line number, counted from 1.
  public let number: Int
  /// The fields, in the order in which the corpus lists them.
  public let fields: [String]
}

/// Reads the records of a corpus, one at a time.
public final class RecordReader {
  /// The numbers of lines read and skipped so far.
  public private(set) var tally: DamageTally

  private let readers: [LineReader]
  private let parser: FieldParser
  private let fieldNames: [String]
  private let misreadAs: MisreadEncoding?
  private let normalizer: UnicodeNormalizer?
  private let maximumDamagedShare: Double

  /// The number of lines before which the share of damaged lines is not judged, except at the end.
  private static let patience = 10_000

  init(_ corpus: Corpus, maximumDamagedShare: Double) throws(DataError) {
    tally = DamageTally(source: corpus.paths.joined(separator: ", "))
    var readers: [LineReader] = []
    for path in corpus.paths { readers.append(try LineReader(contentsOf: path)) }
    self.readers = readers
    fieldNames = corpus.fieldNames
    misreadAs = corpus.misreadAs
    normalizer = corpus.normalization.map { UnicodeNormalizer($0) }
    self.maximumDamagedShare = maximumDamagedShare
    parser = try FieldParser(corpus.layout, header: readers[0])
  }

  /// Returns the next record, or `nil` at the end.
  public func next() throws(DataError) -> Record? {
    while let lines = try nextLines() {
      tally.lineCount += 1
      do throws(DamagedLine) {
        if let record = try record(from: lines) {
          for field in record.fields { tally.misreading.add(field) }
          return record
        }
        tally.blankCount += 1
      } catch {
        tally.add(error)
        if tally.lineCount >= Self.patience { try judge() }
      }
    }
    try judge()
    if tally.lineCount == tally.blankCount { throw .empty(path: tally.source) }
    return nil
  }

  /// Reads one line of each file, all of which must end together.
  private func nextLines() throws(DataError) -> [Line]? {
    var lines: [Line] = []
    for reader in readers {
      if let line = try reader.next() { lines.append(line) }
    }
    if lines.isEmpty { return nil }
    guard lines.count == readers.count else {
      for reader in readers { while try reader.next() != nil {} }
      throw .unequalLengths(paths: readers.map(\.name), lineCounts: readers.map(\.lineCount))
    }
    return lines
  }

  /// Reads the fields, or returns `nil` where all are blank.
  private func record(from lines: [Line]) throws(DamagedLine) -> Record? {
    var fields: [String] = []
    for (reader, line) in zip(readers, lines) {
      let text = try line.text.get()
      if lines.count == 1 && text.isBlank { return nil }
      do throws(DamagedLine.Reason) {
        fields += try parser.fields(of: text).map(cleaned)
      } catch {
        throw DamagedLine(file: reader.name, number: line.number, reason: error)
      }
    }
    guard let blank = fields.firstIndex(where: \.isBlank) else {
      return Record(number: lines[0].number, fields: fields)
    }
    if fields.allSatisfy(\.isBlank) { return nil }
    throw DamagedLine(
      file: readers[blank % readers.count].name, number: lines[0].number,
      reason: .blank(field: fieldNames[blank]))
  }

  /// Repairs and normalizes text as the corpus specifies.
  private func cleaned(_ text: String) -> String {
    let repaired = misreadAs?.repaired(text) ?? text
    return normalizer?.normalized(repaired) ?? repaired
  }

  private func judge() throws(DataError) {
    let isHopeless = tally.damagedCount > 0 && tally.damagedShare == 1
    if isHopeless || tally.damagedShare > maximumDamagedShare { throw .tooDamaged(tally) }
  }
}

extension String {
  /// Whether the text is only white space.
  fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
