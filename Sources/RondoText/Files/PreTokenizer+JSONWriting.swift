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
