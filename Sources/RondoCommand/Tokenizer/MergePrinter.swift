import Foundation
import RondoText

/// Prints merges while they are learned, and their effect on watched words.
struct MergePrinter {
  private struct Watched {
    let word: String
    /// The pieces of the word, as they are cut before anything merges.
    var pieces: [MergeWatch]
  }

  private let printsAll: Bool
  private let isByteLevel: Bool
  private var watched: [Watched] = []
  /// Why standard output cannot be written, if it cannot.
  private(set) var failure: OutputError?

  /// Creates a printer.
  ///
  /// - Parameters:
  ///   - trainer: What will be trained.
  ///   - printsAll: Whether merges are printed that change no watched word.
  ///   - words: The words to watch.
  /// - Throws: `UsageError` if the trainer does not merge.
  init(_ trainer: TokenizerTrainer, printsAll: Bool, watched words: [String]) throws(UsageError) {
    self.printsAll = printsAll
    isByteLevel = trainer.units == .bytes
    guard printsAll || !words.isEmpty else { return }
    guard let units = trainer.units else {
      throw UsageError(
        "\(trainer.kind.rawValue) learns no merges to watch; "
          + "--trace and --watch go with bpe, byte-bpe, sentencepiece-bpe and wordpiece")
    }
    watched = words.map { word in
      Watched(
        word: word, pieces: trainer.pieces(of: word).map { MergeWatch($0, units: units) })
    }
  }

  /// Whether nothing is to be printed.
  var isIdle: Bool { !printsAll && watched.isEmpty }

  /// Prints the watched words as they are before the first merge.
  mutating func begin() {
    for watched in watched { write("\(column(nil))\(watched.word): \(spelled(watched))\n") }
  }

  /// Prints a merge.
  ///
  /// - Parameters:
  ///   - merge: The merge.
  ///   - status: A line on the terminal that is taken away first.
  mutating func show(_ merge: TrainedMerge, under status: TrainingStatus) {
    var lines = ""
    for place in watched.indices {
      let before = spelled(watched[place])
      var hasChanged = false
      for piece in watched[place].pieces.indices
      where watched[place].pieces[piece].apply(merge) {
        hasChanged = true
      }
      if hasChanged {
        let (word, after) = (watched[place].word, spelled(watched[place]))
        lines += "\(column(nil))\(word): \(before) → \(after)\n"
      }
    }
    guard printsAll || !lines.isEmpty else { return }
    let sides = [merge.left, merge.right].map(spelling).joined(separator: " ")
    status.clear()
    write(
      "\(column(merge.number))\(sides) → \(spelling(merge.merged))   "
        + "\(grouped(merge.count)) times\n" + lines)
  }

  private mutating func write(_ text: String) {
    if failure != nil { return }
    do throws(OutputError) {
      try Terminal.write(text)
    } catch {
      failure = error
    }
  }

  private func column(_ number: Int?) -> String {
    let text = number.map { String($0) } ?? ""
    return String(repeating: " ", count: max(0, 7 - text.count)) + text + "  "
  }

  private func spelled(_ watched: Watched) -> String {
    watched.pieces.map { $0.tokens.map(spelling).joined(separator: " ") }.joined(separator: " | ")
  }

  private func spelling(_ bytes: [UInt8]) -> String {
    isByteLevel ? PieceText.escaped(bytes) : String(decoding: bytes, as: UTF8.self)
  }
}
