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
    forEachPart(of: original, finder: finders.raw) { id, part in
      if let id { return body(.token(id: id, text: part)) }
      var text = part
      normalizer?.normalize(&text)
      forEachPart(of: text, finder: finders.normalized) { id, part in
        let isAtStart = part.count == 0 || part.origin(at: 0).start == 0
        body(segment(id, part, isAtStart: isAtStart, splits: splits))
      }
    }
  }

  private func segment(
    _ id: Int?, _ part: NormalizedText, isAtStart: Bool, splits: Bool
  ) -> Segment {
    if let id { return .token(id: id, text: part) }
    var text = PreTokenizedText(part, isAtStart: isAtStart)
    if splits { preTokenizer?.split(&text) }
    return .text(text)
  }

  /// Calls `body` with each part of a text that is an added token, or lies between two.
  private func forEachPart(
    of text: NormalizedText, finder: AddedTokenFinder,
    _ body: (_ id: Int?, _ part: NormalizedText) -> Void
  ) {
    if finder.isEmpty || text.count == 0 { return body(nil, text) }
    text.withBytes { bytes in
      finder.forEachStretch(of: bytes) { id, range in
        body(id, range.count == bytes.count ? text : text.part(range))
      }
    }
  }
}
