/// A line that could not be used, and why.
public struct DamagedLine: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with a line.
  public enum Reason: Error, Hashable, Sendable {
    /// A byte, counted from 1, is not valid UTF-8; `isLatin1` is true where it stands alone between
    /// ASCII characters, as accented letters do in Latin-1.
    case notUTF8(byte: Int, isLatin1: Bool)
    /// The line is longer than the reader's limit, in bytes.
    case tooLong(limit: Int)
    /// A column, counted from 1, is missing; the line has `found` columns.
    case missingColumn(Int, found: Int)
    /// The line is not a JSON object.
    case notJSON
    /// The JSON object has no such field.
    case missingField(String)
    /// The field is not a string, a number or a Boolean.
    case notText(field: String)
    /// One field is blank and another is not.
    case blank(field: String)
  }

  /// The path of the file, or the name of the stream.
  public let file: String
  /// The number of the line, counted from 1.
  public let number: Int
  /// What is wrong with it.
  public let reason: Reason

  /// Creates a description of a damaged line.
  public init(file: String, number: Int, reason: Reason) {
    self.file = file
    self.number = number
    self.reason = reason
  }

  /// The location and the reason, such as `train.tsv:12: column 3 is missing, the line has 2`.
  public var description: String { "\(file):\(number): \(reason)" }
}

extension DamagedLine.Reason: CustomStringConvertible {
  /// The reason in a few words.
  public var description: String {
    switch self {
    case .notUTF8(let byte, _): "byte \(byte) is not UTF-8"
    case .tooLong(let limit): "the line is longer than \(limit) bytes"
    case .missingColumn(let column, 1): "column \(column) is missing, the line holds no tab"
    case .missingColumn(let column, let found): "column \(column) is missing, the line has \(found)"
    case .notJSON: "not a JSON object"
    case .missingField(let name): "the field '\(name)' is missing"
    case .notText(let name): "the field '\(name)' is not a text"
    case .blank(let name): "\(name) is blank"
    }
  }
}
