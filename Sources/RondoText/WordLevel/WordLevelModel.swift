/// A model whose tokens are whole pieces: words or characters.
///
/// A piece outside the vocabulary becomes the unknown token, or nothing if there is none, which
/// Hugging Face's library takes as an error.
public struct WordLevelModel: TokenModel {
  /// The tokens.
  public let vocabulary: Vocabulary
  /// The unknown token, for pieces outside the vocabulary.
  public let unknownToken: [UInt8]

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - vocabulary: The tokens.
  ///   - unknownToken: The unknown token, for pieces outside the vocabulary.
  public init(vocabulary: Vocabulary, unknownToken: String) {
    self.vocabulary = vocabulary
    self.unknownToken = Array(unknownToken.utf8)
  }

  /// The vocabulary size, which is one more than the highest identifier.
  public var count: Int { vocabulary.count }
  /// False: the tokens are text.
  public var isByteLevel: Bool { false }
  /// The identifier of the unknown token.
  public var unknownID: Int? { vocabulary.id(of: unknownToken) }

  /// Returns the bytes of a token.
  public func bytes(of id: Int) -> [UInt8]? { vocabulary.bytes(of: id) }

  /// Returns the identifier of a token.
  public func id(of bytes: [UInt8]) -> Int? { vocabulary.id(of: bytes) }

  /// Creates an encoder that never produces a reserved identifier from text.
  public func makePieceEncoder(barring reserved: Set<Int>) -> any PieceEncoder {
    WordLevelEncoder(model: self, reserved: reserved)
  }
}

/// Encodes pieces by looking them up.
final class WordLevelEncoder: PieceEncoder {
  private let vocabulary: Vocabulary
  private let unknown: UInt32?
  private let reserved: Set<Int>

  init(model: WordLevelModel, reserved: Set<Int>) {
    vocabulary = model.vocabulary
    unknown = model.unknownID.map(UInt32.init)
    self.reserved = reserved
  }

  func makeCompanion() -> any PieceEncoder { self }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    for piece in pieces {
      if let id = vocabulary.id(of: UnsafeBufferPointer(rebasing: text[piece.range])),
        !reserved.contains(id)
      {
        output.append(UInt32(id), span: piece)
      } else if let unknown {
        output.append(unknown, span: piece)
      }
    }
  }
}
