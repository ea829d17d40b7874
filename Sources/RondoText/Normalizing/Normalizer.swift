/// A transformation of text before it is split, such as lowercasing.
public protocol Normalizer: Sendable {
  /// Normalizes the text.
  func normalize(_ text: inout NormalizedText)
}

extension Normalizer {
  /// Returns the normalized form of a text.
  public func normalized(_ text: String) -> String {
    var normalized = NormalizedText(text, keepsOrigins: false)
    normalize(&normalized)
    return normalized.string
  }
}
