/// Removes a character from the ends of each token, up to a maximum count.
public struct StrippingDecoder: TokenDecoder {
  /// The character.
  public let character: Unicode.Scalar
  /// The maximum number to remove at the beginning.
  public let startCount: Int
  /// The maximum number to remove at the end.
  public let endCount: Int

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - character: The character.
  ///   - startCount: The maximum number to remove at the beginning.
  ///   - endCount: The maximum number to remove at the end.
  public init(_ character: Unicode.Scalar, startCount: Int, endCount: Int) {
    self.character = character
    self.startCount = startCount
    self.endCount = endCount
  }

  /// Starts decoding a text.
  public func makeStream() -> any TokenDecodingStream {
    Stream(
      character: Array(String(character).utf8), startCount: startCount, endCount: endCount)
  }

  private struct Stream: TokenDecodingStream {
    let character: [UInt8]
    let startCount: Int
    let endCount: Int
    /// The number that may still be removed at the beginning of the current token.
    var left = 0
    /// The end of the current token, which may yet be removed.
    var held: [UInt8] = []
    var isHolding = false

    mutating func decode(_ token: DecodedToken) -> [DecodedToken] {
      var output: [DecodedToken] = []
      var bytes = token.bytes[...]
      if !token.isContinuation {
        output = finish()
        left = startCount
      }
      while left > 0, bytes.starts(with: character) {
        bytes = bytes.dropFirst(character.count)
        left -= 1
      }
      if !bytes.isEmpty { left = 0 }
      if endCount == 0 {
        return [DecodedToken(Array(bytes), isContinuation: token.isContinuation)]
      }
      held += bytes
      StepCounter.add(held.count)
      let certain = max(0, held.count - min(endCount, held.count) * character.count)
      output.append(
        DecodedToken(Array(held[..<certain]), isContinuation: token.isContinuation))
      held.removeFirst(certain)
      isHolding = true
      return output
    }

    mutating func finish() -> [DecodedToken] {
      guard isHolding else { return [] }
      var bytes = held[...]
      var right = endCount
      while right > 0, bytes.suffix(character.count).elementsEqual(character) {
        bytes = bytes.dropLast(character.count)
        right -= 1
      }
      held = []
      isHolding = false
      return [DecodedToken(Array(bytes), isContinuation: true)]
    }
  }
}
