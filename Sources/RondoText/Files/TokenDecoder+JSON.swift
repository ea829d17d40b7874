/// Reads a decoder's object.
func readDecoder(_ json: JSONValue) throws(RondoTextError) -> any TokenDecoder {
  switch try json.typeName() {
  case "Fuse": return FuseDecoder()
  case "ByteLevel": return ByteLevelDecoder()
  case "ByteFallback": return ByteFallbackDecoder()
  case "RunningText": return RunningTextDecoder()
  case "WordPiece":
    return WordPieceDecoder(
      prefix: try json.required("prefix").string(),
      cleansUp: try json.boolean("cleanup", default: true))
  case "Metaspace":
    return MetaspaceDecoder(
      replacement: try json.character("replacement"), prependScheme: try json.prependScheme())
  case "Replace":
    return ReplacingDecoder(
      try TextPattern(json: try json.required("pattern")),
      by: try json.required("content").string())
  case "Strip":
    let start = try json.required("start")
    let counts = (try start.integer(), try json.required("stop").integer())
    guard counts.0 >= 0, counts.1 >= 0 else { throw start.damaged("a count is negative") }
    return StrippingDecoder(
      try json.character("content"), startCount: counts.0, endCount: counts.1)
  case "BPEDecoder":
    let suffix = try json.required("suffix")
    guard try !suffix.string().isEmpty else { throw suffix.damaged("the suffix is empty") }
    return SuffixDecoder(suffix: try suffix.string())
  case "Sequence":
    var parts: [any TokenDecoder] = []
    for part in try json.required("decoders").elements() { parts.append(try readDecoder(part)) }
    return DecoderSequence(parts)
  case let type: throw json.unsupported("the decoder \(type)")
  }
}

extension FuseDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "Fuse") }
}

extension ByteFallbackDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "ByteFallback") }
}

extension ByteLevelDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "ByteLevel")
    writer.member("add_prefix_space", true)
    writer.member("trim_offsets", true)
    writer.member("use_regex", true)
  }
}

extension RunningTextDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) { writer.member("type", "RunningText") }
}

extension WordPieceDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "WordPiece")
    writer.member("prefix", prefix)
    writer.member("cleanup", cleansUp)
  }
}

extension MetaspaceDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Metaspace")
    writer.member("replacement", String(replacement))
    writer.member("prepend_scheme", prependScheme.rawValue)
    writer.member("split", true)
  }
}

extension ReplacingDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Replace")
    pattern.write(to: &writer)
    writer.member("content", replacement)
  }
}

extension StrippingDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "Strip")
    writer.member("content", String(character))
    writer.member("start", startCount)
    writer.member("stop", endCount)
  }
}

extension SuffixDecoder: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "BPEDecoder")
    writer.member("suffix", suffix)
  }
}

extension DecoderSequence: JSONComponent {
  var parts: [any Sendable] { decoders }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "Sequence")
    writer.member("decoders", each: decoders) { writer, part in
      (part as? any JSONComponent)?.write(to: &writer)
    }
  }
}
