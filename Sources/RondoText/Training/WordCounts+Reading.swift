extension WordCounts {
  /// Counts the words of a text.
  ///
  /// - Parameters:
  ///   - text: The text; trainers of other libraries usually receive lines without line endings.
  ///   - normalizer: Normalizes the text first.
  ///   - preTokenizer: Splits the text into words; without one, the text is one word.
  public mutating func add(
    text: UnsafeBufferPointer<UInt8>, normalizer: (any Normalizer)? = nil,
    preTokenizer: (any PreTokenizer)? = nil
  ) {
    var normalized = NormalizedText(text, keepsOrigins: false)
    normalizer?.normalize(&normalized)
    var cut = PreTokenizedText(normalized)
    preTokenizer?.split(&cut)
    let pieces = cut.pieces
    cut.text.withBytes { add(pieces, of: $0) }
  }

  /// Counts the words of lines.
  ///
  /// - Parameters:
  ///   - lines: The lines, without line endings.
  ///   - normalizer: Normalizes each line first.
  ///   - preTokenizer: Splits each line into words.
  public mutating func add(
    lines: some Sequence<String>, normalizer: (any Normalizer)? = nil,
    preTokenizer: (any PreTokenizer)? = nil
  ) {
    for var line in lines {
      line.withUTF8 { add(text: $0, normalizer: normalizer, preTokenizer: preTokenizer) }
    }
  }
}
