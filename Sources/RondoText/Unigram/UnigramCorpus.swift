/// The words of a corpus as rows of symbols, each followed by a zero.
struct UnigramCorpus {
  struct Word {
    var start: Int
    var length: Int
    var count: Int
  }

  /// The characters of the vocabulary, most frequent first; a symbol is a position plus one.
  let alphabet: [UInt32]
  /// The number of occurrences of each character.
  let characterCounts: [Int]
  private(set) var symbols: [UInt32] = []
  /// For each position, the count of its word.
  private(set) var weights: [Int32] = []
  private(set) var words: [Word] = []
  /// The number of words, weighted by their counts.
  private(set) var wordCount = 0

  /// Selects the characters that cover a share of the text, and splits the words at all others.
  init(_ counts: WordCounts, coverage: Double) {
    let kept = CharacterCoverage(of: counts, share: coverage).kept
    alphabet = kept.map(\.scalar)
    characterCounts = kept.map(\.count)
    var symbolOf: [UInt32: UInt32] = [:]
    for (i, scalar) in alphabet.enumerated() { symbolOf[scalar] = UInt32(i) + 1 }
    var symbols: [UInt32] = []
    var rows: [Word] = []
    counts.forEachWord { word, count in
      var start = symbols.count
      func finish() {
        if symbols.count > start {
          rows.append(Word(start: start, length: symbols.count - start, count: count))
          symbols.append(0)
        }
        start = symbols.count
      }
      UTF8Text.forEachScalar(of: word) { scalar in
        if let symbol = symbolOf[scalar] { symbols.append(symbol) } else { finish() }
      }
      finish()
    }
    self.symbols = symbols
    words = rows
    weights = [Int32](repeating: 0, count: symbols.count)
    for word in rows {
      wordCount += word.count
      let weight = Int32(clamping: word.count)
      for position in word.start..<word.start + word.length { weights[position] = weight }
    }
  }

  /// The memory in use.
  var byteCount: Int {
    8 * symbols.count + words.count * MemoryLayout<Word>.stride + 8 * alphabet.count
  }

  /// Returns the bytes of symbols.
  func spelling(ofSymbols symbols: some Sequence<UInt32>) -> [UInt8] {
    var bytes: [UInt8] = []
    for symbol in symbols { UTF8Text.append(alphabet[Int(symbol) - 1], to: &bytes) }
    return bytes
  }

  /// Returns the bytes of the symbols at a position.
  func spelling(at position: Int, count: Int) -> [UInt8] {
    spelling(ofSymbols: symbols[position..<position + count])
  }
}
