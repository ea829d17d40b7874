/// Text to token identifiers and back.
///
/// A tokenizer is a row of values: added tokens are found first, then the text is normalized,
/// split into pieces, encoded piece by piece, and framed by a post-processor; the decoder goes
/// the way back. It never changes and may be used from many threads at once.
///
/// ```swift
/// let tokenizer = try Tokenizer(contentsOf: "tokenizer.json")
/// let ids = tokenizer.encode("Hello, world!")
/// let text = tokenizer.decode(ids)
/// ```
///
/// Text never becomes a special token unless the caller allows it.
public struct Tokenizer: Sendable {
  /// Changes the text before it is split.
  public let normalizer: (any Normalizer)?
  /// Splits the text into pieces.
  public let preTokenizer: (any PreTokenizer)?
  /// Turns pieces into tokens.
  public let model: any TokenModel
  /// Adds special tokens around the text.
  public let postProcessor: (any PostProcessor)?
  /// Turns tokens back into text.
  public let decoder: (any TokenDecoder)?
  /// Tokens that are found before anything else, in ascending order of their identifiers.
  public let addedTokens: [AddedToken]
  /// How encodings are shortened, if they are.
  public var truncation: Truncation?
  /// How encodings are padded, if they are.
  public var padding: Padding?

  /// One more than the highest identifier.
  public let vocabularySize: Int

  /// The SentencePiece model that the tokenizer was made from, which `tokenizer.json` then holds.
  var sentencePieceFile: SentencePieceFile?
  let addedByID: [Int: AddedToken]
  let addedByText: [String: AddedToken]
  let finders: AddedTokenFinders
  let workers: TokenizerWorkers
  /// What cuts normalized text, if cutting is all that happens before the model.
  let scanner: (any PieceScanner)?

  /// Creates a tokenizer from its parts.
  ///
  /// - Parameters:
  ///   - normalizer: Changes the text before it is split.
  ///   - preTokenizer: Splits the text; without one, the model sees the whole text.
  ///   - model: Turns pieces into tokens.
  ///   - postProcessor: Adds special tokens around the text.
  ///   - decoder: Turns tokens into text; without one, spaces go between them.
  ///   - addedTokens: Tokens that are found before anything else.
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

  /// Returns the spelling of a token, as tokenizer files spell it: byte-level tokens in the
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

  /// Returns the identifier of a special token, also where the tokenizer's file spells it in
  /// another usual way, such as `[PAD]` for ``SpecialToken/padding``.
  public func id(of token: SpecialToken) -> Int? {
    for spelling in [token.text] + token.spellings {
      if let added = addedByText[spelling], added.isSpecial { return added.id }
    }
    return nil
  }

  /// The identifier that fills rows of a batch.
  public var paddingID: Int? { id(of: .padding) }
  /// The identifier that stands before a text.
  public var startID: Int? { id(of: .start) }
  /// The identifier that stands after a text.
  public var endID: Int? { id(of: .end) }
  /// The identifier that stands for text outside the vocabulary.
  public var unknownID: Int? { model.unknownID ?? id(of: .unknown) }

  /// Whether an identifier is that of a special token.
  public func isSpecial(_ id: Int) -> Bool { addedByID[id]?.isSpecial ?? false }
}
