/// Prepends a prefix to the text, unless it is empty.
public struct PrependingNormalizer: Normalizer {
  /// The prefix.
  public let prefix: String

  /// Creates a normalizer.
  public init(_ prefix: String) { self.prefix = prefix }

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    if text.count == 0 { return }
    text.rewrite { bytes, writer in
      writer.append(prefix.utf8, from: 0)
      writer.copy(0..<bytes.count)
    }
  }
}
