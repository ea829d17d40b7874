/// Decodes tokens as they arrive, and holds back incomplete characters.
///
/// The pieces of text, concatenated, equal the result of
/// ``Tokenizer/decode(_:keepsSpecialTokens:)`` for all tokens at once.
///
/// ```swift
/// var decoder = StreamingDecoder(tokenizer)
/// for id in generated { print(decoder.decode(id), terminator: "") }
/// print(decoder.finish())
/// ```
public struct StreamingDecoder {
  private let tokenizer: Tokenizer
  private let keepsSpecialTokens: Bool
  private var stream: any TokenDecodingStream
  private var pending: [UInt8] = []

  /// Creates a decoder at the beginning of a text.
  ///
  /// - Parameters:
  ///   - tokenizer: The tokenizer.
  ///   - keepsSpecialTokens: Whether special tokens are spelled out.
  public init(_ tokenizer: Tokenizer, keepsSpecialTokens: Bool = false) {
    self.tokenizer = tokenizer
    self.keepsSpecialTokens = keepsSpecialTokens
    stream = (tokenizer.decoder ?? SpacedDecoder()).makeStream()
  }

  /// Adds a token, and returns the text that is final so far, often none.
  public mutating func decode(_ id: Int) -> String {
    guard keepsSpecialTokens || !tokenizer.isSpecial(id), let bytes = tokenizer.bytes(of: id)
    else { return "" }
    for token in stream.decode(DecodedToken(bytes)) { pending += token.bytes }
    StepCounter.add(bytes.count + pending.count)
    let certain = pending.count - lengthOfUnfinishedCharacter
    defer { pending.removeFirst(certain) }
    return String(decoding: pending[..<certain], as: UTF8.self)
  }

  /// Returns the text that was held back, and starts a new text.
  public mutating func finish() -> String {
    for token in stream.finish() { pending += token.bytes }
    StepCounter.add(pending.count)
    defer {
      pending = []
      stream = (tokenizer.decoder ?? SpacedDecoder()).makeStream()
    }
    return String(decoding: pending, as: UTF8.self)
  }

  /// The number of bytes at the end that may be the beginning of a character.
  private var lengthOfUnfinishedCharacter: Int {
    for length in 1...3 where length <= pending.count {
      let byte = pending[pending.count - length]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte < 0xC2 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 1
      return needed > length ? length : 0
    }
    return 0
  }
}
