extension TokenizerTrainer {
  /// Whether the trained model can also be written as a SentencePiece model.
  public var hasSentencePieceFile: Bool {
    kind == .sentencePieceBytePair || kind == .unigram && normalizesNothing
  }

  /// Whether text is left as it is before it is cut.
  var normalizesNothing: Bool { normalization == nil && !stripsAccents && !isLowercased }

  /// The special tokens that text never becomes, which are all but the unknown one.
  private var controlPieces: [String] {
    specialTokens.filter { $0 != .unknown }.map(\.text)
  }

  /// Learns a SentencePiece model of byte pairs; the tokenizer is that of the file.
  func trainSentencePiece(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)?,
    witness: ((TrainedMerge) -> Void)?
  ) throws(RondoTextError) -> TrainedTokenizer {
    var trainer = SentencePieceBytePairTrainer(vocabularySize: vocabularySize)
    trainer.minimumCount = minimumCount
    trainer.unknownPiece = SpecialToken.unknown.text
    trainer.controlPieces = controlPieces
    let training = try trainer.train(on: words, observer: observer, witness: witness)
    let file = arranged(training.file)
    let tokenizer = try Tokenizer(file, name: "the trained model", postProcessor: postProcessor)
    return TrainedTokenizer(
      tokenizer: tokenizer, sentencePieceFile: file, report: training.report)
  }

  /// Learns a unigram model; the tokenizer has the components of Hugging Face's library.
  func trainUnigram(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)?
  ) throws(RondoTextError) -> TrainedTokenizer {
    var trainer = UnigramTrainer(vocabularySize: vocabularySize)
    trainer.unknownPiece = SpecialToken.unknown.text
    trainer.controlPieces = controlPieces
    let training = try trainer.train(on: words, observer: observer)
    var file = arranged(training.file)
    file.removesExtraSpaces = false
    let model = try UnigramModel(
      pieces: file.pieces.map { UnigramModel.Piece($0.bytes, score: Double($0.score)) },
      unknownID: specialTokens.firstIndex(of: .unknown), file: "the trained model")
    return TrainedTokenizer(
      tokenizer: tokenizer(of: model), sentencePieceFile: hasSentencePieceFile ? file : nil,
      report: training.report)
  }

  /// Puts the unknown piece, which trainers have first, where the special tokens have it, and names
  /// the pieces around a text.
  private func arranged(_ file: SentencePieceFile) -> SentencePieceFile {
    var file = file
    let unknown = file.pieces.removeFirst()
    file.pieces.insert(unknown, at: specialTokens.firstIndex(of: .unknown) ?? 0)
    file.startPiece = SpecialToken.start.text
    file.endPiece = SpecialToken.end.text
    file.paddingPiece = SpecialToken.padding.text
    return file
  }
}
