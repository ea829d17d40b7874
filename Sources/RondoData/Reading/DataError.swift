import RondoText

/// Why data could not be read.
///
/// A single bad line is not an error: it is counted and reported as a ``DamagedLine``.
public enum DataError: Error, Hashable, Sendable {
  /// The file cannot be opened.
  case cannotOpen(path: String, reason: String)
  /// Reading failed partway through the file.
  case cannotRead(path: String, reason: String)
  /// The file is compressed, or text in another encoding, as its first bytes show.
  case notUTF8(path: String, FileSignature)
  /// Parallel files have different numbers of lines.
  case unequalLengths(paths: [String], lineCounts: [Int])
  /// A table's header does not name the column.
  case missingColumn(name: String, path: String, present: [String])
  /// More lines are damaged than the reader accepts.
  case tooDamaged(DamageTally)
  /// There are no examples to read.
  case empty(path: String)
  /// A label is not in the label map.
  case unknownLabel(String, known: [String])

  /// Whether the input is missing, rather than present but bad.
  public var isMissingInput: Bool {
    if case .cannotOpen = self { true } else { false }
  }
}

extension DataError: CustomStringConvertible {
  /// What is wrong, where, and what to do, in one sentence.
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
    case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
    case .notUTF8(let path, let signature): signature.sentence(about: path)
    case .unequalLengths(let paths, let counts):
      "parallel files differ in length: "
        + zip(paths, counts).map { "\($0) has \($1)" }.joined(separator: ", ")
        + " lines; each line must be the translation of the same line in the other file"
    case .missingColumn(let name, let path, let present):
      "\(path) has no column '\(name)'; its first line names \(quoted(present))"
    case .tooDamaged(let tally): tally.refusal
    case .empty(let path): "\(path) holds no examples"
    case .unknownLabel(let label, let known):
      "the label '\(label)' is unknown; the known ones are \(quoted(known))"
    }
  }

  private func quoted(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}
