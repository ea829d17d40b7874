/// How a byte-pair model over characters marks word ends and encodes unknown characters.
public struct CharacterUnits: Hashable, Sendable {
  /// Whether the units are bytes instead of characters, as in CLIP's vocabulary.
  public var areBytes: Bool
  /// The prefix of every unit of a piece but the first, such as `##`.
  public var continuingPrefix: String
  /// The suffix of the last unit of a piece, such as `</w>`.
  public var endSuffix: String
  /// The unknown token, as files spell it; without one, unknown characters are dropped.
  public var unknownToken: String?
  /// Whether adjacent unknown characters are fused into one token.
  public var mergesUnknown: Bool
  /// Whether an unknown character is encoded as the byte tokens `<0x00>` to `<0xFF>`, where the
  /// vocabulary has them.
  public var hasByteFallback: Bool

  /// Creates the options.
  ///
  /// - Parameters:
  ///   - areBytes: Whether the units are bytes instead of characters.
  ///   - continuingPrefix: The prefix of every unit of a piece but the first.
  ///   - endSuffix: The suffix of the last unit of a piece.
  ///   - unknownToken: The unknown token, or `nil` to drop unknown characters.
  ///   - mergesUnknown: Whether adjacent unknown characters are fused into one token.
  ///   - hasByteFallback: Whether an unknown character is encoded as byte tokens.
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
  /// The bytes of a text as the vocabulary spells them, `nil` if it cannot.
  func bytes(of text: String) -> [UInt8]? {
    areBytes ? ByteAlphabet.bytes(of: text) : Array(text.utf8)
  }

  /// The identifier of the unknown token.
  func unknownID(in vocabulary: Vocabulary) -> Int? {
    unknownToken.flatMap { bytes(of: $0) }.flatMap { vocabulary.id(of: $0) }
  }

  /// Whether every piece can be encoded, so that an unknown token is never used.
  func coverEverything(in vocabulary: Vocabulary) -> Bool {
    areBytes && continuingPrefix.isEmpty && endSuffix.isEmpty
      && (UInt8.min...UInt8.max).allSatisfy { vocabulary.id(of: [$0]) != nil }
  }
}
