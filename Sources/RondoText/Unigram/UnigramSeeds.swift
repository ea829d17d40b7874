/// The substrings from which a unigram trainer starts.
struct UnigramSeeds {
  struct Seed {
    /// Where it occurs first in the order of suffixes.
    var first: Int
    /// The number of positions at which it occurs.
    var count: Int
    var length: Int
    var frequency: Int
  }

  /// The positions of the corpus in the order of their suffixes.
  let positions: [Int32]
  let seeds: [Seed]

  /// Finds the repeated substrings that may be pieces and cover the most text.
  init(_ corpus: UnigramCorpus, trainer: UnigramTrainer) {
    let rules = PieceRules(corpus.alphabet, trainer: trainer)
    var found: [Seed] = []
    var positions: [Int32] = []
    corpus.symbols.withUnsafeBufferPointer { symbols in
      corpus.weights.withUnsafeBufferPointer { weights in
        guard let text = symbols.baseAddress, let weight = weights.baseAddress else { return }
        let array = SuffixArray(text, count: symbols.count, depth: trainer.longestPiece + 1)
        positions = array.positions
        array.forEachRepeat(weights: weight) { node in
          let start = Int(array.positions[Int(node.first)])
          let length = Int(node.length)
          guard rules.allows(UnsafeBufferPointer(start: text + start, count: length)) else {
            return
          }
          found.append(
            Seed(
              first: Int(node.first), count: Int(node.count), length: length,
              frequency: node.frequency))
        }
      }
    }
    if found.count > trainer.seedCount {
      found.sort { $0.frequency * $0.length > $1.frequency * $1.length }
      found.removeLast(found.count - trainer.seedCount)
    }
    self.positions = positions
    seeds = found
  }
}

/// Which characters may share a piece.
private struct PieceRules {
  /// A group for each symbol: characters of different groups do not share a piece.
  private var groups = [ScriptGroup.any]
  private var isSpace: [Bool] = [false]
  private var isDigit: [Bool] = [false]
  private let splitsDigits: Bool

  init(_ alphabet: [UInt32], trainer: UnigramTrainer) {
    splitsDigits = trainer.splitsDigits
    for value in alphabet {
      isSpace.append(value == 0x2581)
      isDigit.append(ScalarProperties(of: value).category == .decimalNumber)
      groups.append(trainer.splitsScripts ? ScriptGroup.of(value) : ScriptGroup.any)
    }
  }

  func allows(_ symbols: UnsafeBufferPointer<UInt32>) -> Bool {
    var group = ScriptGroup.any
    for (i, symbol) in symbols.enumerated() {
      let symbol = Int(symbol)
      if isSpace[symbol] && i > 0 || splitsDigits && isDigit[symbol] { return false }
      let next = groups[symbol]
      if next == ScriptGroup.any { continue }
      if group != ScriptGroup.any && group != next { return false }
      group = next
    }
    return true
  }
}
