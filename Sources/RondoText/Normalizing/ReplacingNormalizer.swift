/// Replaces text that matches a pattern.
public struct ReplacingNormalizer: Normalizer {
  /// What is replaced.
  public let pattern: TextPattern
  /// What it is replaced by.
  public let replacement: String

  /// Creates a normalizer.
  ///
  /// - Parameters:
  ///   - pattern: What is replaced.
  ///   - replacement: What it is replaced by.
  public init(_ pattern: TextPattern, by replacement: String) {
    self.pattern = pattern
    self.replacement = replacement
  }

  /// Changes the text.
  public func normalize(_ text: inout NormalizedText) {
    let matches = text.withBytes { pattern.matches(in: $0, range: 0..<$0.count) }
    if matches.isEmpty { return }
    text.rewrite { bytes, writer in
      var position = 0
      for match in matches {
        writer.copy(position..<match.lowerBound)
        writer.append(replacement.utf8, from: match.upperBound - 1)
        position = match.upperBound
      }
      writer.copy(position..<bytes.count)
    }
  }
}
