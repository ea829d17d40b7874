/// Lets each of several post-processors prepare the texts; the last one that frames texts puts them
/// together.
public struct PostProcessorSequence: PostProcessor {
  /// The post-processors.
  public let postProcessors: [any PostProcessor]

  /// Creates a sequence.
  public init(_ postProcessors: [any PostProcessor]) { self.postProcessors = postProcessors }

  private var framing: (any PostProcessor)? { postProcessors.last { $0.isFraming } }

  /// Whether one of them frames texts.
  public var isFraming: Bool { framing != nil }

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
