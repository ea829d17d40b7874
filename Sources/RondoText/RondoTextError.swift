/// An error of reading, writing, training or using a tokenizer.
public enum RondoTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file cannot be read.
  case unreadable(file: String, reason: String)
  /// A file cannot be written.
  case unwritable(file: String, reason: String)
  /// A file is compressed, or text in another encoding than UTF-8.
  case notUTF8(file: String, FileSignature)
  /// A file is not well-formed; `place` is a line, a field or a byte position.
  case damaged(file: String, place: String, problem: String)
  /// A file needs a component that is not supported, and that is not approximated.
  case unsupported(file: String, component: String)
  /// The format of a file or folder is not recognized.
  case unrecognized(file: String, reason: String)
  /// A file format cannot represent a component of the tokenizer.
  case inexpressible(file: String, component: String)
  /// A text contains a disallowed special token.
  case disallowedSpecialToken(String, position: Int)
  /// Text cannot be truncated as requested.
  case impossibleTruncation(reason: String)
  /// There are no words to train on.
  case emptyText
  /// Segmentations cannot be sampled.
  case impossibleSampling(reason: String)
  /// A tokenizer cannot be trained with the given settings.
  case untrainable(reason: String)

  /// Returns bytes in quotes, as messages show them, shortened if they are many.
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
    case .notUTF8(let file, let signature): signature.sentence(about: file)
    case .damaged(let file, let place, let problem):
      "\(file) is damaged at \(place): \(problem); fetch or write the file again"
    case .unsupported(let file, let component):
      "\(file) uses \(component), which is not supported; use another form of the same tokenizer, "
        + "such as a .model, .tiktoken or tokenizer.json file, or another model's"
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
