/// WordPiece: each word is split into the longest token that begins it, then the longest that
/// continues it, and so forth.
///
/// ```text
/// unaffable  →  un ##aff ##able
/// ```
///
/// A word that cannot be split into tokens, or is too long, becomes one unknown token.
///
/// - Source: Schuster and Nakajima, Japanese and Korean Voice Search, 2012; the greedy longest
///   match is BERT's, [Devlin et al.](https://arxiv.org/abs/1810.04805), 2019.
public struct WordPieceModel: TokenModel {
  /// The tokens.
  public let vocabulary: Vocabulary
  /// The unknown token, for words that cannot be split into tokens.
  public let unknownToken: String
  /// The prefix of a token that continues a word.
  public let continuingPrefix: String
  /// The maximum number of scalars in a word.
  public let longestWord: Int
  /// The tokens that begin words, and those that continue them, without their prefix.
  let trie: DoubleArrayTrie
  /// The node of the prefix, `nil` if no token begins with it.
  let continuation: Int?

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - vocabulary: The tokens, among them the unknown token.
  ///   - unknownToken: The unknown token, for words that cannot be split into tokens.
  ///   - continuingPrefix: The prefix of a token that continues a word.
  ///   - longestWord: The maximum number of scalars in a word.
  ///   - file: The name of the file in error messages.
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

  /// The vocabulary size, which is one more than the highest identifier.
  public var count: Int { vocabulary.count }
  /// False: the tokens are text.
  public var isByteLevel: Bool { false }
  /// The identifier of the unknown token.
  public var unknownID: Int? { vocabulary.id(of: unknownToken) }

  /// Returns the bytes of a token, or `nil` for an unused identifier.
  public func bytes(of id: Int) -> [UInt8]? { vocabulary.bytes(of: id) }

  /// Returns the identifier of a token.
  public func id(of bytes: [UInt8]) -> Int? { vocabulary.id(of: bytes) }

  /// Creates an encoder, which one thread at a time may use.
  ///
  /// - Parameter reserved: Identifiers of special tokens, which text must not produce.
  /// - Returns: A new encoder.
  public func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder {
    WordPieceEncoder(self, barring: reserved)
  }
}
