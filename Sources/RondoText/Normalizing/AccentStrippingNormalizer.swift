/// Removes accents and all other combining marks; the text should be decomposed first.
public struct AccentStrippingNormalizer: Normalizer {
  /// Creates the normalizer.
  public init() {}

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    text.filter { !ScalarProperties(of: $0).isMark }
  }
}

extension NormalizedText {
  /// Keeps the scalars that `isKept` accepts.
  mutating func filter(_ isKept: (UInt32) -> Bool) {
    if isASCII, (0..<128).allSatisfy({ isKept($0) }) { return }
    rewrite { bytes, writer in
      var (start, position) = (0, 0)
      while position < bytes.count {
        let decoded = UTF8Text.decode(bytes, at: position)
        if !isKept(decoded.scalar) {
          writer.copy(start..<position)
          start = position + decoded.count
        }
        position += decoded.count
      }
      writer.copy(start..<position)
    }
  }
}
