/// Changes text before it is split, such as to lower case.
public protocol Normalizer: Sendable {
  /// Changes the text.
  func normalize(_ text: inout NormalizedText)
}
