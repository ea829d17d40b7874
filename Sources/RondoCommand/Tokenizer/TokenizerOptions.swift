import ArgumentParser
import RondoCheckpoints
import RondoText

/// Which tokenizer to use.
struct TokenizerOptions: ParsableArguments {
  @Option(help: "A tokenizer: a file or a folder.") var tokenizer: String
  @OptionGroup var ranks: RankOptions

  /// Reads the tokenizer, without the truncation and padding that its file may ask for.
  func load() throws -> Tokenizer {
    let loaded = try ranks.load(tokenizer)
    try ranks.check([loaded])
    return loaded
  }
}

/// How files of tiktoken ranks are read.
struct RankOptions: ParsableArguments {
  @Option(
    help: """
      How tiktoken ranks split text: gpt2, cl100k, o200k, llama3 or qwen; known for OpenAI's files.
      """)
  var pattern: String?

  /// Reads a tokenizer, without the truncation and padding that its file may ask for.
  func load(_ path: String) throws -> Tokenizer {
    let pattern = try pattern.map { try choice($0, kind: "pattern", of: TiktokenPattern.self) }
    var tokenizer = try Tokenizer(at: path, pattern: pattern)
    tokenizer.truncation = nil
    tokenizer.padding = nil
    return tokenizer
  }

  /// Refuses a pattern where no tokenizer was made from ranks, the only ones that lack it.
  func check(_ tokenizers: [Tokenizer]) throws(UsageError) {
    let areRanked = tokenizers.contains { tokenizer in
      guard let model = tokenizer.model as? BytePairModel else { return false }
      return model.units == .bytes && model.merges.isEmpty && model.isWholePieceFirst
    }
    guard pattern == nil || areRanked else {
      throw UsageError("--pattern goes with tiktoken ranks; other files say how they split text")
    }
  }
}

/// Finds a value by its name, ignoring case.
///
/// - Parameters:
///   - name: The name.
///   - kind: The word for such values in the error message.
///   - type: The type of the values.
/// - Returns: The value of that name.
/// - Throws: `UsageError` that suggests the most similar name.
func choice<Named: CaseIterable & RawRepresentable<String>>(
  _ name: String, kind: String, of type: Named.Type
) throws(UsageError) -> Named {
  let known = Named.allCases.map { $0.rawValue.lowercased() }
  guard let place = known.firstIndex(of: name.lowercased()) else {
    throw UsageError(kind, named: name, known: known)
  }
  return Array(Named.allCases)[place]
}

extension AllowedSpecialTokens {
  /// The tokens with these spellings; `all` stands for all of them.
  ///
  /// - Parameters:
  ///   - names: The spellings.
  ///   - tokenizer: Whose special tokens they are.
  /// - Throws: `UsageError` for one that the tokenizer does not have.
  init(_ names: [String], of tokenizer: Tokenizer) throws(UsageError) {
    if names.contains("all") {
      self = .all
      return
    }
    let known = tokenizer.addedTokens.filter(\.isSpecial).map(\.text)
    for name in names where !known.contains(name) {
      guard !known.isEmpty else { throw UsageError("the tokenizer has no special tokens") }
      throw UsageError("special token", named: name, known: known)
    }
    self = names.isEmpty ? .none : .only(Set(names.map { SpecialToken($0) }))
  }
}
