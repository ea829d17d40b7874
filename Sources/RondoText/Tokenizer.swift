/// A tokenizer, which encodes text as token identifiers and decodes them.
///
/// A tokenizer is a pipeline of values: added tokens are matched first, then the text is
/// normalized, split into pieces, encoded piece by piece, and post-processed; the decoder reverses
/// this. It is immutable and may be used from many threads at once.
///
/// ```swift
/// let tokenizer = try Tokenizer(contentsOf: "tokenizer.json")
/// let ids = tokenizer.encode("Hello, world!")
/// let text = tokenizer.decode(ids)
/// ```
///
/// Text never produces a special token unless the caller allows it.
public struct Tokenizer: Sendable {
  /// Normalizes the text before it is split.
  public let normalizer: (any Normalizer)?
  /// Splits the text into pieces.
  public let preTokenizer: (any PreTokenizer)?
  /// Encodes pieces as tokens.
  public let model: any TokenModel
  /// Adds special tokens around the text.
  public let postProcessor: (any PostProcessor)?
  /// Decodes tokens as text.
  public let decoder: (any TokenDecoder)?
  /// Tokens that are matched before anything else, in ascending order of their identifiers.
  public let addedTokens: [AddedToken]
  /// How encodings are truncated, if they are.
  public var truncation: Truncation?
  /// How encodings are padded, if they are.
  public var padding: Padding?

  /// The vocabulary size, which is one more than the highest identifier.
  public let vocabularySize: Int

  /// The SentencePiece model that the tokenizer was made from, which `tokenizer.json` contains.
  var sentencePieceFile: SentencePieceFile?
  let addedByID: [Int: AddedToken]
  let addedByText: [String: AddedToken]
  let finders: AddedTokenFinders
  let workers: TokenizerWorkers
  /// The scanner that splits normalized text, if splitting is all that happens before the model.
  let scanner: (any PieceScanner)?

  /// Creates a tokenizer from its parts.
  ///
  /// - Parameters:
  ///   - normalizer: Normalizes the text before it is split.
  ///   - preTokenizer: Splits the text; without one, the model encodes the whole text as one piece.
  ///   - model: Encodes pieces as tokens.
  ///   - postProcessor: Adds special tokens around the text.
  ///   - decoder: Decodes tokens as text; without one, tokens are joined by spaces.
  ///   - addedTokens: Tokens that are matched before anything else.
  public init(
    normalizer: (any Normalizer)? = nil, preTokenizer: (any PreTokenizer)? = nil,
    model: any TokenModel, postProcessor: (any PostProcessor)? = nil,
    decoder: (any TokenDecoder)? = nil, addedTokens: [AddedToken] = []
  ) {
    self.normalizer = normalizer
    self.preTokenizer = preTokenizer
    self.model = model
    self.postProcessor = postProcessor
    self.decoder = decoder
    self.addedTokens = addedTokens.sorted { $0.id < $1.id }
    vocabularySize = max(model.count, (addedTokens.map(\.id).max() ?? -1) + 1)
    addedByID = Dictionary(addedTokens.map { ($0.id, $0) }) { first, _ in first }
    addedByText = Dictionary(addedTokens.map { ($0.text, $0) }) { first, _ in first }
    finders = AddedTokenFinders(self.addedTokens, normalizer: normalizer)
    scanner = (preTokenizer ?? WholeTextScanner()).scanner
    workers = TokenizerWorkers(
      model: model, reserved: Set(addedTokens.filter(\.isSpecial).map(\.id)))
  }

  /// Returns the spelling of a token in tokenizer files, where byte-level tokens are written in the
  /// byte-level alphabet; `nil` if there is no such token.
  public func token(for id: Int) -> String? {
    if let added = addedByID[id] { return added.text }
    guard let bytes = model.bytes(of: id) else { return nil }
    return model.isByteLevel
      ? ByteAlphabet.spelling(of: bytes) : String(decoding: bytes, as: UTF8.self)
  }

  /// Returns the bytes of the text that a token stands for.
  public func bytes(of id: Int) -> [UInt8]? {
    addedByID[id].map { Array($0.text.utf8) } ?? model.bytes(of: id)
  }

  /// Returns the identifier of a token from its spelling.
  public func id(forToken token: String) -> Int? {
    if let added = addedByText[token] { return added.id }
    let bytes = model.isByteLevel ? ByteAlphabet.bytes(of: token) : Array(token.utf8)
    return bytes.flatMap { model.id(of: $0) }
  }

  /// Returns the identifier of a special token, even where the tokenizer's file uses another common
  /// spelling, such as `[PAD]` for ``SpecialToken/padding``.
  public func id(of token: SpecialToken) -> Int? {
    for spelling in [token.text] + token.spellings {
      if let added = addedByText[spelling], added.isSpecial { return added.id }
    }
    return nil
  }

  /// The identifier of the padding token.
  public var paddingID: Int? { id(of: .padding) }
  /// The identifier of the start token.
  public var startID: Int? { id(of: .start) }
  /// The identifier of the end token.
  public var endID: Int? { id(of: .end) }
  /// The identifier of the unknown token.
  public var unknownID: Int? { model.unknownID ?? id(of: .unknown) }

  /// Whether an identifier is that of a special token.
  public func isSpecial(_ id: Int) -> Bool { addedByID[id]?.isSpecial ?? false }
}
