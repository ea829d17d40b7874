/// Converts text to lower case.
public struct LowercaseNormalizer: Normalizer {
  /// Creates the normalizer.
  public init() {}

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    if text.isASCII { return text.lowerASCII() }
    text.rewrite { bytes, writer in
      var (start, position) = (0, 0)
      while position < bytes.count {
        let decoded = UTF8Text.decode(bytes, at: position)
        if let lower = ScalarMap.lowerCase[decoded.scalar] {
          writer.copy(start..<position)
          for scalar in lower { writer.append(scalar, from: position) }
          start = position + decoded.count
        }
        position += decoded.count
      }
      writer.copy(start..<position)
    }
  }
}

extension NormalizedText {
  /// Lowercases ASCII letters in place.
  fileprivate mutating func lowerASCII() {
    let count = count
    storage.withUnsafeMutableBufferPointer { bytes in
      for index in 0..<count where (0x41...0x5A).contains(bytes[index]) { bytes[index] |= 0x20 }
    }
  }
}
