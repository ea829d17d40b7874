/// Joins words and punctuation into running text again.
///
/// Spaces go between words, but not before closing punctuation, after opening punctuation, or
/// inside straight quotes, which are taken to open and close in turn. The result is spaced as text
/// usually is; unusual spacing in the original, and its case if it was lowercased, are lost.
/// Metrics that split punctuation themselves, such as BLEU with the 13a tokenizer, see the same
/// words either way.
public struct RunningTextDecoder: TokenDecoder {
  /// Creates the decoder.
  public init() {}

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream { Stream() }

  private struct Stream: TokenDecodingStream {
    private static let closing: Set<String> = [
      ".", ",", "!", "?", ";", ":", ")", "]", "}", "%", "…", "’", "”", "»", "。", "、", "，", "！", "？",
    ]
    private static let opening: Set<String> = [
      "(", "[", "{", "«", "“", "‘", "„", "¿", "¡", "#", "$", "€", "£",
    ]

    private var isSpaced = false
    private var openQuotes: Set<String> = []

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      let text = String(decoding: token.bytes, as: UTF8.self)
      guard let first = text.first.map(String.init) else { return [] }
      let isRun = text.allSatisfy { String($0) == first }
      var sticksLeft = isRun && Self.closing.contains(first)
      var sticksRight = isRun && Self.opening.contains(first)
      if text == "\"" || text == "'" || text == "“" && openQuotes.contains("„") {
        let quote = text == "“" ? "„" : text
        sticksLeft = openQuotes.remove(quote) != nil
        sticksRight = !sticksLeft
        if sticksRight { openQuotes.insert(quote) }
      } else if text == "„" {
        openQuotes.insert(text)
      } else if text.count > 1 {
        sticksLeft = sticksLeft || first == "'" || first == "’"
        sticksRight = sticksRight || text.hasSuffix("'") || text.hasSuffix("’")
      }
      let isSeparate = isSpaced && !sticksLeft
      isSpaced = !sticksRight
      return [DecodedToken((isSeparate ? [UInt8(ascii: " ")] : []) + token.bytes)]
    }
  }
}
