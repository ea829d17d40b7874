/// A token that is found in the text before anything else looks at it.
public struct AddedToken: Hashable, Sendable {
  /// The text that it stands for.
  public let text: String
  /// Its identifier.
  public let id: Int
  /// Whether it counts only where no word character touches it.
  public let isSingleWord: Bool
  /// Whether it takes the white space before it along.
  public let stripsLeft: Bool
  /// Whether it takes the white space after it along.
  public let stripsRight: Bool
  /// Whether it is looked for in normalized text.
  public let isNormalized: Bool
  /// Whether it is special: text becomes it only if allowed, and decoding leaves it out.
  public let isSpecial: Bool

  /// Creates an added token.
  ///
  /// - Parameters:
  ///   - text: The text that it stands for.
  ///   - id: Its identifier.
  ///   - isSingleWord: Whether it counts only where no word character touches it.
  ///   - stripsLeft: Whether it takes the white space before it along.
  ///   - stripsRight: Whether it takes the white space after it along.
  ///   - isNormalized: Whether it is looked for in normalized text; by default, unless special.
  ///   - isSpecial: Whether text becomes it only if allowed.
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

/// Which special tokens a text may become.
public enum AllowedSpecialTokens: Hashable, Sendable {
  /// None: their spelling is read as ordinary text.
  case none
  /// All of the tokenizer's.
  case all
  /// Only these.
  case only(Set<SpecialToken>)

  /// Whether a special token is among these.
  func contains(_ token: AddedToken) -> Bool {
    switch self {
    case .none: false
    case .all: true
    case .only(let tokens): tokens.contains(SpecialToken(token.text))
    }
  }
}
