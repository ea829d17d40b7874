extension RunningTextPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "RunningText") }
}

extension WhitespacePreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "Whitespace") }
}

extension WhitespaceSplitPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "WhitespaceSplit") }
}

extension BERTPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "BertPreTokenizer") }
}

extension ByteLevelPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "ByteLevel")
    writer.member("add_prefix_space", addsPrefixSpace)
    writer.member("trim_offsets", true)
    writer.member("use_regex", splits)
  }
}

extension DigitsPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Digits")
    writer.member("individual_digits", isIndividual)
  }
}

extension PunctuationPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Punctuation")
    writer.member("behavior", behavior.rawValue)
  }
}

extension MetaspacePreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Metaspace")
    writer.member("replacement", String(replacement))
    writer.member("prepend_scheme", prependScheme.rawValue)
    writer.member("split", splits)
  }
}

extension SplitPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Split")
    pattern.write(to: &writer)
    writer.member("behavior", behavior.rawValue)
    writer.member("invert", isInverted)
  }
}

extension PreTokenizerSequence: JSONComponent {
  var parts: [any Sendable] { preTokenizers }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "Sequence")
    writer.member("pretokenizers", each: preTokenizers) { writer, part in
      (part as? any JSONComponent)?.write(to: &writer)
    }
  }
}

extension CharacterPreTokenizer.Unit {
  /// The regular expression in files.
  var pattern: String {
    switch self {
    case .scalar: "[\\s\\S]"
    case .grapheme: "\\X"
    }
  }
}

extension CharacterPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.isolating(unit.pattern) }
}

extension GPT2Scanner: JSONComponent {
  static let pattern =
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"

  func write(to writer: inout JSONWriter) { writer.isolating(Self.pattern) }
}

extension CL100KScanner: JSONComponent {
  static func pattern(digits: String) -> String {
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}\(digits)"
      + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
  }

  static let possessivePattern =
    "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++"
    + "[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s"

  func write(to writer: inout JSONWriter) {
    let pattern = Self.pattern(digits: digitLimit == 1 ? "" : "{1,\(digitLimit)}")
    writer.isolating(joinsFinalSpace ? Self.possessivePattern : pattern)
  }
}

extension O200KScanner: JSONComponent {
  static let pattern = {
    let (upper, lower) = ("[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]", "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]")
    let ending = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    return "[^\\r\\n\\p{L}\\p{N}]?\(upper)*\(lower)+\(ending)"
      + "|[^\\r\\n\\p{L}\\p{N}]?\(upper)+\(lower)*\(ending)"
      + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
  }()

  func write(to writer: inout JSONWriter) { writer.isolating(Self.pattern) }
}

extension CLIPScanner: JSONComponent {
  static let pattern = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"

  func write(to writer: inout JSONWriter) {
    writer.split(by: Self.pattern, behavior: .removed, isInverted: true)
  }
}

extension JSONWriter {
  /// Writes a split that isolates every match of a regular expression.
  fileprivate mutating func isolating(_ regex: String) {
    split(by: regex, behavior: .isolated, isInverted: false)
  }

  fileprivate mutating func split(
    by regex: String, behavior: SplitBehavior, isInverted: Bool
  ) {
    member("type", "Split")
    member("pattern") { $0.member("Regex", regex) }
    member("behavior", behavior.rawValue)
    member("invert", isInverted)
  }
}
