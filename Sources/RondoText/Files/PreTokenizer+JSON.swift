/// Reads a pre-tokenizer's object.
func readPreTokenizer(_ json: JSONValue) throws(RondoTextError) -> any PreTokenizer {
  switch try json.typeName() {
  case "RunningText": return RunningTextPreTokenizer()
  case "Whitespace": return WhitespacePreTokenizer()
  case "WhitespaceSplit": return WhitespaceSplitPreTokenizer()
  case "BertPreTokenizer": return BERTPreTokenizer()
  case "ByteLevel":
    return ByteLevelPreTokenizer(
      addsPrefixSpace: try json.required("add_prefix_space").boolean(),
      splits: try json.boolean("use_regex", default: true))
  case "Digits":
    return DigitsPreTokenizer(isIndividual: try json.required("individual_digits").boolean())
  case "Punctuation":
    return PunctuationPreTokenizer(
      behavior: try json.member("behavior").map(SplitBehavior.init(json:)) ?? .isolated)
  case "CharDelimiterSplit":
    let delimiter = try json.character("delimiter")
    return SplitPreTokenizer(.literal(String(delimiter)), behavior: .removed)
  case "Metaspace":
    return MetaspacePreTokenizer(
      replacement: try json.character("replacement"), prependScheme: try json.prependScheme(),
      splits: try json.boolean("split", default: true))
  case "Split": return try readSplit(json)
  case "Sequence":
    var parts: [any PreTokenizer] = []
    var isByteLevel = false
    for part in try json.required("pretokenizers").elements() {
      // It would have to split the spelling of bytes, where a digit may be part of a character.
      if isByteLevel {
        throw json.unsupported("the pre-tokenizer \(try part.typeName()) after ByteLevel")
      }
      isByteLevel = try part.names("ByteLevel")
      parts.append(try readPreTokenizer(part))
    }
    return PreTokenizerSequence(parts)
  case let type: throw json.unsupported("the pre-tokenizer \(type)")
  }
}

/// The scanners for regular expressions in files.
private let scanners: [any PatternScanner] = [
  GPT2Scanner(), CL100KScanner(), CL100KScanner(digitLimit: 1),
  CL100KScanner(joinsFinalSpace: true), CL100KScanner(digitLimit: 1, joinsMarks: true),
  O200KScanner(), O200KScanner(digitLimit: 1, takesContractions: false), CLIPScanner(),
  DeepSeekScanner(), BLOOMScanner(), CharacterPreTokenizer(unit: .scalar),
  CharacterPreTokenizer(unit: .grapheme),
]

private func readSplit(_ json: JSONValue) throws(RondoTextError) -> any PreTokenizer {
  let pattern = try json.required("pattern")
  let behavior = try SplitBehavior(json: try json.required("behavior"))
  let isInverted = try json.boolean("invert", default: false)
  if try pattern.member("Regex") != nil {
    let regex = try pattern.regularExpression()
    if let known = scanners.first(where: { $0.pattern == regex }) {
      // Where matches cover everything, isolating them is the same as removing the rest.
      let fits =
        behavior == .isolated && known.rest != .dropped
        || behavior == .removed && isInverted && known.rest != .kept
      guard fits else {
        throw json.unsupported("a split by \(regex) that is \(behavior.rawValue)")
      }
      return known
    }
  }
  return SplitPreTokenizer(
    try TextPattern(json: pattern), behavior: behavior, isInverted: isInverted)
}

extension SplitBehavior {
  fileprivate init(json: JSONValue) throws(RondoTextError) {
    let name = try json.string()
    guard let known = SplitBehavior(rawValue: name) else {
      throw json.unsupported("the split behavior \(name)")
    }
    self = known
  }
}

extension JSONValue {
  /// The regular expression of a pattern, with line feeds and carriage returns escaped.
  func regularExpression() throws(RondoTextError) -> String {
    let regex = try required("Regex").string()
    return String(
      decoding: regex.utf8.flatMap { byte in
        switch byte {
        case UInt8(ascii: "\r"): Array("\\r".utf8)
        case UInt8(ascii: "\n"): Array("\\n".utf8)
        default: [byte]
        }
      }, as: UTF8.self)
  }

  /// When a metaspace is prepended; old files record only whether.
  func prependScheme() throws(RondoTextError) -> MetaspacePreTokenizer.PrependScheme {
    guard let scheme = try member("prepend_scheme") else {
      return try boolean("add_prefix_space", default: true) ? .always : .never
    }
    let name = try scheme.string()
    guard let known = MetaspacePreTokenizer.PrependScheme(rawValue: name) else {
      throw scheme.unsupported("the prepend scheme \(name)")
    }
    return known
  }
}
