/// Combines one or two encoded texts, and adds special tokens.
public protocol PostProcessor: Sendable {
  /// Returns the number of special tokens that are added.
  ///
  /// - Parameter isPair: Whether there are two texts.
  /// - Returns: The number of tokens in addition to those of the texts.
  func addedTokenCount(isPair: Bool) -> Int

  /// Whether the texts are combined in a special way, with added tokens or types.
  var isFraming: Bool { get }

  /// Modifies each text before they are combined, for example its offsets.
  func prepare(_ encoding: inout Encoding)

  /// Combines the texts.
  ///
  /// - Parameters:
  ///   - first: The first text.
  ///   - second: The second text, if there are two.
  ///   - addsSpecialTokens: Whether to add special tokens.
  /// - Returns: One encoding.
  func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding
}

extension PostProcessor {
  /// True, unless a post-processor says otherwise.
  public var isFraming: Bool { true }

  /// Adds no tokens.
  public func addedTokenCount(isPair: Bool) -> Int { 0 }

  /// Changes nothing.
  public func prepare(_ encoding: inout Encoding) {}

  /// Appends the second text to the first, with type 1.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    Encoding.joined(first, second)
  }
}

extension Encoding {
  /// Appends the second text to the first, with type 1.
  static func joined(_ first: Encoding, _ second: Encoding?) -> Encoding {
    var result = first
    result.setTypeID(0)
    guard var second else { return result }
    second.setTypeID(1)
    result.append(second)
    return result
  }
}
