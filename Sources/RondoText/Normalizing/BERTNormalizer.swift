/// Normalizes text as BERT does.
///
/// Depending on the options, it removes control characters and turns all white space into spaces,
/// puts spaces around Chinese characters, removes accents, and lowercases.
///
/// - Source: Devlin et al., [BERT](https://arxiv.org/abs/1810.04805), 2019, and the tokenizer
///   that was released with it.
public struct BERTNormalizer: Normalizer {
  /// Whether control characters are removed and white space becomes spaces.
  public let cleansText: Bool
  /// Whether Chinese characters get spaces around them.
  public let spacesChinese: Bool
  /// Whether accents are removed; `nil` means only if text is lowercased.
  public let stripsAccents: Bool?
  /// Whether text is lowercased.
  public let isLowercasing: Bool
  private(set) var asciiTable: [UInt8] = []

  /// Creates a normalizer.
  ///
  /// - Parameters:
  ///   - cleansText: Whether control characters are removed and white space becomes spaces.
  ///   - spacesChinese: Whether Chinese characters get spaces around them.
  ///   - stripsAccents: Whether accents are removed; `nil` means only if text is lowercased.
  ///   - isLowercasing: Whether text is lowercased.
  public init(
    cleansText: Bool = true, spacesChinese: Bool = true, stripsAccents: Bool? = nil,
    isLowercasing: Bool = true
  ) {
    self.cleansText = cleansText
    self.spacesChinese = spacesChinese
    self.stripsAccents = stripsAccents
    self.isLowercasing = isLowercasing
    asciiTable = Self.asciiTable(of: self)
  }

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    if !text.keepsOrigins, normalizeAtOnce(&text) { return }
    if cleansText || spacesChinese { clean(&text) }
    if stripsAccents ?? isLowercasing, !text.isASCII {
      UnicodeNormalizer(.decomposed).normalize(&text)
      text.filter { ScalarClasses.bert[$0] != BERTClass.accent }
    }
    if isLowercasing { LowercaseNormalizer().normalize(&text) }
  }

  private func clean(_ text: inout NormalizedText) {
    text.rewrite { bytes, writer in
      let space = UInt32(UInt8(ascii: " "))
      var (start, position) = (0, 0)
      while position < bytes.count {
        let decoded = UTF8Text.decode(bytes, at: position)
        let next = position + decoded.count
        let kind = kind(of: decoded.scalar, by: .bert)
        if kind != .kept {
          writer.copy(start..<position)
          switch kind {
          case .space: writer.append(space, from: position)
          case .chinese:
            writer.append(space, from: position)
            writer.copy(position..<next)
            writer.append(space, from: position)
          case .kept, .removed: break
          }
          start = next
        }
        position = next
      }
      writer.copy(start..<position)
    }
  }

  enum Kind {
    case kept, removed, space, chinese
  }

  /// Returns how a scalar is treated, by ``ScalarClasses/bert``.
  @inline(__always)
  func kind(of scalar: UInt32, by classes: ScalarClasses) -> Kind {
    if (0x21..<0x7F).contains(scalar) { return .kept }
    if cleansText {
      if scalar == 0x20 { return .kept }
      if scalar == 0x09 || scalar == 0x0A || scalar == 0x0D { return .space }
      if classes[scalar] == BERTClass.removed { return .removed }
      if ScalarProperties(of: scalar).isWhiteSpace { return .space }
    }
    return spacesChinese && Self.isChinese(scalar) ? .chinese : .kept
  }

  /// Whether a scalar lies in a block of Chinese characters, as BERT counts them.
  private static func isChinese(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
