/// Replaces text that matches a pattern.
public struct ReplacingNormalizer: Normalizer {
  /// The pattern to replace.
  public let pattern: TextPattern
  /// The replacement.
  public let replacement: String

  /// Creates a normalizer.
  ///
  /// - Parameters:
  ///   - pattern: The pattern to replace.
  ///   - replacement: The replacement.
  public init(_ pattern: TextPattern, by replacement: String) {
    self.pattern = pattern
    self.replacement = replacement
  }

  /// Normalizes the text.
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
