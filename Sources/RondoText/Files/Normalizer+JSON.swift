/// Reads a normalizer's object.
func readNormalizer(_ json: JSONValue) throws(RondoTextError) -> any Normalizer {
  let type = try json.typeName()
  if let form = UnicodeNormalizer.Form(rawValue: type) { return UnicodeNormalizer(form) }
  switch type {
  case "Lowercase": return LowercaseNormalizer()
  case "StripAccents": return AccentStrippingNormalizer()
  case "Strip":
    return StrippingNormalizer(
      stripsLeft: try json.required("strip_left").boolean(),
      stripsRight: try json.required("strip_right").boolean())
  case "BertNormalizer":
    return BERTNormalizer(
      cleansText: try json.boolean("clean_text", default: true),
      spacesChinese: try json.boolean("handle_chinese_chars", default: true),
      stripsAccents: try json.member("strip_accents")?.boolean(),
      isLowercasing: try json.boolean("lowercase", default: true))
  case "Prepend": return PrependingNormalizer(try json.required("prepend").string())
  case "Replace":
    return ReplacingNormalizer(
      try TextPattern(json: try json.required("pattern")),
      by: try json.required("content").string())
  case "Precompiled":
    let map = try json.required("precompiled_charsmap")
    guard let blob = try map.base64() else { throw map.damaged("the map is not base64") }
    return try PrecompiledNormalizer(blob: blob, file: json.document.file)
  case "Sequence":
    var parts: [any Normalizer] = []
    for part in try json.required("normalizers").elements() {
      parts.append(try readNormalizer(part))
    }
    return NormalizerSequence(parts)
  default: throw json.unsupported("the normalizer \(type)")
  }
}

extension TextPattern {
  /// Reads the object of a pattern.
  init(json: JSONValue) throws(RondoTextError) {
    if let literal = try json.member("String") {
      let text = try literal.string()
      guard !text.isEmpty else { throw literal.damaged("a pattern is empty") }
      self = .literal(text)
      return
    }
    let regex = try json.regularExpression()
    if let known = Self.regularExpressions.first(where: { $0.1.contains(regex) }) {
      self = known.0
    } else if let list = ScalarList(run: regex) {
      self = .listed(list)
    } else if regex.hasPrefix("\\s?"), let list = ScalarList(run: String(regex.dropFirst(3))) {
      self = .listed(list, takesSpace: true)
    } else {
      throw json.unsupported("the pattern \(regex)")
    }
  }

  /// Writes the object of the pattern as the member `pattern`.
  func write(to writer: inout JSONWriter) {
    writer.member("pattern") { writer in
      switch self {
      case .literal(let text): writer.member("String", text)
      case .listed(let list, let takesSpace):
        writer.member("Regex", takesSpace ? "\\s?\(list.run)" : list.run)
      default:
        writer.member("Regex", Self.regularExpressions.first { $0.0 == self }?.1.first)
      }
    }
  }
}

extension UnicodeNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", form.rawValue) }
}

extension LowercaseNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "Lowercase") }
}

extension AccentStrippingNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "StripAccents") }
}

extension StrippingNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Strip")
    writer.member("strip_left", stripsLeft)
    writer.member("strip_right", stripsRight)
  }
}

extension BERTNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "BertNormalizer")
    writer.member("clean_text", cleansText)
    writer.member("handle_chinese_chars", spacesChinese)
    writer.member("strip_accents", stripsAccents)
    writer.member("lowercase", isLowercasing)
  }
}

extension PrependingNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Prepend")
    writer.member("prepend", prefix)
  }
}

extension ReplacingNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Replace")
    pattern.write(to: &writer)
    writer.member("content", replacement)
  }
}

extension PrecompiledNormalizer: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Precompiled")
    writer.key("precompiled_charsmap")
    writer.string(Base64.encode(blob))
  }
}

extension NormalizerSequence: JSONComponent {
  var parts: [any Sendable] { normalizers }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "Sequence")
    writer.member("normalizers", each: normalizers) { writer, part in
      (part as? any JSONComponent)?.write(to: &writer)
    }
  }
}
