/// Reads a post-processor's object.
func readPostProcessor(_ json: JSONValue) throws(RondoTextError) -> any PostProcessor {
  switch try json.typeName() {
  case "TemplateProcessing": return try TemplatePostProcessor(json: json)
  case "ByteLevel":
    return ByteLevelPostProcessor(
      trimsOffsets: try json.boolean("trim_offsets", default: true),
      addsPrefixSpace: try json.boolean("add_prefix_space", default: true))
  case "BertProcessing":
    return BERTPostProcessor(
      classification: try FramingToken(json: try json.required("cls")),
      separator: try FramingToken(json: try json.required("sep")))
  case "RobertaProcessing":
    return RobertaPostProcessor(
      classification: try FramingToken(json: try json.required("cls")),
      separator: try FramingToken(json: try json.required("sep")),
      trimming: ByteLevelPostProcessor(
        trimsOffsets: try json.boolean("trim_offsets", default: true),
        addsPrefixSpace: try json.boolean("add_prefix_space", default: true)))
  case "Sequence":
    var parts: [any PostProcessor] = []
    for part in try json.required("processors").elements() {
      parts.append(try readPostProcessor(part))
    }
    guard parts.count(where: \.isFraming) <= 1 else {
      throw json.unsupported("two post-processors that frame texts")
    }
    return PostProcessorSequence(parts)
  case let type: throw json.unsupported("the post-processor \(type)")
  }
}

extension TemplatePostProcessor: JSONComponent {
  init(json: JSONValue) throws(RondoTextError) {
    var tokens: [String: Special] = [:]
    if let list = try json.member("special_tokens") {
      try list.forEachMember { (key, cursor) throws(RondoTextError) in
        let key = String(decoding: key, as: UTF8.self)
        let value = cursor.value(path: list.path)
        var special = Special(ids: [], pieces: [])
        for id in try value.required("ids").elements() { special.ids.append(try id.identifier()) }
        for piece in try value.required("tokens").elements() {
          special.pieces.append(try piece.string())
        }
        guard special.ids.count == special.pieces.count else {
          throw value.damaged("ids and tokens differ in number")
        }
        tokens[key] = special
      }
    }
    self.init(
      single: try Self.elements(try json.required("single"), tokens: tokens),
      pair: try Self.elements(try json.required("pair"), tokens: tokens), tokens: tokens)
    for template in [single, pair] {
      let texts = template.filter { if case .special = $0 { false } else { true } }
      let kinds = texts.map { if case .first = $0 { true } else { false } }
      guard Set(kinds).count == kinds.count else {
        throw json.unsupported("a template that repeats a text")
      }
    }
    guard [false, true].allSatisfy({ addedTokenCount(isPair: $0) <= Self.limit }) else {
      throw json.unsupported("a template that adds more than \(Self.limit) tokens")
    }
  }

  /// The maximum number of tokens around a text; a name may stand for many, and occur many times.
  private static let limit = 1 << 16

  private static func elements(
    _ json: JSONValue, tokens: [String: Special]
  ) throws(RondoTextError) -> [Element] {
    var elements: [Element] = []
    for element in try json.elements() {
      if let special = try element.member("SpecialToken") {
        let name = try special.required("id").string()
        guard tokens[name] != nil else {
          throw special.damaged("\(name) is not among the special tokens")
        }
        elements.append(.special(name, typeID: try special.required("type_id").identifier()))
      } else {
        let sequence = try element.required("Sequence")
        let typeID = try sequence.required("type_id").identifier()
        switch try sequence.required("id").string() {
        case "A": elements.append(.first(typeID: typeID))
        case "B": elements.append(.second(typeID: typeID))
        default: throw sequence.damaged("a sequence is neither A nor B")
        }
      }
    }
    return elements
  }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "TemplateProcessing")
    writer.member("single", each: single) { Self.write($1, to: &$0) }
    writer.member("pair", each: pair) { Self.write($1, to: &$0) }
    writer.member("special_tokens") { writer in
      for (name, special) in tokens.sorted(by: { $0.key < $1.key }) {
        writer.member(name) { writer in
          writer.member("id", name)
          writer.key("ids")
          writer.array { writer in
            for id in special.ids {
              writer.element()
              writer.integer(id)
            }
          }
          writer.key("tokens")
          writer.array { writer in
            for piece in special.pieces {
              writer.element()
              writer.string(piece.utf8)
            }
          }
        }
      }
    }
  }

  private static func write(_ element: Element, to writer: inout JSONWriter) {
    switch element {
    case .first(let typeID), .second(let typeID):
      let isFirst = element == .first(typeID: typeID)
      writer.member("Sequence") {
        $0.member("id", isFirst ? "A" : "B")
        $0.member("type_id", typeID)
      }
    case .special(let name, let typeID):
      writer.member("SpecialToken") {
        $0.member("id", name)
        $0.member("type_id", typeID)
      }
    }
  }
}

extension FramingToken {
  /// Reads a list of a spelling and an identifier.
  fileprivate init(json: JSONValue) throws(RondoTextError) {
    guard let (piece, id) = try json.pair() else {
      throw json.damaged("a token and its identifier were expected")
    }
    self.init(id: try id.identifier(), piece: try piece.string())
  }

  fileprivate func write(_ key: String, to writer: inout JSONWriter) {
    writer.key(key)
    writer.array { writer in
      writer.element()
      writer.string(piece.utf8)
      writer.element()
      writer.integer(id)
    }
  }
}

extension ByteLevelPostProcessor: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "ByteLevel")
    writer.member("add_prefix_space", addsPrefixSpace)
    writer.member("trim_offsets", trimsOffsets)
    writer.member("use_regex", true)
  }
}

extension BERTPostProcessor: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "BertProcessing")
    separator.write("sep", to: &writer)
    classification.write("cls", to: &writer)
  }
}

extension RobertaPostProcessor: JSONComponent {
  func write(to writer: inout JSONWriter) {
    writer.member("type", "RobertaProcessing")
    separator.write("sep", to: &writer)
    classification.write("cls", to: &writer)
    writer.member("trim_offsets", trimming.trimsOffsets)
    writer.member("add_prefix_space", trimming.addsPrefixSpace)
  }
}

extension PostProcessorSequence: JSONComponent {
  var parts: [any Sendable] { postProcessors }

  func write(to writer: inout JSONWriter) {
    writer.member("type", "Sequence")
    writer.member("processors", each: postProcessors) { writer, part in
      (part as? any JSONComponent)?.write(to: &writer)
    }
  }
}
