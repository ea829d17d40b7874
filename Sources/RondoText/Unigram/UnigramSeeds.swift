/// The substrings from which a unigram trainer starts.
struct UnigramSeeds {
  struct Seed {
    /// Where it occurs first in the order of suffixes.
    var first: Int
    /// At how many positions it occurs.
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
  /// A group for each symbol: characters of different groups do not share a piece; 0 goes with all.
  private var groups: [UInt32] = [0]
  private var isSpace: [Bool] = [false]
  private var isDigit: [Bool] = [false]
  private let splitsDigits: Bool

  init(_ alphabet: [UInt32], trainer: UnigramTrainer) {
    splitsDigits = trainer.splitsDigits
    for value in alphabet {
      let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
      isSpace.append(value == 0x2581)
      isDigit.append(scalar.properties.numericType == .decimal)
      groups.append(value == 0x2581 || !trainer.splitsScripts ? 0 : Self.group(of: scalar))
    }
  }

  /// Returns a number for the script of a letter: kana goes with the Chinese characters, and other
  /// scripts are told apart by their blocks.
  private static func group(of scalar: Unicode.Scalar) -> UInt32 {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return 0
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: break
    default: return 1
    }
    switch scalar.value {
    case 0..<0x250, 0x1E00..<0x1F00, 0xFF21..<0xFF5B: return 2
    case 0x370..<0x400, 0x1F00..<0x2000: return 3
    case 0x400..<0x530, 0x1C80..<0x1C90: return 4
    case 0x600..<0x700, 0x750..<0x780, 0x8A0..<0x900, 0xFB50..<0xFE00, 0xFE70..<0xFF00: return 5
    case 0x1100..<0x1200, 0x3130..<0x3190, 0xAC00..<0xD7B0: return 6
    case 0x3005..<0x3130, 0x31F0..<0x3200, 0x3400..<0xA000, 0xF900..<0xFB00, 0xFF66..<0xFFA0,
      0x20000..<0x32000:
      return 7
    default: return 8 + scalar.value / 128
    }
  }

  func allows(_ symbols: UnsafeBufferPointer<UInt32>) -> Bool {
    var group: UInt32 = 0
    for (i, symbol) in symbols.enumerated() {
      let symbol = Int(symbol)
      if isSpace[symbol] && i > 0 || splitsDigits && isDigit[symbol] { return false }
      let next = groups[symbol]
      if next == 0 { continue }
      if group != 0 && group != next { return false }
      group = next
    }
    return true
  }
}
