/// A scanner for a regular expression in files.
protocol PatternScanner: PieceScanner, JSONComponent {
  /// The regular expression.
  var pattern: String { get }
  /// How the text between matches is treated.
  var rest: PatternRest { get }
}

/// How the text between the matches of a regular expression is treated.
enum PatternRest {
  /// There is none: matches cover everything.
  case none
  /// It stays, in pieces of its own.
  case kept
  /// It is removed.
  case dropped
}

extension PatternScanner {
  var rest: PatternRest { .none }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "Split")
    writer.member("pattern") { $0.member("Regex", pattern) }
    writer.member("behavior", (rest == .dropped ? SplitBehavior.removed : .isolated).rawValue)
    writer.member("invert", rest == .dropped)
  }
}

extension CharacterPreTokenizer: PatternScanner {
  var pattern: String {
    switch unit {
    case .scalar: "[\\s\\S]"
    case .grapheme: "\\X"
    }
  }
}

extension GPT2Scanner: PatternScanner {
  var pattern: String {
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"
  }
}

extension CL100KScanner: PatternScanner {
  var pattern: String {
    let (letter, marks) = joinsMarks ? ("[\\p{L}\\p{M}]", "\\p{M}") : ("\\p{L}", "")
    let digits = digitLimit == 1 ? "" : "{1,\(digitLimit)}"
    if joinsFinalSpace {
      return "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\(letter)++|\\p{N}\(digits)"
        + "| ?[^\\s\\p{L}\(marks)\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s"
    }
    return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\(letter)+|\\p{N}\(digits)"
      + "| ?[^\\s\\p{L}\(marks)\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
  }
}

extension O200KScanner: PatternScanner {
  var pattern: String {
    let (upper, lower) = ("[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]", "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]")
    let ending = takesContractions ? "(?i:'s|'t|'re|'ve|'m|'ll|'d)?" : ""
    return "[^\\r\\n\\p{L}\\p{N}]?\(upper)*\(lower)+\(ending)"
      + "|[^\\r\\n\\p{L}\\p{N}]?\(upper)+\(lower)*\(ending)"
      + "|\\p{N}\(digitLimit == 1 ? "" : "{1,\(digitLimit)}")"
      + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
  }
}

extension CLIPScanner: PatternScanner {
  var pattern: String { "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" }
  var rest: PatternRest { .dropped }
}

extension DeepSeekScanner: PatternScanner {
  var pattern: String {
    "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
      + "| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
  }
  var rest: PatternRest { .kept }
}

extension BLOOMScanner: PatternScanner {
  var pattern: String { " ?[^(\\s|[.,!?…。，、।۔،])]+" }
  var rest: PatternRest { .kept }
}
