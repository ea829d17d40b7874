extension TokenizerTrainer {
  /// Whether the trained model can also be written as a SentencePiece model.
  public var hasSentencePieceFile: Bool {
    kind == .sentencePieceBytePair || kind == .unigram && normalizesNothing
  }

  /// Whether text is split without any normalization.
  var normalizesNothing: Bool { normalization == nil && !stripsAccents && !isLowercased }

  /// The special tokens that text never produces: all but the unknown one.
  private var controlPieces: [String] {
    specialTokens.filter { $0 != .unknown }.map(\.text)
  }

  /// Trains a SentencePiece byte-pair model; the tokenizer is that of the file.
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

  /// Trains a unigram model; the tokenizer has the components of Hugging Face's library.
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

  /// Moves the unknown piece, which trainers put first, to its place among the special tokens, and
  /// names the start and end pieces.
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
