@testable import RondoText

/// The words of a trainer, merged once more by counting all pairs anew before every merge.
struct MergeReplay {
  struct Pair: Hashable {
    let left: Int
    let right: Int
  }

  private var words: [(symbols: [Int], count: Int)] = []

  /// Cuts words into characters, all but the first behind a prefix; `numbers` are those of tokens.
  init(_ counts: WordCounts, continuingPrefix: String, numbers: [String: Int]) {
    counts.forEachWord { word, count in
      let scalars = String(decoding: word, as: UTF8.self).unicodeScalars
      let symbols = scalars.enumerated().compactMap {
        numbers[($0 == 0 ? "" : continuingPrefix) + String($1)]
      }
      words.append((symbols, count))
    }
  }

  /// The pair to be merged next: the most frequent, of equal ones that of the lowest numbers.
  var next: (pair: Pair, count: Int)? {
    var counts: [Pair: Int] = [:]
    for (symbols, count) in words {
      for (left, right) in zip(symbols, symbols.dropFirst()) {
        counts[Pair(left: left, right: right), default: 0] += count
      }
    }
    return counts.min {
      ($1.value, $0.key.left, $0.key.right) < ($0.value, $1.key.left, $1.key.right)
    }
    .map { ($0.key, $0.value) }
  }

  /// Merges a pair wherever it stands, from left to right.
  mutating func merge(_ pair: Pair, into merged: Int) {
    for i in words.indices where words[i].symbols.contains(pair.left) {
      var symbols: [Int] = []
      for symbol in words[i].symbols {
        if symbol == pair.right, symbols.last == pair.left {
          symbols[symbols.count - 1] = merged
        } else {
          symbols.append(symbol)
        }
      }
      words[i].symbols = symbols
    }
  }
}
