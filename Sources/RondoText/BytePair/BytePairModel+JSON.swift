extension BytePairModel: JSONTokenModel {
  init(json: JSONValue, isByteLevel: Bool) throws(RondoTextError) {
    if try json.member("dropout")?.number() ?? 0 != 0 {
      throw json.unsupported("byte-pair merges with dropout")
    }
    let vocabulary = try Vocabulary(
      json: try json.required("vocab"), isByteLevel: isByteLevel,
      added: isByteLevel ? try json.document.root.member("added_tokens", ofAtMost: 1 << 24) : nil)
    let units = CharacterUnits(
      areBytes: isByteLevel,
      continuingPrefix: try json.member("continuing_subword_prefix")?.string() ?? "",
      endSuffix: try json.member("end_of_word_suffix")?.string() ?? "",
      unknownToken: try json.member("unk_token")?.string(),
      mergesUnknown: try json.boolean("fuse_unk", default: false),
      hasByteFallback: try json.boolean("byte_fallback", default: false))
    let isPlain = units == CharacterUnits(areBytes: true)
    if try json.boolean(Self.rankedKey, default: false) {
      guard isPlain else { throw json.unsupported("ranks of anything but plain bytes") }
      try self.init(ranks: vocabulary, file: json.document.file)
      return
    }
    try self.init(
      vocabulary: vocabulary,
      merges: try Self.merges(
        try json.required("merges"), vocabulary: vocabulary, isByteLevel: isByteLevel),
      units: isPlain ? .bytes : .characters(units),
      isWholePieceFirst: try json.boolean("ignore_merges", default: false),
      file: json.document.file)
  }

  /// Marks a model made from ranks, so that the same model is read back; other libraries ignore it
  /// and use the merges.
  private static let rankedKey = "is_ranked"

  /// Reads merges as lists of two tokens, or as in older files as texts with a space between.
  private static func merges(
    _ json: JSONValue, vocabulary: Vocabulary, isByteLevel: Bool
  ) throws(RondoTextError) -> [Merge] {
    var merges: [Merge] = []
    merges.reserveCapacity(vocabulary.count)
    var reader = MergeReader(vocabulary, isByteLevel: isByteLevel)
    try json.forEachElement { (cursor) throws(RondoTextError) in
      let start = cursor.position
      var (left, right): (Int?, Int?)
      if cursor.isString {
        let text = try cursor.string()
        guard let space = text.firstIndex(of: UInt8(ascii: " ")) else {
          throw cursor.damaged("a merge has only one part", at: start)
        }
        left = reader.id(of: UnsafeBufferPointer(rebasing: text[..<space]))
        right = reader.id(of: UnsafeBufferPointer(rebasing: text[(space + 1)...]))
      } else {
        var count = 0
        try cursor.forEachElement { (part) throws(RondoTextError) in
          if count == 0 { left = reader.id(of: try part.string()) }
          if count == 1 { right = reader.id(of: try part.string()) }
          count += 1
        }
        guard count == 2 else { throw cursor.damaged("a merge needs two parts", at: start) }
      }
      guard let left, let right else {
        let names = try cursor.value(at: start, path: json.path).merge()
        throw cursor.damaged("the merge of \(names) names an unknown token", at: start)
      }
      guard merges.count < limits.merges else {
        throw cursor.damaged("there are more than \(limits.merges) merges", at: start)
      }
      merges.append(Merge(left: UInt32(left), right: UInt32(right)))
    }
    return merges
  }

  func write(to writer: inout JSONWriter) {
    let characters: CharacterUnits? =
      if case .characters(let characters) = units { characters } else { nil }
    func text(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
    writer.member("type", "BPE")
    writer.member("dropout", nil as Int?)
    writer.member("unk_token", characters?.unknownToken)
    writer.member("continuing_subword_prefix", text(characters?.continuingPrefix))
    writer.member("end_of_word_suffix", text(characters?.endSuffix))
    writer.member("fuse_unk", characters?.mergesUnknown ?? false)
    writer.member("byte_fallback", characters?.hasByteFallback ?? false)
    writer.member("ignore_merges", isWholePieceFirst)
    vocabulary.write(to: &writer, isByteLevel: isByteLevel)
    if isRanked { writer.member(Self.rankedKey, true) }
    writer.key("merges")
    writer.array { writer in
      for merge in isRanked ? mergesOfRanks : merges {
        writer.element()
        writer.array { writer in
          for side in [merge.left, merge.right] {
            writer.element()
            writer.string(spelling(of: Int(side)).utf8)
          }
        }
      }
    }
  }

  /// All ways to make each token of two others, in the order of the ranks.
  private var mergesOfRanks: [Merge] {
    var merges: [Merge] = []
    for id in 0..<count {
      guard let bytes = vocabulary.bytes(of: id), bytes.count > 1 else { continue }
      let ways = (1..<bytes.count).compactMap { cut -> Merge? in
        guard let left = vocabulary.id(of: Array(bytes[..<cut])),
          let right = vocabulary.id(of: Array(bytes[cut...]))
        else { return nil }
        return Merge(left: UInt32(left), right: UInt32(right))
      }
      merges += ways.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    }
    return merges
  }

  private func spelling(of id: Int) -> String {
    let bytes = vocabulary.bytes(of: id) ?? []
    return isByteLevel ? ByteAlphabet.spelling(of: bytes) : String(decoding: bytes, as: UTF8.self)
  }
}

extension JSONValue {
  /// The parts of a merge, for error messages.
  fileprivate func merge() throws(RondoTextError) -> String {
    if isString {
      return try string().split(separator: " ", maxSplits: 1)
        .map { RondoTextError.quoted($0.utf8) }.joined(separator: " and ")
    }
    return try elements().map { part throws(RondoTextError) in
      RondoTextError.quoted(try part.stringBytes())
    }.joined(separator: " and ")
  }
}
