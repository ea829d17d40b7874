#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Extracts the selected fields from a line.
enum FieldParser {
  /// The line itself.
  case whole
  /// Tab-separated columns, by zero-based index.
  case columns([Int])
  /// Fields of a JSON object.
  case json([String], JSONDecoder)

  /// Creates the parser of a layout.
  ///
  /// - Parameters:
  ///   - layout: How the records are laid out.
  ///   - header: The reader whose first line names the columns, where columns are named.
  /// - Throws: `DataError.missingColumn`, or an error of the reader.
  init(_ layout: Corpus.Layout, header: LineReader) throws(DataError) {
    switch layout {
    case .lines: self = .whole
    case .table(_, let columns): self = .columns(try Self.offsets(of: columns, header: header))
    case .jsonLines(_, let names): self = .json(names, JSONDecoder())
    }
  }

  private static func offsets(of columns: [Column], header: LineReader) throws(DataError) -> [Int] {
    var present: [String] = []
    var offsets: [Int] = []
    for column in columns {
      switch column {
      case .number(let number):
        guard number > 0 else { fatalError("columns are counted from 1, got column \(number)") }
        offsets.append(number - 1)
      case .name(let name):
        if header.lineCount == 0 { present = try names(in: header) }
        guard let offset = present.firstIndex(of: name) else {
          throw .missingColumn(name: name, path: header.name, present: present)
        }
        offsets.append(offset)
      }
    }
    return offsets
  }

  private static func names(in header: LineReader) throws(DataError) -> [String] {
    guard let line = try header.next() else { throw .empty(path: header.name) }
    guard case .success(let text) = line.text else { return [] }
    return text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }

  /// Returns the selected fields of a line.
  func fields(of text: String) throws(DamagedLine.Reason) -> [String] {
    switch self {
    case .whole: [text]
    case .columns(let offsets): try Self.columns(offsets, of: text)
    case .json(let names, let decoder): try Self.fields(names, of: text, decoder)
    }
  }

  private static func columns(
    _ offsets: [Int], of text: String
  ) throws(DamagedLine.Reason) -> [String] {
    let columns = text.split(separator: "\t", omittingEmptySubsequences: false)
    var fields: [String] = []
    for offset in offsets {
      guard columns.indices.contains(offset) else {
        throw .missingColumn(offset + 1, found: columns.count)
      }
      fields.append(String(columns[offset]))
    }
    return fields
  }

  private static func fields(
    _ names: [String], of text: String, _ decoder: JSONDecoder
  ) throws(DamagedLine.Reason) -> [String] {
    guard
      let object = try? decoder.decode(
        JSONFields.self, from: Data(text.utf8), configuration: names)
    else { throw .notJSON }
    var fields: [String] = []
    for (name, value) in zip(names, object.values) {
      switch value {
      case .text(let text): fields.append(text)
      case .missing: throw .missingField(name)
      case .other: throw .notText(field: name)
      }
    }
    return fields
  }
}

/// The selected fields of a JSON object; the others are ignored.
private struct JSONFields: DecodableWithConfiguration {
  enum Value {
    case text(String)
    case missing
    case other
  }

  struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  let values: [Value]

  init(from decoder: any Decoder, configuration names: [String]) throws {
    let object = try decoder.container(keyedBy: Name.self)
    values = names.map { Self.value(of: Name(stringValue: $0), in: object) }
  }

  private static func value(of name: Name, in object: KeyedDecodingContainer<Name>) -> Value {
    if (try? object.decodeNil(forKey: name)) ?? true { return .missing }
    if let text = try? object.decode(String.self, forKey: name) { return .text(text) }
    if let truth = try? object.decode(Bool.self, forKey: name) { return .text("\(truth)") }
    if let number = try? object.decode(Int.self, forKey: name) { return .text("\(number)") }
    if let number = try? object.decode(Double.self, forKey: name) { return .text("\(number)") }
    return .other
  }
}
