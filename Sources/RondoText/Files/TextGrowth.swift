/// The growth of text in a sequence of normalizers or of decoders.
///
/// A file can specify replacements each of which doubles a text, and forty of them would fill any
/// memory. The steps are followed from the last to the first, to bound the number of bytes that
/// each byte can become; a match counts at its first byte.
struct TextGrowth {
  /// The maximum number of bytes that one byte may become, and that may be prepended to a text.
  static let limit = 1024.0

  private var weights = [Double](repeating: 1, count: 256)
  private var prepended = 0.0

  /// Follows a component and its parts.
  init(through component: (any Sendable)?) {
    if let component { precede(by: component) }
  }

  /// Whether some text grows beyond the limit.
  var isBeyondLimit: Bool { prepended > Self.limit || greatestWeight > Self.limit }

  private var greatestWeight: Double { weights.max() ?? 1 }

  private func weight(of text: String) -> Double {
    text.utf8.reduce(0) { $0 + weights[Int($1)] }
  }

  private mutating func precede(by step: any Sendable) {
    switch step {
    case let step as ReplacingNormalizer: replace(step.pattern, by: step.replacement)
    case let step as ReplacingDecoder: replace(step.pattern, by: step.replacement)
    case let step as PrependingNormalizer: prepended += weight(of: step.prefix)
    case let step as PrecompiledNormalizer: spread(by: Double(step.longestReplacement))
    case is StrippingNormalizer, is StrippingDecoder: break
    default:
      let parts = (step as? any JSONComponent)?.parts ?? []
      if parts.isEmpty { spread(by: 1) }
      for part in parts.reversed() { precede(by: part) }
    }
  }

  /// Allows any byte to become any other, `factor` times.
  private mutating func spread(by factor: Double) {
    weights = [Double](repeating: max(1, factor) * greatestWeight, count: weights.count)
  }

  private mutating func replace(_ pattern: TextPattern, by replacement: String) {
    let new = weight(of: replacement)
    if case .literal(let literal) = pattern {
      guard let first = literal.utf8.first else { return }
      weights[Int(first)] += max(0, new - weight(of: literal))
      return
    }
    for byte in weights.indices where byte >= 0x80 || pattern.matchesRun(of: UInt8(byte)) {
      weights[byte] = max(weights[byte], new)
    }
  }
}

extension TextPattern {
  /// Whether a byte, repeated, is a match.
  fileprivate func matchesRun(of byte: UInt8) -> Bool {
    [byte, byte].withUnsafeBufferPointer { !matches(in: $0, range: 0..<$0.count).isEmpty }
  }
}
