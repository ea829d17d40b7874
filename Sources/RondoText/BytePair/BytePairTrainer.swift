/// Trains byte-pair merges on counted words, exactly as Hugging Face's trainer does.
///
/// The most frequent pair of adjacent symbols is merged into a new symbol, over and over; of pairs
/// with equal counts, the one with the lowest identifiers is merged first.
///
/// Symbols with a prefix or suffix are numbered here in the order of the words, and in Hugging
/// Face's trainer in the order of a hash table, which differs from run to run. With the same
/// numbers, as ``specialTokens`` can fix them, merges and vocabulary are the same.
///
/// ```text
/// low lower lowest newer  →  l o → lo,  lo w → low,  e r → er,  low er → lower …
/// ```
///
/// - Source: Sennrich, Haddow and Birch,
///   [Neural Machine Translation of Rare Words with Subword Units](https://arxiv.org/abs/1508.07909),
///   2016, algorithm 1.
public struct BytePairTrainer: Sendable {
  /// The target size of the vocabulary.
  public var vocabularySize: Int
  /// The minimum count of a pair to be merged.
  public var minimumCount: Int
  /// Special tokens, which come first in the vocabulary.
  public var specialTokens: [SpecialToken]
  /// The units of words before any merge; unknown tokens and fallbacks do not affect training.
  public var units: BytePairModel.Units
  /// Characters that are in the vocabulary even if they occur in no word.
  public var initialAlphabet: Set<Unicode.Scalar>
  /// The maximum number of distinct characters, the most frequent ones; others are removed from
  /// their words.
  public var alphabetLimit: Int?
  /// The length in units that a merged token must stay below, or `nil` for no limit.
  public var lengthLimit: Int?

  /// Creates a trainer.
  ///
  /// - Parameters:
  ///   - vocabularySize: The target size of the vocabulary.
  ///   - minimumCount: The minimum count of a pair to be merged.
  ///   - specialTokens: Special tokens, which come first in the vocabulary.
  ///   - units: The units of words before any merge.
  ///   - initialAlphabet: Characters that are in the vocabulary in any case; for a byte-level
  ///     model, see ``byteLevel(vocabularySize:minimumCount:specialTokens:)``.
  ///   - alphabetLimit: The maximum number of distinct characters.
  ///   - lengthLimit: The length in units that a merged token must stay below.
  public init(
    vocabularySize: Int, minimumCount: Int = 0, specialTokens: [SpecialToken] = [],
    units: BytePairModel.Units = .characters(CharacterUnits()),
    initialAlphabet: Set<Unicode.Scalar> = [], alphabetLimit: Int? = nil, lengthLimit: Int? = nil
  ) {
    self.vocabularySize = vocabularySize
    self.minimumCount = minimumCount
    self.specialTokens = specialTokens
    self.units = units
    self.initialAlphabet = initialAlphabet
    self.alphabetLimit = alphabetLimit
    self.lengthLimit = lengthLimit
  }

  /// Creates a trainer of byte-level models, whose vocabulary includes all 256 bytes.
  ///
  /// - Parameters:
  ///   - vocabularySize: The target size of the vocabulary.
  ///   - minimumCount: The minimum count of a pair to be merged.
  ///   - specialTokens: Special tokens, which come first in the vocabulary.
  /// - Returns: A trainer.
  public static func byteLevel(
    vocabularySize: Int, minimumCount: Int = 0, specialTokens: [SpecialToken] = []
  ) -> BytePairTrainer {
    BytePairTrainer(
      vocabularySize: vocabularySize, minimumCount: minimumCount, specialTokens: specialTokens,
      units: .bytes, initialAlphabet: Set(ByteAlphabet.scalars.compactMap(Unicode.Scalar.init)))
  }

  /// Trains on counted words.
  ///
  /// - Parameters:
  ///   - words: The words and their counts, as a pre-tokenizer returns them.
  ///   - observer: Receives progress reports at intervals.
  ///   - witness: Receives each merge as it is learned.
  /// - Returns: The trained model, with a report.
  /// - Throws: ``RondoTextError`` if training is impossible with these settings.
  public func train(
    on words: WordCounts, observer: ((TokenizerProgress) -> Void)? = nil,
    witness: ((TrainedMerge) -> Void)? = nil
  ) throws(RondoTextError) -> BytePairTraining {
    guard vocabularySize <= BytePairModel.limits.tokens else {
      throw .untrainable(
        reason: "a vocabulary of \(vocabularySize) tokens was asked for, and the most is "
          + "\(BytePairModel.limits.tokens)")
    }
    var report = TrainingReport()
    report.wordCount = words.count
    var stopwatch = Stopwatch()
    observer?(TokenizerProgress(phase: "cutting words", completed: 0, total: words.count))
    var tokens = alphabet(of: words)
    var rows = TrainingWords(lengthLimit: lengthLimit ?? .max)
    tokens.cut(words, into: &rows)
    report.phases.append(stopwatch.lap("cutting words"))
    observer?(TokenizerProgress(phase: "counting pairs", completed: 0, total: words.count))
    var merger = TrainingMerger(words: rows, symbolCount: max(vocabularySize, tokens.count))
    report.phases.append(stopwatch.lap("counting pairs"))
    let merges = merge(
      with: &merger, tokens: &tokens, report: &report, observer: observer, witness: witness)
    report.phases.append(stopwatch.lap("merging"))
    return try tokens.finish(merges: merges, units: units, report: report)
  }

  /// Assigns identifiers to the special tokens and the characters of the words.
  private func alphabet(of words: WordCounts) -> TrainingTokens {
    var tokens = TrainingTokens(units: units)
    for token in specialTokens { tokens.addSpecial(token.text) }
    var counts = tokens.unitCounts(of: words)
    for unit in initialAlphabet.map({ Int($0.value) }) {
      if unit >= counts.count { counts += repeatElement(0, count: unit + 1 - counts.count) }
      counts[unit] = .max
    }
    var kept = counts.indices.filter { counts[$0] > 0 }
    if let alphabetLimit, kept.count > alphabetLimit {
      kept.sort { (counts[$0], $1) > (counts[$1], $0) }
      kept = kept.prefix(alphabetLimit).sorted()
    }
    for unit in kept { tokens.addUnit(UInt32(unit)) }
    return tokens
  }

  private func merge(
    with merger: inout TrainingMerger, tokens: inout TrainingTokens, report: inout TrainingReport,
    observer: ((TokenizerProgress) -> Void)?, witness: ((TrainedMerge) -> Void)?
  ) -> [LearnedMerge] {
    var merges: [LearnedMerge] = []
    while tokens.count < vocabularySize, let top = merger.next(atLeast: max(1, minimumCount)) {
      let merged = tokens.join(top.left, top.right)
      merges.append(
        LearnedMerge(left: top.left, right: top.right, merged: merged, count: top.count))
      if let witness {
        witness(
          TrainedMerge(
            number: merges.count, left: tokens.bytes[Int(top.left)],
            right: tokens.bytes[Int(top.right)], merged: tokens.bytes[Int(merged)],
            count: top.count))
      }
      merger.merge(top, into: merged)
      if merges.count % 1024 == 0 {
        report.note(memory: merger.byteCount)
        observer?(
          TokenizerProgress(phase: "merging", completed: tokens.count, total: vocabularySize))
      }
    }
    report.note(memory: merger.byteCount)
    return merges
  }
}
