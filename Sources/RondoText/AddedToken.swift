/// A token that is matched in the text before normalization and pre-tokenization.
public struct AddedToken: Hashable, Sendable {
  /// The text of the token.
  public let text: String
  /// Its identifier.
  public let id: Int
  /// Whether it matches only as a whole word, with no word character on either side.
  public let isSingleWord: Bool
  /// Whether it absorbs the white space before it.
  public let stripsLeft: Bool
  /// Whether it absorbs the white space after it.
  public let stripsRight: Bool
  /// Whether it is matched in normalized rather than in original text.
  public let isNormalized: Bool
  /// Whether it is special: recognized in text only if allowed, and left out by decoding.
  public let isSpecial: Bool

  /// Creates an added token.
  ///
  /// - Parameters:
  ///   - text: The text of the token.
  ///   - id: Its identifier.
  ///   - isSingleWord: Whether it matches only as a whole word.
  ///   - stripsLeft: Whether it absorbs the white space before it.
  ///   - stripsRight: Whether it absorbs the white space after it.
  ///   - isNormalized: Whether it is matched in normalized text; by default, unless special.
  ///   - isSpecial: Whether it is special: recognized in text only if allowed.
  public init(
    _ text: String, id: Int, isSingleWord: Bool = false, stripsLeft: Bool = false,
    stripsRight: Bool = false, isNormalized: Bool? = nil, isSpecial: Bool = false
  ) {
    self.text = text
    self.id = id
    self.isSingleWord = isSingleWord
    self.stripsLeft = stripsLeft
    self.stripsRight = stripsRight
    self.isNormalized = isNormalized ?? !isSpecial
    self.isSpecial = isSpecial
  }
}

/// The special tokens that are recognized in text.
public enum AllowedSpecialTokens: Hashable, Sendable {
  /// None: their spellings are encoded as ordinary text.
  case none
  /// All special tokens of the tokenizer.
  case all
  /// Only the given ones.
  case only(Set<SpecialToken>)

  /// Whether a special token is among the allowed ones.
  func contains(_ token: AddedToken) -> Bool {
    switch self {
    case .none: false
    case .all: true
    case .only(let tokens): tokens.contains(SpecialToken(token.text))
    }
  }
}
