extension Tokenizer {
  /// Makes a tokenizer whose tokens are characters, spaces included.
  ///
  /// - Parameters:
  ///   - lines: Texts to take the characters from; they are read once.
  ///   - unit: What counts as a character.
  /// - Returns: A tokenizer with the special tokens `<pad>`, `<unk>`, `<bos>`, `<eos>` at 0 to 3.
  public static func characters(
    from lines: some Sequence<String>, unit: CharacterPreTokenizer.Unit = .scalar
  ) -> Tokenizer {
    wordLevel(
      from: lines, normalizer: nil, preTokenizer: CharacterPreTokenizer(unit: unit),
      decoder: FuseDecoder(), minimumCount: 1, maximumSize: .max)
  }
}
