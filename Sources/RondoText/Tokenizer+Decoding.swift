extension Tokenizer {
  /// Returns the text of tokens.
  ///
  /// - Parameters:
  ///   - ids: The identifiers; unknown ones are left out.
  ///   - keepsSpecialTokens: Whether special tokens are spelled out; otherwise they are left out.
  /// - Returns: The text; bytes that are not UTF-8 become U+FFFD.
  public func decode(_ ids: [Int], keepsSpecialTokens: Bool = false) -> String {
    String(decoding: decodeBytes(ids, keepsSpecialTokens: keepsSpecialTokens), as: UTF8.self)
  }

  /// Returns the raw bytes of tokens.
  ///
  /// - Parameters:
  ///   - ids: The identifiers; unknown ones are left out.
  ///   - keepsSpecialTokens: Whether special tokens are spelled out; otherwise they are left out.
  /// - Returns: The bytes; with a byte-level model, exactly those that were encoded.
  public func decodeBytes(_ ids: [Int], keepsSpecialTokens: Bool = false) -> [UInt8] {
    var stream = (decoder ?? SpacedDecoder()).makeStream()
    var result: [UInt8] = []
    for id in ids {
      guard keepsSpecialTokens || !isSpecial(id), let bytes = bytes(of: id) else { continue }
      StepCounter.add(bytes.count)
      for token in stream.decode(DecodedToken(bytes)) { result += token.bytes }
    }
    for token in stream.finish() { result += token.bytes }
    return result
  }

  /// Returns, for each token, the number of scalars of the decoded text that begin before it.
  ///
  /// A token that begins inside a character counts from the start of that character.
  ///
  /// - Parameter ids: The identifiers.
  /// - Returns: A position for each token whose bytes are known.
  public func scalarStarts(of ids: [Int]) -> [Int] {
    var starts: [Int] = []
    var count = 0
    for id in ids {
      guard let bytes = bytes(of: id), let first = bytes.first else { continue }
      starts.append(max(0, count - (first & 0xC0 == 0x80 ? 1 : 0)))
      count += bytes.count { $0 & 0xC0 != 0x80 }
    }
    return starts
  }
}
