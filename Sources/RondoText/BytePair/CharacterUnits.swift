/// How a byte-pair model treats the ends of pieces and unknown characters, or bytes.
public struct CharacterUnits: Hashable, Sendable {
  /// Whether bytes take the place of characters, as in CLIP's vocabulary.
  public var areBytes: Bool
  /// Stands before every character but the first of a piece, such as `##`.
  public var continuingPrefix: String
  /// Stands after the last character of a piece, such as `</w>`.
  public var endSuffix: String
  /// The token for characters outside the vocabulary, as files spell it; without it they vanish.
  public var unknownToken: String?
  /// Whether neighbouring unknown characters become one token.
  public var mergesUnknown: Bool
  /// Whether an unknown character becomes the tokens `<0x00>` to `<0xFF>` of its bytes, where
  /// the vocabulary has them.
  public var hasByteFallback: Bool

  /// Creates the treatment.
  ///
  /// - Parameters:
  ///   - areBytes: Whether bytes take the place of characters.
  ///   - continuingPrefix: Stands before every character but the first of a piece.
  ///   - endSuffix: Stands after the last character of a piece.
  ///   - unknownToken: The token for characters outside the vocabulary.
  ///   - mergesUnknown: Whether neighbouring unknown characters become one token.
  ///   - hasByteFallback: Whether an unknown character becomes tokens of its bytes.
  public init(
    areBytes: Bool = false, continuingPrefix: String = "", endSuffix: String = "",
    unknownToken: String? = nil, mergesUnknown: Bool = false, hasByteFallback: Bool = false
  ) {
    self.areBytes = areBytes
    self.continuingPrefix = continuingPrefix
    self.endSuffix = endSuffix
    self.unknownToken = unknownToken
    self.mergesUnknown = mergesUnknown
    self.hasByteFallback = hasByteFallback
  }
}

extension CharacterUnits {
  /// The bytes of a text as the vocabulary holds them, `nil` if it has no place for them.
  func bytes(of text: String) -> [UInt8]? {
    areBytes ? ByteAlphabet.bytes(of: text) : Array(text.utf8)
  }

  /// The identifier of the unknown token.
  func unknownID(in vocabulary: Vocabulary) -> Int? {
    unknownToken.flatMap { bytes(of: $0) }.flatMap { vocabulary.id(of: $0) }
  }

  /// Whether every piece can be written, so that an unknown token has no use.
  func coverEverything(in vocabulary: Vocabulary) -> Bool {
    areBytes && continuingPrefix.isEmpty && endSuffix.isEmpty
      && (UInt8.min...UInt8.max).allSatisfy { vocabulary.id(of: [$0]) != nil }
  }
}
