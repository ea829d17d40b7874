import Foundation
import RondoText

/// Which tokenizer a recipe uses: one that is learned from its training data, or one in a file.
///
/// In settings it is one word, such as `unigram`, or the path of a tokenizer of any form that Rondo
/// reads, such as `gpt2/tokenizer.json`. After a colon it says how text is cut, where there is a
/// choice: `characters:graphemes`, `byte-bpe:cl100k`, `ranks.txt:o200k`.
enum TokenizerChoice: Hashable, Sendable {
  /// Learned from the training data.
  case learned(TokenizerTrainer.Kind, TokenizerTrainer.Splitting? = nil)
  /// Read from a file or a folder; a pattern says how a file of tiktoken ranks cuts text.
  case file(String, pattern: TiktokenPattern? = nil)

  /// Reads the tokenizer, or learns it.
  ///
  /// - Parameters:
  ///   - lines: The training data of one language.
  ///   - vocabularySize: The greatest number of tokens to learn.
  ///   - minimumCount: How often a word or a pair must occur.
  ///   - isLowercased: Whether capital letters are lowered in what is learned.
  ///   - splitting: How text is cut for tokens of words, or `nil` for the usual way.
  /// - Returns: The tokenizer.
  /// - Throws: What reading and learning throw.
  func tokenizer(
    for lines: [String], vocabularySize: Int, minimumCount: Int = 1, isLowercased: Bool = false,
    splitting: TokenizerTrainer.Splitting? = nil
  ) throws -> Tokenizer {
    switch self {
    case .learned(let kind, let own):
      var trainer = TokenizerTrainer(kind, vocabularySize: vocabularySize)
      // SentencePiece's byte pairs read text as it is.
      trainer.isLowercased = isLowercased && kind != .sentencePieceBytePair
      // Unigram keeps what is probable, however often it occurs.
      trainer.minimumCount = kind == .unigram ? 1 : minimumCount
      if let splitting = own ?? (kind == .words ? splitting : nil) { trainer.splitting = splitting }
      var words = WordCounts()
      words.add(lines: lines, normalizer: trainer.normalizer, preTokenizer: trainer.preTokenizer)
      return try trainer.train(on: words).tokenizer
    case .file(let path, let pattern): return try Tokenizer(at: path, pattern: pattern)
    }
  }

  /// Makes sure that a file is there before anything is begun.
  ///
  /// - Throws: A `RecipeError` that says what can be named.
  func check() throws(RecipeError) {
    guard case .file(let path, _) = self, !FileManager.default.fileExists(atPath: path) else {
      return
    }
    let kinds = TokenizerTrainer.Kind.allCases.map(\.rawValue)
    let hint = path.nearest(among: kinds).map { "; did you mean '\($0)'?" } ?? ""
    throw .unfit(
      "there is no tokenizer '\(path)': expected a file, a folder, or one of "
        + kinds.joined(separator: ", ") + hint)
  }
}

extension TokenizerChoice: Codable {
  init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  init(_ text: String) {
    if let kind = TokenizerTrainer.Kind(rawValue: text) {
      self = .learned(kind)
      return
    }
    guard let colon = text.lastIndex(of: ":") else {
      self = .file(text)
      return
    }
    let (name, manner) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
    if let kind = TokenizerTrainer.Kind(rawValue: name),
      let splitting = kind.splittings.first(where: { $0.rawValue == manner })
    {
      self = .learned(kind, splitting)
    } else if let pattern = TiktokenPattern(rawValue: manner) {
      self = .file(name, pattern: pattern)
    } else {
      self = .file(text)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// The choice as it is typed.
  var text: String {
    switch self {
    case .learned(let kind, let splitting):
      splitting.map { "\(kind.rawValue):\($0.rawValue)" } ?? kind.rawValue
    case .file(let path, let pattern): pattern.map { "\(path):\($0.rawValue)" } ?? path
    }
  }
}
