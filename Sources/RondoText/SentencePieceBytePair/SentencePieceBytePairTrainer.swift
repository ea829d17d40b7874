/// Trains byte-pair pieces on counted words, as a SentencePiece model.
///
/// The characters that cover nearly all of the text are pieces; all others are encoded as bytes.
/// Then the most frequent adjacent pair becomes a piece, over and over, but never across the border
/// between two scripts, or between letters and other characters.
///
/// The merges are those of ``BytePairTrainer``. SentencePiece breaks ties between equally frequent
/// pairs in another way, and recounts only pairs that look frequent, so the two libraries learn
/// nearly, but not exactly, the same pieces.
///
/// - Source: Sennrich, Haddow and Birch,
///   [Neural Machine Translation of Rare Words with Subword Units](https://arxiv.org/abs/1508.07909),
///   2016; bytes and coverage as in Kudo and Richardson,
///   [SentencePiece](https://arxiv.org/abs/1808.06226), 2018.
public struct SentencePieceBytePairTrainer: Sendable {
  /// The size of the vocabulary, special pieces and bytes included.
  public var vocabularySize: Int
  /// The minimum count of a pair to be merged.
  public var minimumCount = 1
  /// The unknown piece, which comes first in the vocabulary.
  public var unknownPiece = "<unk>"
  /// Control pieces, which text never produces; they come next.
  public var controlPieces = ["<s>", "</s>"]
  /// Whether unknown characters are encoded as byte tokens, for which 256 pieces come next.
  public var hasByteFallback = true
  /// The share of the text that the characters of the vocabulary must cover.
  public var characterCoverage = 0.9995
  /// The length of the longest piece in characters.
  public var longestPiece = 16
  /// Whether letters of different scripts, and letters and other signs, never share a piece.
  public var splitsScripts = true
  /// Whether a digit is always a piece of its own.
  public var splitsDigits = false

  /// Creates a trainer with SentencePiece's settings, and byte fallback.
  ///
  /// - Parameter vocabularySize: The size of the vocabulary, special pieces and bytes included.
  public init(vocabularySize: Int) { self.vocabularySize = vocabularySize }

  /// The result of training.
  public struct Training: Sendable {
    /// The vocabulary as a SentencePiece model without normalization; its settings may be changed
    /// before it is written.
    public var file: SentencePieceFile
    /// The model.
    public let model: SentencePieceBytePairModel
    /// The time and memory that training took.
    public let report: TrainingReport
  }

  /// Trains on counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts; each begins with U+2581 where a space came before it.
  ///   - observer: Receives progress reports at intervals.
  ///   - witness: Receives each merge as it is learned.
  /// - Returns: The trained model, with a report.
  /// - Throws: ``RondoTextError`` if training is impossible with these settings.
  public func train(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)? = nil,
    witness: ((TrainedMerge) -> Void)? = nil
  ) throws(RondoTextError) -> Training {
    try SentencePieceFile.check(vocabularySize: vocabularySize)
    let alphabet = CharacterCoverage(of: words, share: characterCoverage).kept.map(\.scalar)
    let reservedCount = 1 + controlPieces.count + (hasByteFallback ? 256 : 0)
    guard !alphabet.isEmpty, vocabularySize >= reservedCount + alphabet.count else {
      throw .untrainable(
        reason: "the text has \(alphabet.count) different characters; with \(reservedCount) "
          + "special pieces the vocabulary needs \(reservedCount + alphabet.count) places and has "
          + "\(vocabularySize)")
    }
    let pairs = BytePairTrainer(
      vocabularySize: vocabularySize - reservedCount, minimumCount: minimumCount,
      lengthLimit: longestPiece + 1)
    let training = try pairs.train(
      on: cut(words, alphabet: Set(alphabet)), observer: observer, witness: witness)
    let file = file(alphabet: alphabet, learned: training.model.vocabulary)
    return Training(
      file: file, model: try SentencePieceBytePairModel(file, name: "the trained model"),
      report: training.report)
  }

  /// Splits words where no piece may reach across, and at characters outside the alphabet, which
  /// are dropped.
  private func cut(_ words: WordCounts, alphabet: Set<UInt32>) -> WordCounts {
    var parts = WordCounts()
    words.forEachWord { word, count in
      var (start, position) = (0, 0)
      var group = ScriptGroup.any
      func finish() {
        if start < position {
          parts.add(UnsafeBufferPointer(rebasing: word[start..<position]), times: count)
        }
        start = position
        group = ScriptGroup.any
      }
      while position < word.count {
        let decoded = UTF8Text.decode(word, at: position)
        let isKnown = alphabet.contains(decoded.scalar)
        let isAlone =
          splitsDigits && ScalarProperties(of: decoded.scalar).category == .decimalNumber
        let next = splitsScripts ? ScriptGroup.of(decoded.scalar) : ScriptGroup.any
        let isBorder = next != ScriptGroup.any && group != ScriptGroup.any && next != group
        if !isKnown || isAlone || isBorder || decoded.scalar == 0x2581 { finish() }
        if next != ScriptGroup.any { group = next }
        position += decoded.count
        if !isKnown { start = position }
        if isAlone { finish() }
      }
      finish()
    }
    return parts
  }

  /// Describes the model: the earlier a piece was learned, the higher its score; characters come
  /// last, the most frequent first.
  private func file(alphabet: [UInt32], learned: Vocabulary) -> SentencePieceFile {
    var file = SentencePieceFile()
    file.algorithm = .bytePair
    file.hasByteFallback = hasByteFallback
    file.normalizationName = "identity"
    file.pieces = [SentencePieceFile.Piece(Array(unknownPiece.utf8), kind: .unknown)]
    file.pieces += controlPieces.map { .init(Array($0.utf8), kind: .control) }
    if hasByteFallback {
      file.pieces += (0...255).map { .init(ByteToken.name(of: $0), kind: .byte) }
    }
    let merged = (0..<learned.count).compactMap { learned.bytes(of: $0) }.dropFirst(alphabet.count)
    let characters = alphabet.map { Array(String(Unicode.Scalar($0) ?? "\u{FFFD}").utf8) }
    for (rank, bytes) in (Array(merged) + characters).enumerated() {
      file.pieces.append(.init(bytes, score: -Float(rank)))
    }
    return file
  }
}
