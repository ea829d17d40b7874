/// Removes white space at the ends of the text.
public struct StrippingNormalizer: Normalizer {
  /// Whether the beginning is stripped.
  public let stripsLeft: Bool
  /// Whether the end is stripped.
  public let stripsRight: Bool

  /// Creates a normalizer.
  ///
  /// - Parameters:
  ///   - stripsLeft: Whether the beginning is stripped.
  ///   - stripsRight: Whether the end is stripped.
  public init(stripsLeft: Bool = true, stripsRight: Bool = true) {
    self.stripsLeft = stripsLeft
    self.stripsRight = stripsRight
  }

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    let range = text.withBytes { bytes in
      // Of nothing but white space, either side takes all.
      var (first, last) = (bytes.count, 0)
      var position = 0
      while position < bytes.count {
        let decoded = UTF8Text.decode(bytes, at: position)
        if !ScalarProperties(of: decoded.scalar).isWhiteSpace {
          first = min(first, position)
          last = position + decoded.count
        }
        position += decoded.count
      }
      let start = stripsLeft ? first : 0
      return start..<max(start, stripsRight ? last : bytes.count)
    }
    if range == 0..<text.count { return }
    text.rewrite { _, writer in writer.copy(range) }
  }
}
