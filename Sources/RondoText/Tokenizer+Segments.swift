extension Tokenizer {
  /// A stretch of text that is an added token, or that the model encodes.
  enum Segment {
    case token(id: Int, text: NormalizedText)
    case text(PreTokenizedText)
  }

  /// Calls `body` with each segment of a text, in order.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - finders: The finders of the added tokens.
  ///   - keepsOrigins: Whether to record which bytes of the text tokens stand for.
  ///   - splits: Whether the pre-tokenizer splits the text.
  ///   - body: Receives a segment.
  func forEachSegment(
    of bytes: UnsafeBufferPointer<UInt8>, finders: AddedTokenFinders.Pair, keepsOrigins: Bool,
    splits: Bool = true, _ body: (Segment) -> Void
  ) {
    let original = NormalizedText(bytes, keepsOrigins: keepsOrigins)
    forEachPart(of: original, finder: finders.raw) { match, part in
      guard let match else {
        var text = part
        normalizer?.normalize(&text)
        forEachPart(of: text, finder: finders.normalized) { match, part in
          let isAtStart = part.count == 0 || part.origin(at: 0).start == 0
          body(segment(match, part, isAtStart: isAtStart, splits: splits))
        }
        return
      }
      body(.token(id: match.id, text: part))
    }
  }

  private func segment(
    _ match: AddedTokenFinder.Match?, _ part: NormalizedText, isAtStart: Bool, splits: Bool
  ) -> Segment {
    if let match { return .token(id: match.id, text: part) }
    var text = PreTokenizedText(part, isAtStart: isAtStart)
    if splits { preTokenizer?.split(&text) }
    return .text(text)
  }

  /// Calls `body` with each part of a text that is an added token, or lies between two.
  private func forEachPart(
    of text: NormalizedText, finder: AddedTokenFinder,
    _ body: (AddedTokenFinder.Match?, NormalizedText) -> Void
  ) {
    let matches = text.withBytes { finder.matches(in: $0) }
    if matches.isEmpty { return body(nil, text) }
    var position = 0
    for match in matches {
      if position < match.range.lowerBound {
        body(nil, text.part(position..<match.range.lowerBound))
      }
      body(match, text.part(match.range))
      position = match.range.upperBound
    }
    if position < text.count { body(nil, text.part(position..<text.count)) }
  }
}
