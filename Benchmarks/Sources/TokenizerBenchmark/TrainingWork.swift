import Foundation
import RondoText

/// Learns a vocabulary from documents.
struct TrainingWork {
  private let documents: [String]
  private let model: Job.Model
  private let vocabularySize: Int

  /// Prepares the work of a job.
  init(_ job: Job) throws {
    guard let model = job.model, let vocabularySize = job.vocabularySize else {
      throw TokenizerBenchmarkError.incomplete(job.name)
    }
    documents = try job.texts.flatMap { try Documents($0).strings }
    self.model = model
    self.vocabularySize = vocabularySize
  }

  /// Counts words and learns; returns what gives the merges, where the other library's can be
  /// compared.
  func train() throws -> (() -> [String])? {
    var words = WordCounts()
    switch model {
    case .bytePair:
      words.add(lines: documents, preTokenizer: ByteLevelPreTokenizer(addsPrefixSpace: false))
      let model = try BytePairTrainer.byteLevel(vocabularySize: vocabularySize)
        .train(on: words).model
      return {
        let spellings = Tokenizer(model: model)
        return model.merges.map { merge in
          [merge.left, merge.right].map { spellings.token(for: Int($0)) ?? "" }
            .joined(separator: " ")
        }
      }
    case .wordPiece:
      words.add(lines: documents, normalizer: BERTNormalizer(), preTokenizer: BERTPreTokenizer())
      let unknown = SpecialToken("[UNK]")
      _ = try WordPieceTrainer(vocabularySize: vocabularySize, specialTokens: [unknown])
        .train(on: words)
    case .unigram:
      for document in documents {
        words.add(
          lines: document.split(separator: "\n").map(String.init),
          preTokenizer: MetaspacePreTokenizer())
      }
      _ = try UnigramTrainer(vocabularySize: vocabularySize).train(on: words)
    }
    return nil
  }
}
