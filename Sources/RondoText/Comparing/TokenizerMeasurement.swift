/// Statistics of a tokenizer on a text, collected line by line.
///
/// ```swift
/// var measurement = TokenizerMeasurement(of: tokenizer)
/// for line in lines { measurement.add(line) }
/// print(measurement.fertility, measurement.unknownRate)
/// ```
///
/// Words are counted the same way for every tokenizer, as by BERT's basic tokenizer: they are
/// separated by white space, and each punctuation mark and each Chinese character is a word of its
/// own. In other scripts that are written without spaces, such words are long.
///
/// - Source: fertility and split words: Rust et al.,
///   [How Good is Your Tokenizer?](https://arxiv.org/abs/2012.15613), 2021, section 3.
public struct TokenizerMeasurement: Sendable {
  private let tokenizer: Tokenizer
  /// The number of lines.
  public private(set) var lineCount = 0
  /// The number of bytes, without line endings.
  public private(set) var byteCount = 0
  /// The number of words.
  public private(set) var wordCount = 0
  /// The number of tokens, without special tokens around the text.
  public private(set) var tokenCount = 0
  /// The number of unknown tokens.
  public private(set) var unknownCount = 0
  /// The number of bytes that unknown tokens stand for.
  public private(set) var unknownByteCount = 0
  /// The number of words that are split into several tokens.
  public private(set) var splitWordCount = 0
  /// The number of lines that decoding reproduces byte for byte.
  public private(set) var exactLineCount = 0

  /// Creates statistics with no lines.
  public init(of tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  /// Adds a line.
  public mutating func add(_ line: String) {
    let encoding = tokenizer.encoding(
      of: line, options: EncodingOptions(addsSpecialTokens: false))
    lineCount += 1
    byteCount += line.utf8.count
    tokenCount += encoding.count
    if let unknown = tokenizer.unknownID {
      for (id, bytes) in zip(encoding.ids, encoding.byteOffsets) where id == unknown {
        unknownCount += 1
        unknownByteCount += bytes.count
      }
    }
    let decoded = tokenizer.decodeBytes(encoding.ids, keepsSpecialTokens: true)
    if decoded.elementsEqual(line.utf8) { exactLineCount += 1 }
    let words = Self.words(of: line)
    wordCount += words.count
    splitWordCount += Self.splitCount(of: words, by: encoding.byteOffsets)
  }

  /// The mean number of tokens per line.
  public var tokensPerLine: Double { share(tokenCount, of: lineCount) }
  /// The mean number of tokens per word, known as fertility.
  public var fertility: Double { share(tokenCount, of: wordCount) }
  /// The mean number of bytes per token.
  public var bytesPerToken: Double { share(byteCount, of: tokenCount) }
  /// The share of unknown tokens, from 0 to 1.
  public var unknownRate: Double { share(unknownCount, of: tokenCount) }
  /// The share of the text, in bytes, that unknown tokens stand for, from 0 to 1.
  public var unknownTextRate: Double { share(unknownByteCount, of: byteCount) }
  /// The share of words that are split into several tokens, from 0 to 1.
  public var splitWordRate: Double { share(splitWordCount, of: wordCount) }
  /// The share of lines that decoding reproduces byte for byte, from 0 to 1.
  public var exactLineRate: Double { share(exactLineCount, of: lineCount) }

  private func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  /// Returns the bytes of each word of a line.
  static func words(of line: String) -> [Range<Int>] {
    var text = NormalizedText(line)
    BERTNormalizer(cleansText: false, stripsAccents: false, isLowercasing: false).normalize(&text)
    var split = PreTokenizedText(text)
    BERTPreTokenizer().split(&split)
    return split.pieces.map { piece in
      let origin = split.text.origin(of: piece)
      return Int(origin.start)..<Int(origin.end)
    }
  }

  /// Counts the words that overlap with more than one token; both lists ascend.
  private static func splitCount(of words: [Range<Int>], by tokens: [Range<Int>]) -> Int {
    var (count, first) = (0, 0)
    for word in words {
      while first < tokens.count, tokens[first].upperBound <= word.lowerBound { first += 1 }
      var touching = 0
      for token in tokens[first...] {
        if token.lowerBound >= word.upperBound { break }
        if !token.isEmpty { touching += 1 }
        if touching > 1 { break }
      }
      if touching > 1 { count += 1 }
    }
    return count
  }
}

extension Tokenizer {
  /// Returns the size in bytes of an embedding table with one row per token.
  ///
  /// - Parameters:
  ///   - size: The number of features of a token.
  ///   - scalarSize: The number of bytes of a feature; four in single precision.
  /// - Returns: The number of bytes.
  public func embeddingByteCount(size: Int, scalarSize: Int = 4) -> Int {
    vocabularySize * size * scalarSize
  }
}
