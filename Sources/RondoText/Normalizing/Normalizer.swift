/// Changes text before it is split, such as to lower case.
public protocol Normalizer: Sendable {
  /// Changes the text.
  func normalize(_ text: inout NormalizedText)
}

extension Normalizer {
  /// Returns a text changed.
  public func normalized(_ text: String) -> String {
    var normalized = NormalizedText(text, keepsOrigins: false)
    normalize(&normalized)
    return normalized.string
  }
}
