import RondoText

/// A column of a table.
public enum Column: Hashable, Sendable, Codable {
  /// A column by its number, counted from 1 as `cut -f` does.
  case number(Int)
  /// A column by its name in the first line.
  case name(String)
}

/// Text examples in files, read one after another.
///
/// ```swift
/// let corpus = Corpus.parallel("train.de", "train.en")
/// let contents = try corpus.read()
/// ```
///
/// An unusable line is skipped, counted and reported with file and line number; reading fails only
/// when there are too many. Lines that are blank in every field are skipped too.
public struct Corpus: Hashable, Sendable {
  enum Layout: Hashable, Sendable {
    case lines([String])
    case table(String, [Column])
    case jsonLines(String, [String])
  }

  let layout: Layout
  /// The encoding as which the text was once misread, so that it can be repaired, or `nil`.
  public var misreadAs: MisreadEncoding?
  /// The Unicode normalization form applied to all text, or `nil` for none.
  public var normalization: UnicodeNormalizer.Form?

  /// Plain text: each line is a record with one field.
  public static func lines(_ path: String) -> Corpus { Corpus(layout: .lines([path])) }

  /// Parallel text in two files: line n of one corresponds to line n of the other.
  ///
  /// - Parameters:
  ///   - source: The path of the source texts, the first field of each record.
  ///   - target: The path of the target texts, the second field.
  /// - Returns: The corpus; nothing is opened yet.
  public static func parallel(_ source: String, _ target: String) -> Corpus {
    Corpus(layout: .lines([source, target]))
  }

  /// A table with tab-separated columns, without quotation marks or escapes.
  ///
  /// - Parameters:
  ///   - path: The path of the table.
  ///   - columns: The columns to read. If any is named, the first line is the header.
  /// - Returns: The corpus; nothing is opened yet.
  public static func table(_ path: String, columns: [Column]) -> Corpus {
    Corpus(layout: .table(path, columns))
  }

  /// A JSON object on each line.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - fields: The fields to read: strings, or numbers and Booleans, formatted as Swift does.
  /// - Returns: The corpus; nothing is opened yet.
  public static func jsonLines(_ path: String, fields: [String]) -> Corpus {
    Corpus(layout: .jsonLines(path, fields))
  }

  /// The paths of the files.
  public var paths: [String] {
    switch layout {
    case .lines(let paths): paths
    case .table(let path, _), .jsonLines(let path, _): [path]
    }
  }

  /// The name of each field in error messages.
  var fieldNames: [String] {
    switch layout {
    case .lines(let paths): paths
    case .table(_, let columns):
      columns.map { column in
        switch column {
        case .number(let number): "column \(number)"
        case .name(let name): "column '\(name)'"
        }
      }
    case .jsonLines(_, let fields): fields.map { "field '\($0)'" }
    }
  }

  /// Opens the files.
  ///
  /// - Parameter maximumDamagedShare: The share of damaged lines above which reading fails.
  /// - Returns: A reader of one record after another.
  /// - Throws: A `DataError` if a file cannot be opened or lacks a named column.
  public func open(maximumDamagedShare: Double = 0.1) throws(DataError) -> RecordReader {
    try RecordReader(self, maximumDamagedShare: maximumDamagedShare)
  }

  /// The contents of a corpus.
  public struct Contents: Sendable {
    /// The records, in the order of the file.
    public let records: [Record]
    /// The numbers of lines read and skipped.
    public let tally: DamageTally
  }

  /// Reads the whole corpus into memory.
  ///
  /// - Parameter maximumDamagedShare: The share of damaged lines above which reading fails.
  /// - Returns: The records and the tally.
  /// - Throws: A `DataError` if a file cannot be read, or if too much of it is damaged.
  public func read(maximumDamagedShare: Double = 0.1) throws(DataError) -> Contents {
    let reader = try open(maximumDamagedShare: maximumDamagedShare)
    var records: [Record] = []
    while let record = try reader.next() { records.append(record) }
    return Contents(records: records, tally: reader.tally)
  }
}
