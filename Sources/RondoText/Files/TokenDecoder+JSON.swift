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
    return StrippingDecoder(
      try json.character("content"),
      startCount: try json.required("start").count(atMost: StrippingDecoder.limit),
      endCount: try json.required("stop").count(atMost: StrippingDecoder.limit))
  case "BPEDecoder":
    let suffix = try json.required("suffix")
    guard try !suffix.string().isEmpty else { throw suffix.damaged("the suffix is empty") }
    return SuffixDecoder(suffix: try suffix.string())
  case "Sequence": return try DecoderSequence(json: json)
  case let type: throw json.unsupported("the decoder \(type)")
  }
}

extension DecoderSequence {
  /// Reads decoders.
  ///
  /// Once tokens are joined, a decoder no longer sees where they begin; only stripping and joining
  /// can handle that.
  fileprivate init(json: JSONValue) throws(RondoTextError) {
    var parts: [any TokenDecoder] = []
    var joining: String?
    for part in try json.required("decoders").elements() {
      let name = try part.typeName()
      if let joining, name != "Strip", name != "Fuse" {
        throw json.unsupported("the decoder \(name) after \(joining)")
      }
      if !parts.isEmpty, try part.names("ByteLevel") {
        throw json.unsupported("the decoder ByteLevel after another")
      }
      for type in ["Fuse", "ByteLevel"] where try part.names(type) { joining = type }
      parts.append(try readDecoder(part))
    }
    self.init(parts)
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
  /// The maximum number of characters that a file may have removed; as many are held back.
  fileprivate static let limit = 1 << 16

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
