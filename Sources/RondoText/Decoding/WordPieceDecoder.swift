/// Joins word pieces: a space goes before each token that does not continue a word.
public struct WordPieceDecoder: TokenDecoder {
  private static let replacements: [([UInt8], [UInt8])] = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
    (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  /// The prefix of a token that continues a word.
  public let prefix: String
  /// Whether spaces before punctuation and English contractions are removed.
  public let cleansUp: Bool

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - prefix: The prefix of a token that continues a word.
  ///   - cleansUp: Whether spaces before punctuation and English contractions are removed.
  public init(prefix: String = "##", cleansUp: Bool = true) {
    self.prefix = prefix
    self.cleansUp = cleansUp
  }

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream {
    Stream(prefix: Array(prefix.utf8), cleansUp: cleansUp)
  }

  private struct Stream: TokenDecodingStream {
    let prefix: [UInt8]
    let cleansUp: Bool
    var isFirst = true

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      var bytes = token.bytes
      if !isFirst {
        if bytes.starts(with: prefix) {
          bytes.removeFirst(prefix.count)
        } else {
          bytes.insert(UInt8(ascii: " "), at: 0)
        }
      }
      isFirst = false
      if cleansUp {
        for (old, new) in WordPieceDecoder.replacements { bytes = bytes.replacing(old, with: new) }
      }
      return [DecodedToken(bytes)]
    }
  }
}
