/// Merges selected as in the original WordPiece: by how much they raise the likelihood of the text.
///
/// ```text
/// score(ab) = count(ab) / (count(a) · count(b))
/// ```
///
/// A pair whose halves rarely occur apart comes first, however rare it is. Since a merge lowers the
/// counts of its halves, it raises the scores of all pairs that contain them, so every pair is
/// examined before each merge. Of equal scores, the pair that occurs first in the words wins.
///
/// - Source: Schuster and Nakajima, Japanese and Korean Voice Search, 2012, section 3; the formula
///   is that of the Hugging Face course,
///   [WordPiece tokenization](https://huggingface.co/learn/llm-course/chapter6/6).
struct LikelihoodMerges {
  /// Two neighbouring symbols.
  struct Pair: Hashable {
    var left: UInt32
    var right: UInt32
  }

  private var words: [(symbols: [UInt32], count: Int)]
  private var symbolCounts: [Int] = []
  /// The pairs in the order in which they came up.
  private var pairs: [Pair] = []
  /// The count of each pair.
  private var counts: [Int] = []
  /// The words in which each pair has occurred.
  private var wordsOfPairs: [[Int]] = []
  private var places: [Pair: Int] = [:]

  /// Counts the symbols and pairs of words.
  init(_ words: [(symbols: [UInt32], count: Int)]) {
    self.words = words
    for word in words.indices { count(word, times: words[word].count) }
  }

  /// The memory in use, in bytes.
  var byteCount: Int {
    words.reduce(8 * symbolCounts.count) { $0 + 4 * $1.symbols.count + 48 }
      + wordsOfPairs.reduce(0) { $0 + 8 * $1.count + 64 }
  }

  /// Returns the pair with the highest score, and its count.
  ///
  /// - Parameter minimumCount: The minimum count of a pair.
  /// - Returns: The pair, or `nil` if none is so frequent.
  func best(minimumCount: Int) -> (pair: Pair, count: Int)? {
    var best: (place: Int, score: Double, position: (Int, Int)?)?
    for place in pairs.indices where counts[place] >= max(1, minimumCount) {
      let pair = pairs[place]
      let halves =
        Double(symbolCounts[Int(pair.left)]) * Double(symbolCounts[Int(pair.right)])
      let score = Double(counts[place]) / halves
      guard let old = best, score <= old.score else {
        best = (place, score, nil)
        continue
      }
      if score < old.score { continue }
      let oldPosition = old.position ?? firstPosition(of: old.place, before: .max)
      let position = firstPosition(of: place, before: oldPosition.0 + 1)
      best =
        position < oldPosition ? (place, score, position) : (old.place, score, oldPosition)
    }
    return best.map { (pairs[$0.place], counts[$0.place]) }
  }

  /// Returns the word, among those before a limit, and the position in it at which a pair occurs
  /// first; the limit if there is none.
  private func firstPosition(of place: Int, before limit: Int) -> (Int, Int) {
    let pair = pairs[place]
    var first = (limit, 0)
    for word in wordsOfPairs[place] where word < first.0 {
      let symbols = words[word].symbols
      let position = symbols.indices.dropLast().first {
        symbols[$0] == pair.left && symbols[$0 + 1] == pair.right
      }
      if let position { first = (word, position) }
    }
    return first
  }

  /// Merges a pair in all words, from left to right.
  mutating func merge(_ pair: Pair, into merged: UInt32) {
    guard let place = places[pair] else { return }
    let affected = wordsOfPairs[place]
    wordsOfPairs[place] = []
    for word in affected {
      let old = words[word].symbols
      var new: [UInt32] = []
      var position = 0
      while position < old.count {
        if position + 1 < old.count, old[position] == pair.left, old[position + 1] == pair.right {
          new.append(merged)
          position += 2
        } else {
          new.append(old[position])
          position += 1
        }
      }
      // A word is listed again when a pair that had disappeared comes back.
      if new.count == old.count { continue }
      count(word, times: -words[word].count)
      words[word].symbols = new
      count(word, times: words[word].count)
    }
  }

  /// Adds `times` to the counts of the symbols and pairs of a word; `times` may be negative.
  private mutating func count(_ word: Int, times: Int) {
    let symbols = words[word].symbols
    for (position, symbol) in symbols.enumerated() {
      if symbolCounts.count <= Int(symbol) {
        symbolCounts += repeatElement(0, count: Int(symbol) + 1 - symbolCounts.count)
      }
      symbolCounts[Int(symbol)] += times
      guard position + 1 < symbols.count else { continue }
      let place = place(of: Pair(left: symbol, right: symbols[position + 1]))
      counts[place] += times
      if times > 0, wordsOfPairs[place].last != word { wordsOfPairs[place].append(word) }
    }
  }

  private mutating func place(of pair: Pair) -> Int {
    if let place = places[pair] { return place }
    places[pair] = pairs.count
    pairs.append(pair)
    counts.append(0)
    wordsOfPairs.append([])
    return pairs.count - 1
  }
}
