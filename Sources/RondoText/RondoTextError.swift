/// What can go wrong with a tokenizer's files and texts.
public enum RondoTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file cannot be read.
  case unreadable(file: String, reason: String)
  /// A file cannot be written.
  case unwritable(file: String, reason: String)
  /// A file is not what it should be; `place` is a line, a field or a byte position.
  case damaged(file: String, place: String, problem: String)
  /// A file asks for something that Rondo does not do and will not approximate.
  case unsupported(file: String, component: String)
  /// A file or folder does not show which kind of tokenizer it holds.
  case unrecognized(file: String, reason: String)
  /// A kind of file has no place for a part of a tokenizer that should be written.
  case inexpressible(file: String, component: String)
  /// A text holds a special token that it may not hold.
  case disallowedSpecialToken(String, position: Int)
  /// Text cannot be shortened as asked.
  case impossibleTruncation(reason: String)
  /// There are no words to learn from.
  case emptyText
  /// Segmentations cannot be drawn at random.
  case impossibleSampling(reason: String)
  /// A trainer cannot make what it was asked for.
  case untrainable(reason: String)

  /// Returns bytes in quotes, as messages show them; of long ones, the beginning.
  static func quoted(_ bytes: some Collection<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    return bytes.count > 200 ? "\"\(text)…\"" : "\"\(text)\""
  }

  /// One sentence that says what, where and what to do.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "cannot read \(file): \(reason); check the path and its permissions"
    case .unwritable(let file, let reason):
      "cannot write \(file): \(reason); check the folder, its permissions and the free space"
    case .damaged(let file, let place, let problem):
      "\(file) is damaged at \(place): \(problem); fetch or write the file again"
    case .unsupported(let file, let component):
      "\(file) uses \(component), which is not supported; use a file without it"
    case .unrecognized(let file, let reason):
      "cannot tell which tokenizer \(file) holds: \(reason)"
    case .inexpressible(let file, let component):
      "cannot write \(file): that kind of file has no place for \(component); "
        + "write a tokenizer.json"
    case .disallowedSpecialToken(let token, let position):
      "the text holds the special token \(token) at byte \(position); "
        + "allow it, or let it be read as text"
    case .impossibleTruncation(let reason):
      "the text cannot be shortened: \(reason)"
    case .emptyText:
      "the text has no words to learn from; name another text"
    case .impossibleSampling(let reason):
      "cannot draw segmentations: \(reason)"
    case .untrainable(let reason):
      "cannot train: \(reason)"
    }
  }
}
