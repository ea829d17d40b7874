/// Adds special tokens as RoBERTa does: `<s> A </s>`, and `<s> A </s> </s> B </s>`, all of type 0.
public struct RobertaPostProcessor: PostProcessor {
  /// The token before the first text.
  public let classification: FramingToken
  /// The token after the first text, and around the second.
  public let separator: FramingToken
  /// Trims the offsets of the texts.
  public let trimming: ByteLevelPostProcessor
  private let template: TemplatePostProcessor

  /// Creates a post-processor.
  ///
  /// - Parameters:
  ///   - classification: The token before the first text.
  ///   - separator: The token after the first text, and around the second.
  ///   - trimming: Trims the offsets of the texts.
  public init(
    classification: FramingToken, separator: FramingToken,
    trimming: ByteLevelPostProcessor = ByteLevelPostProcessor()
  ) {
    self.classification = classification
    self.separator = separator
    self.trimming = trimming
    let single: [TemplatePostProcessor.Element] = [
      .special("start", typeID: 0), .first(typeID: 0), .special("end", typeID: 0),
    ]
    template = TemplatePostProcessor(
      single: single,
      pair: single + [
        .special("end", typeID: 0), .second(typeID: 0), .special("end", typeID: 0),
      ], tokens: .framing(classification, separator))
  }

  /// Returns the number of special tokens that are added.
  public func addedTokenCount(isPair: Bool) -> Int { template.addedTokenCount(isPair: isPair) }

  /// Trims the offsets.
  public func prepare(_ encoding: inout Encoding) { trimming.prepare(&encoding) }

  /// Combines the texts.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    template.frame(first, second, addsSpecialTokens: addsSpecialTokens)
  }
}
