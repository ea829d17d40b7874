extension Tokenizer {
  /// Creates a tokenizer whose tokens are characters, including spaces.
  ///
  /// - Parameters:
  ///   - lines: The texts from which to collect the characters, read once.
  ///   - unit: The definition of a character.
  /// - Returns: A tokenizer with the special tokens `<pad>`, `<unk>`, `<bos>`, `<eos>` at 0 to 3.
  public static func characters(
    from lines: some Sequence<String>, unit: CharacterPreTokenizer.Unit = .scalar
  ) -> Tokenizer {
    wordLevel(
      from: lines, normalizer: nil, preTokenizer: CharacterPreTokenizer(unit: unit),
      decoder: FuseDecoder(), minimumCount: 1, maximumSize: .max)
  }
}
