/// Reads a pre-tokenizer's object.
func readPreTokenizer(_ json: JSONValue) throws(RondoTextError) -> any PreTokenizer {
  switch try json.typeName() {
  case "RunningText": return RunningTextPreTokenizer()
  case "Split": return try readSplit(json)
  case let type: throw json.unsupported("the pre-tokenizer \(type)")
  }
}

private func readSplit(_ json: JSONValue) throws(RondoTextError) -> any PreTokenizer {
  let pattern = try json.required("pattern")
  let behavior = try json.required("behavior").string()
  let isInverted = try json.boolean("invert", default: false)
  if behavior == "Isolated", !isInverted, let regex = try pattern.member("Regex")?.string(),
    let unit = CharacterPreTokenizer.Unit.allCases.first(where: { $0.pattern == regex })
  {
    return CharacterPreTokenizer(unit: unit)
  }
  throw pattern.unsupported("a split by an unknown pattern")
}

extension RunningTextPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "RunningText") }
}

extension CharacterPreTokenizer.Unit {
  /// The regular expression that files name for it.
  fileprivate var pattern: String {
    switch self {
    case .scalar: "[\\s\\S]"
    case .grapheme: "\\X"
    }
  }
}

extension CharacterPreTokenizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Split")
    writer.member("pattern") { $0.member("Regex", unit.pattern) }
    writer.member("behavior", "Isolated")
    writer.member("invert", false)
  }
}
