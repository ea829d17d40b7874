extension BytePairModel {
  /// Creates a model from merges.
  ///
  /// Where a pair is listed twice, the later entry counts, as in Hugging Face's library.
  ///
  /// - Parameters:
  ///   - vocabulary: The tokens.
  ///   - merges: The merges in the order in which they were learned.
  ///   - units: The units into which a piece is split first.
  ///   - isWholePieceFirst: Whether a piece that is a token is never split (`ignore_merges`).
  ///   - file: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` if a merge leads outside the vocabulary, or the unknown token is
  ///   missing.
  public init(
    vocabulary: Vocabulary, merges: [Merge], units: Units = .bytes,
    isWholePieceFirst: Bool = false, file: String = "the model"
  ) throws(RondoTextError) {
    try Self.check(vocabulary: vocabulary, ruleCount: merges.count, units: units, file: file)
    var prefix: [UInt8] = []
    if case .characters(let characters) = units {
      prefix = characters.bytes(of: characters.continuingPrefix) ?? []
    }
    let pairs = PairTable(pairCount: merges.count, rankCount: merges.count)
    var joined: [UInt8] = []
    // Files list tokens in the order of the merges that make them.
    var expected = 0
    for (rank, merge) in merges.enumerated() {
      let (left, right) = (Int(merge.left), Int(merge.right))
      guard left < vocabulary.count, right < vocabulary.count, vocabulary.byteCount(of: left) > 0,
        vocabulary.byteCount(of: right) > 0
      else {
        throw .damaged(
          file: file, place: "merge \(rank)", problem: "it names a token that does not exist")
      }
      let dropped = prefix.count
      guard vocabulary.withBytes(of: right, { $0.starts(with: prefix) }) else {
        throw .damaged(
          file: file, place: "merge \(rank)",
          problem: "its right part does not begin with \(RondoTextError.quoted(prefix))")
      }
      guard vocabulary.byteCount(of: right) > dropped else {
        throw .damaged(
          file: file, place: "merge \(rank)", problem: "it is a cycle: it makes its own left part")
      }
      var merged = expected
      if !vocabulary.isToken(expected, joining: left, right, dropping: dropped) {
        joined.removeAll(keepingCapacity: true)
        vocabulary.withBytes(of: left) { joined.append(contentsOf: $0) }
        vocabulary.withBytes(of: right) { joined.append(contentsOf: $0.dropFirst(dropped)) }
        guard let found = vocabulary.id(of: joined) else {
          throw .damaged(
            file: file, place: "merge \(rank)",
            problem: "its result \(RondoTextError.quoted(joined)) is not in the vocabulary")
        }
        merged = found
      }
      expected = merged + 1
      pairs.insert(merge.left, merge.right, rank: UInt32(rank), merged: UInt32(merged))
    }
    self.init(
      vocabulary: vocabulary, merges: merges, units: units, isWholePieceFirst: isWholePieceFirst,
      isRanked: false, pairs: pairs)
  }

  /// Creates a byte-level model from ranks: two tokens merge when their concatenation is a token,
  /// and the lowest rank merges first, as in tiktoken.
  ///
  /// - Parameters:
  ///   - ranks: The tokens; their identifiers are their ranks.
  ///   - file: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` if the vocabulary is too large or lacks a byte.
  public init(ranks: Vocabulary, file: String = "the model") throws(RondoTextError) {
    try Self.check(vocabulary: ranks, ruleCount: 0, units: .bytes, file: file)
    for byte in UInt8.min...UInt8.max where ranks.id(of: [byte]) == nil {
      throw .damaged(
        file: file, place: "byte \(byte)", problem: "no token stands for this byte alone")
    }
    var ways = GrowingMemory<PairTable.Way>()
    for id in 0..<ranks.count where ranks.byteCount(of: id) > 1 {
      if let problem = PairTable.problem(adding: ranks.byteCount(of: id), to: ways.count) {
        throw .damaged(file: file, place: "rank \(id)", problem: problem)
      }
      ranks.withBytes(of: id) { bytes in
        for cut in 1..<bytes.count {
          guard let left = ranks.id(of: UnsafeBufferPointer(rebasing: bytes[..<cut])),
            let right = ranks.id(of: UnsafeBufferPointer(rebasing: bytes[cut...]))
          else { continue }
          ways.append(PairTable.Way(UInt32(left), UInt32(right), rank: UInt32(id)))
        }
      }
    }
    let pairs = PairTable(ways, rankCount: ranks.count) { $0 }
    self.init(
      vocabulary: ranks, merges: [], units: .bytes, isWholePieceFirst: true, isRanked: true,
      pairs: pairs)
  }

  private static func check(
    vocabulary: Vocabulary, ruleCount: Int, units: Units, file: String
  ) throws(RondoTextError) {
    guard vocabulary.tokenCount <= limits.tokens, vocabulary.count < PairTable.limit,
      ruleCount <= limits.merges
    else {
      throw .unsupported(
        file: file,
        component: "more than \(limits.tokens) tokens or \(limits.merges) merges of them")
    }
    guard case .characters(let characters) = units else { return }
    if let unknown = characters.unknownToken, characters.unknownID(in: vocabulary) == nil,
      !characters.coverEverything(in: vocabulary)
    {
      throw .damaged(
        file: file, place: "unknown token", problem: "\(unknown) is not in the vocabulary")
    }
    for affix in [characters.continuingPrefix, characters.endSuffix]
    where characters.bytes(of: affix) == nil {
      throw .unsupported(file: file, component: "\(affix) around tokens beside ByteLevel")
    }
    if characters.hasByteFallback, characters.areBytes {
      throw .unsupported(file: file, component: "byte fallback beside ByteLevel")
    }
    if characters.hasByteFallback,
      !characters.continuingPrefix.isEmpty || !characters.endSuffix.isEmpty
    {
      throw .unsupported(file: file, component: "byte fallback beside a prefix or suffix")
    }
  }
}
