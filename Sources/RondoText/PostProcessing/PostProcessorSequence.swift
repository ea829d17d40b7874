/// Applies several post-processors: each modifies the texts, and the last one that adds tokens or
/// types combines them.
public struct PostProcessorSequence: PostProcessor {
  /// The post-processors.
  public let postProcessors: [any PostProcessor]

  /// Creates a sequence.
  public init(_ postProcessors: [any PostProcessor]) { self.postProcessors = postProcessors }

  private var framing: (any PostProcessor)? { postProcessors.last { $0.isFraming } }

  /// Whether one of them combines texts in a special way.
  public var isFraming: Bool { framing != nil }

  /// Returns the number of special tokens that are added.
  public func addedTokenCount(isPair: Bool) -> Int { framing?.addedTokenCount(isPair: isPair) ?? 0 }

  /// Prepares a text.
  public func prepare(_ encoding: inout Encoding) {
    for postProcessor in postProcessors { postProcessor.prepare(&encoding) }
  }

  /// Combines the texts.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    framing?.frame(first, second, addsSpecialTokens: addsSpecialTokens)
      ?? Encoding.joined(first, second)
  }
}
