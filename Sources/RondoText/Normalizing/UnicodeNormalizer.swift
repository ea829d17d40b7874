/// Converts text to one of Unicode's four normalization forms.
///
/// A composed character originates from the first of its parts; the parts of a decomposed character
/// originate from all of it, as in Hugging Face's tokenizers.
///
/// - Source: Unicode Standard Annex 15, Unicode Normalization Forms.
public struct UnicodeNormalizer: Normalizer {
  /// A normalization form.
  public enum Form: String, Hashable, Sendable, CaseIterable, Codable {
    /// Accented letters as one scalar.
    case composed = "NFC"
    /// Accents as scalars of their own.
    case decomposed = "NFD"
    /// As `composed`, with compatibility characters such as ligatures replaced.
    case compatibilityComposed = "NFKC"
    /// As `decomposed`, with compatibility characters such as ligatures replaced.
    case compatibilityDecomposed = "NFKD"
  }

  /// The normalization form.
  public let form: Form

  /// Creates a normalizer.
  public init(_ form: Form) { self.form = form }

  private var isComposing: Bool { form == .composed || form == .compatibilityComposed }

  private var decompositions: ScalarMap {
    form == .composed || form == .decomposed ? .canonical : .compatibility
  }

  /// Scalars below this one are unchanged, unless an accent follows.
  private var firstAffected: UInt32 {
    switch form {
    case .composed: 0x300
    case .decomposed: 0xC0
    case .compatibilityComposed, .compatibilityDecomposed: 0xA0
    }
  }

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    if text.isASCII { return }
    let (first, map, isComposing) = (firstAffected, decompositions, self.isComposing)
    text.rewrite { bytes, writer in
      var position = 0
      var stretch = UnicodeStretch()
      while position < bytes.count {
        // Copy scalars that stay; the last one may yet be composed with what follows.
        let start = position
        var last = position
        while position < bytes.count {
          let decoded = UTF8Text.decode(bytes, at: position)
          if decoded.isValid, decoded.scalar >= first { break }
          last = decoded.isValid ? position : position + decoded.count
          position += decoded.count
        }
        if position == bytes.count {
          writer.copy(start..<position)
          break
        }
        writer.copy(start..<last)
        position = last
        let begin = position
        while position < bytes.count {
          let decoded = UTF8Text.decode(bytes, at: position)
          if !decoded.isValid || decoded.scalar < first && position > begin { break }
          stretch.append(decoded.scalar, by: map)
          position += decoded.count
        }
        stretch.finish(isComposing: isComposing)
        var transform = TextTransform(bytes, from: begin)
        for change in stretch.changes { transform.apply(change, to: &writer) }
        stretch.removeAll()
      }
    }
  }
}
