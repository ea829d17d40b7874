/// Adds tokens as BERT does: `[CLS] A [SEP]`, and `[CLS] A [SEP] B [SEP]` with type 1 from B on.
public struct BERTPostProcessor: PostProcessor {
  /// The token before the first text.
  public let classification: FramingToken
  /// The token after each text.
  public let separator: FramingToken
  private let template: TemplatePostProcessor

  /// Creates a post-processor.
  ///
  /// - Parameters:
  ///   - classification: The token before the first text.
  ///   - separator: The token after each text.
  public init(classification: FramingToken, separator: FramingToken) {
    self.classification = classification
    self.separator = separator
    let single: [TemplatePostProcessor.Element] = [
      .special("start", typeID: 0), .first(typeID: 0), .special("end", typeID: 0),
    ]
    template = TemplatePostProcessor(
      single: single, pair: single + [.second(typeID: 1), .special("end", typeID: 1)],
      tokens: .framing(classification, separator))
  }

  /// Returns the number of special tokens that are added.
  public func addedTokenCount(isPair: Bool) -> Int { template.addedTokenCount(isPair: isPair) }

  /// Combines the texts.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    template.frame(first, second, addsSpecialTokens: addsSpecialTokens)
  }
}
