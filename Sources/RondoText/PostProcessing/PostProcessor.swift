/// Puts one or two encoded texts together, with special tokens around them.
public protocol PostProcessor: Sendable {
  /// Returns how many special tokens are added.
  ///
  /// - Parameter isPair: Whether there are two texts.
  /// - Returns: The number of tokens that come on top of those of the texts.
  func addedTokenCount(isPair: Bool) -> Int

  /// Whether the texts are put together in a way of its own, with tokens or types.
  var isFraming: Bool { get }

  /// Changes the texts before they are put together, such as their offsets.
  func prepare(_ encoding: inout Encoding)

  /// Puts the texts together.
  ///
  /// - Parameters:
  ///   - first: The first text.
  ///   - second: The second text, if there are two.
  ///   - addsSpecialTokens: Whether special tokens are wanted.
  /// - Returns: One encoding.
  func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding
}

extension PostProcessor {
  /// Frames texts.
  public var isFraming: Bool { true }

  /// Adds no tokens.
  public func addedTokenCount(isPair: Bool) -> Int { 0 }

  /// Changes nothing.
  public func prepare(_ encoding: inout Encoding) {}

  /// Puts the second text after the first, of type 1.
  public func frame(_ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool) -> Encoding {
    Encoding.joined(first, second)
  }
}

extension Encoding {
  /// Puts the second text after the first, of type 1.
  static func joined(_ first: Encoding, _ second: Encoding?) -> Encoding {
    var result = first
    result.setTypeID(0)
    guard var second else { return result }
    second.setTypeID(1)
    result.append(second)
    return result
  }
}
