/// A special token that a post-processor adds.
public struct FramingToken: Hashable, Sendable {
  /// The identifier.
  public let id: Int
  /// The spelling.
  public let piece: String

  /// Creates a token.
  ///
  /// - Parameters:
  ///   - id: The identifier.
  ///   - piece: The spelling.
  public init(id: Int, piece: String) {
    self.id = id
    self.piece = piece
  }
}

/// Frames texts as BERT does: `[CLS] A [SEP]`, and `[CLS] A [SEP] B [SEP]` with type 1 from B on.
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

  /// Returns how many special tokens are added.
  public func addedTokenCount(isPair: Bool) -> Int { template.addedTokenCount(isPair: isPair) }

  /// Puts the texts together.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    template.frame(first, second, addsSpecialTokens: addsSpecialTokens)
  }
}

/// Frames texts as RoBERTa does: `<s> A </s>`, and `<s> A </s> </s> B </s>`, all of type 0.
public struct RobertaPostProcessor: PostProcessor {
  /// The token before the first text.
  public let classification: FramingToken
  /// The token around each text.
  public let separator: FramingToken
  /// Trims the offsets of the texts.
  public let trimming: ByteLevelPostProcessor
  private let template: TemplatePostProcessor

  /// Creates a post-processor.
  ///
  /// - Parameters:
  ///   - classification: The token before the first text.
  ///   - separator: The token around each text.
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

  /// Returns how many special tokens are added.
  public func addedTokenCount(isPair: Bool) -> Int { template.addedTokenCount(isPair: isPair) }

  /// Trims the offsets.
  public func prepare(_ encoding: inout Encoding) { trimming.prepare(&encoding) }

  /// Puts the texts together.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    template.frame(first, second, addsSpecialTokens: addsSpecialTokens)
  }
}

extension [String: TemplatePostProcessor.Special] {
  fileprivate static func framing(
    _ start: FramingToken, _ end: FramingToken
  ) -> [String: TemplatePostProcessor.Special] {
    [
      "start": .init(ids: [start.id], pieces: [start.piece]),
      "end": .init(ids: [end.id], pieces: [end.piece]),
    ]
  }
}

/// Lets each of several post-processors prepare the texts; the last one that adds tokens frames
/// them.
public struct PostProcessorSequence: PostProcessor {
  /// The post-processors.
  public let postProcessors: [any PostProcessor]

  /// Creates a sequence.
  public init(_ postProcessors: [any PostProcessor]) { self.postProcessors = postProcessors }

  private var framing: (any PostProcessor)? {
    postProcessors.last { $0.addedTokenCount(isPair: false) > 0 } ?? postProcessors.last
  }

  /// Returns how many special tokens are added.
  public func addedTokenCount(isPair: Bool) -> Int { framing?.addedTokenCount(isPair: isPair) ?? 0 }

  /// Prepares a text.
  public func prepare(_ encoding: inout Encoding) {
    for postProcessor in postProcessors { postProcessor.prepare(&encoding) }
  }

  /// Puts the texts together.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    framing?.frame(first, second, addsSpecialTokens: addsSpecialTokens)
      ?? Encoding.joined(first, second)
  }
}
