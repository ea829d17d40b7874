/// Replaces letters by their lower-case forms.
public struct LowercaseNormalizer: Normalizer {
  /// Creates the normalizer.
  public init() {}

  /// Changes the text.
  public func normalize(_ text: inout NormalizedText) {
    text.rewrite { bytes, writer in
      var position = 0
      while position < bytes.count {
        let decoded = UTF8Text.decode(bytes, at: position)
        if let lower = ScalarMap.lowerCase[decoded.scalar] {
          for scalar in lower { writer.append(scalar, from: position) }
        } else {
          writer.copy(position..<position + decoded.count)
        }
        position += decoded.count
      }
    }
  }
}
