extension Tokenizer {
  /// Reads a SentencePiece model file, such as T5's `spiece.model` or Llama's `tokenizer.model`.
  ///
  /// Encoding gives SentencePiece's result: text never produces a control piece, and nothing is
  /// added around the text.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``RondoTextError`` if the file cannot be read, is damaged, or needs something that
  ///   is not supported.
  public init(sentencePiece path: String) throws(RondoTextError) {
    try self.init(try SentencePieceFile(contentsOf: path), name: path)
  }

  /// Creates a tokenizer from the description of a SentencePiece model.
  ///
  /// - Parameters:
  ///   - file: The description.
  ///   - name: The name of the file in error messages.
  ///   - postProcessor: Adds special tokens around the text, which SentencePiece itself never does.
  /// - Throws: ``RondoTextError`` if the description is damaged, or needs something that is not
  ///   supported.
  public init(
    _ file: SentencePieceFile, name: String, postProcessor: (any PostProcessor)? = nil
  ) throws(RondoTextError) {
    if file.hasDenormalizer {
      throw .unsupported(file: name, component: "a map for decoded text")
    }
    let model: any TokenModel
    switch file.algorithm {
    case .unigram: model = try UnigramModel(file, name: name)
    case .bytePair: model = try SentencePieceBytePairModel(file, name: name)
    case .word: throw .unsupported(file: name, component: "SentencePiece's model of whole words")
    case .character: throw .unsupported(file: name, component: "SentencePiece's character model")
    }
    let controls = file.pieces.enumerated().filter { $0.element.kind == .control }
    self.init(
      normalizer: try SentencePieceNormalizer(file, name: name), model: model,
      postProcessor: postProcessor, decoder: SentencePieceDecoder(file),
      addedTokens: controls.map {
        AddedToken(
          String(decoding: $0.element.bytes, as: UTF8.self), id: $0.offset, isSpecial: true)
      })
    sentencePieceFile = file
  }

  /// Writes a SentencePiece model file, which ``init(sentencePiece:)`` and SentencePiece read.
  ///
  /// Only a tokenizer that was made from such a model can be written, because the format cannot
  /// represent the components of others. Special tokens added around a text are not recorded.
  ///
  /// - Parameter path: The file, which is replaced as a whole.
  /// - Throws: ``RondoTextError`` if the tokenizer has another model, or the file cannot be
  ///   written.
  public func writeSentencePiece(to path: String) throws(RondoTextError) {
    guard let sentencePieceFile else {
      throw .inexpressible(
        file: path, component: "a tokenizer that was not made from a SentencePiece model")
    }
    try sentencePieceFile.write(to: path)
  }
}
