/// WordPiece: each word becomes the longest token that begins it, then the longest that goes on,
/// and so forth.
///
/// ```text
/// unaffable  →  un ##aff ##able
/// ```
///
/// A word that cannot be covered, or is too long, becomes the unknown token as a whole.
///
/// - Source: Schuster and Nakajima, Japanese and Korean Voice Search, 2012; the greedy longest
///   match is BERT's, [Devlin et al.](https://arxiv.org/abs/1810.04805), 2019.
public struct WordPieceModel: TokenModel {
  /// The tokens.
  public let vocabulary: Vocabulary
  /// The token that stands for words that cannot be covered.
  public let unknownToken: String
  /// What begins a token that goes on with a word.
  public let continuingPrefix: String
  /// The number of scalars that a word may have.
  public let longestWord: Int
  /// The tokens that begin words, and those that go on with them without their prefix.
  let trie: DoubleArrayTrie
  /// The node of the prefix, `nil` if no token begins with it.
  let continuation: Int?

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - vocabulary: The tokens, among them the unknown token.
  ///   - unknownToken: The token that stands for words that cannot be covered.
  ///   - continuingPrefix: What begins a token that goes on with a word.
  ///   - longestWord: The number of scalars that a word may have.
  ///   - file: What an error names.
  /// - Throws: ``RondoTextError`` if the unknown token is not in the vocabulary.
  public init(
    vocabulary: Vocabulary, unknownToken: String = "[UNK]", continuingPrefix: String = "##",
    longestWord: Int = 100, file: String = "the model"
  ) throws(RondoTextError) {
    guard vocabulary.id(of: unknownToken) != nil else {
      throw .damaged(
        file: file, place: "unknown token", problem: "\(unknownToken) is not in the vocabulary")
    }
    self.vocabulary = vocabulary
    self.unknownToken = unknownToken
    self.continuingPrefix = continuingPrefix
    self.longestWord = longestWord
    let ids = (0..<vocabulary.count).lazy.filter { vocabulary.byteCount(of: $0) > 0 }
    guard let trie = DoubleArrayTrie(vocabulary, ids: ids) else {
      throw DoubleArrayTrie.tooLarge(file: file)
    }
    self.trie = trie
    continuation = continuingPrefix.utf8.reduce(DoubleArrayTrie.root) { node, byte in
      node.flatMap { trie.child(of: $0, byte) }
    }
  }

  /// One more than the highest identifier.
  public var count: Int { vocabulary.count }
  /// Tokens are text.
  public var isByteLevel: Bool { false }
  /// The identifier of the unknown token.
  public var unknownID: Int? { vocabulary.id(of: unknownToken) }

  /// Returns the bytes of a token, or `nil` for a hole.
  public func bytes(of id: Int) -> [UInt8]? { vocabulary.bytes(of: id) }

  /// Returns the identifier of a token.
  public func id(of bytes: [UInt8]) -> Int? { vocabulary.id(of: bytes) }

  /// Makes an encoder for the use of one thread at a time.
  ///
  /// - Parameter reserved: Identifiers of special tokens, which no text may become.
  /// - Returns: An encoder that has seen nothing yet.
  public func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder {
    WordPieceEncoder(self, barring: reserved)
  }
}
