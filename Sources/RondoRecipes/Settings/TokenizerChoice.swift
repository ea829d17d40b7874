import Foundation
import RondoText

/// The tokenizer of a recipe: one trained on its training data, or one loaded from a file.
///
/// In settings it is one word, such as `unigram`, or the path of a tokenizer in any format that
/// Rondo reads, such as `gpt2/tokenizer.json`. A suffix after a colon selects the pre-tokenization
/// where there is a choice: `characters:graphemes`, `byte-bpe:cl100k`, `ranks.txt:o200k`.
enum TokenizerChoice: Hashable, Sendable {
  /// Trained on the training data.
  case learned(TokenizerTrainer.Kind, TokenizerTrainer.Splitting? = nil)
  /// Loaded from a file or a folder; a file of tiktoken ranks needs a pattern for splitting text.
  case file(String, pattern: TiktokenPattern? = nil)

  /// Loads the tokenizer, or trains it.
  ///
  /// - Parameters:
  ///   - lines: The training data of one language.
  ///   - vocabularySize: The maximum size of a trained vocabulary.
  ///   - minimumCount: The minimum count of a word or a pair.
  ///   - isLowercased: Whether a trained tokenizer lowercases text.
  ///   - splitting: How text is split into words for word tokens, or `nil` for the default.
  /// - Returns: The tokenizer.
  /// - Throws: Any error of loading and training.
  func tokenizer(
    for lines: [String], vocabularySize: Int, minimumCount: Int = 1, isLowercased: Bool = false,
    splitting: TokenizerTrainer.Splitting? = nil
  ) throws -> Tokenizer {
    switch self {
    case .learned(let kind, let own):
      var trainer = TokenizerTrainer(kind, vocabularySize: vocabularySize)
      // SentencePiece's byte-pair encoding takes text as it is.
      trainer.isLowercased = isLowercased && kind != .sentencePieceBytePair
      // Unigram training selects by probability, whatever the count.
      trainer.minimumCount = kind == .unigram ? 1 : minimumCount
      if let splitting = own ?? (kind == .words ? splitting : nil) { trainer.splitting = splitting }
      var words = WordCounts()
      words.add(lines: lines, normalizer: trainer.normalizer, preTokenizer: trainer.preTokenizer)
      return try trainer.train(on: words).tokenizer
    case .file(let path, let pattern): return try Tokenizer(at: path, pattern: pattern)
    }
  }

  /// Checks that a file exists before any work is done.
  ///
  /// - Throws: A `RecipeError` that lists the possible choices.
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

  /// The choice as a user types it.
  var text: String {
    switch self {
    case .learned(let kind, let splitting):
      splitting.map { "\(kind.rawValue):\($0.rawValue)" } ?? kind.rawValue
    case .file(let path, let pattern): pattern.map { "\(path):\($0.rawValue)" } ?? path
    }
  }
}
