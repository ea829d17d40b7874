/// Applies normalizers one after another.
public struct NormalizerSequence: Normalizer {
  /// The normalizers.
  public let normalizers: [any Normalizer]

  /// Creates a sequence.
  public init(_ normalizers: [any Normalizer]) { self.normalizers = normalizers }

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    for normalizer in normalizers { normalizer.normalize(&text) }
  }
}
