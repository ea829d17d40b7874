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

/// Regular expressions for which a scanner splits the whole text.
private let scanners: [(String, any PieceScanner)] = [
  (GPT2Scanner.pattern, GPT2Scanner()),
  (CL100KScanner.pattern(digits: "{1,3}"), CL100KScanner()),
  (CL100KScanner.pattern(digits: ""), CL100KScanner(digitLimit: 1)),
  (CL100KScanner.possessivePattern, CL100KScanner(joinsFinalSpace: true)),
  (O200KScanner.pattern, O200KScanner()), (CLIPScanner.pattern, CLIPScanner()),
  (CharacterPreTokenizer.Unit.scalar.pattern, CharacterPreTokenizer(unit: .scalar)),
  (CharacterPreTokenizer.Unit.grapheme.pattern, CharacterPreTokenizer(unit: .grapheme)),
]

private func readSplit(_ json: JSONValue) throws(RondoTextError) -> any PreTokenizer {
  let pattern = try json.required("pattern")
  let behavior = try SplitBehavior(json: try json.required("behavior"))
  let isInverted = try json.boolean("invert", default: false)
  if let regex = try pattern.member("Regex")?.string(),
    let known = scanners.first(where: { $0.0 == regex })
  {
    // Where matches cover everything, isolating them is the same as removing the rest; CLIP's
    // matches leave white space between them.
    guard behavior == .isolated && !(known.1 is CLIPScanner) || behavior == .removed && isInverted
    else {
      throw json.unsupported("a split by \(regex) that is \(behavior.rawValue)")
    }
    return known.1
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
