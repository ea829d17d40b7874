/// The standard BLEU tokenizer: NIST's `mteval-v13a`, as implemented by sacreBLEU.
///
/// Punctuation is split off as separate tokens, except the apostrophe, and except a period or comma
/// between digits; a hyphen is split off only after a digit. The original is a sequence of regular
/// expressions; here each is one pass over the text, in the same order.
///
/// - Source: Post, [A Call for Clarity in Reporting BLEU Scores](https://arxiv.org/abs/1804.08771),
///   2018, and its program sacreBLEU 2.6.0, `tokenizer_13a.py` and `tokenizer_re.py`.
enum Tokenizer13a {
  /// Returns the tokens of a segment.
  static func tokens(of segment: ArraySlice<Unicode.Scalar>) -> [Scalars] {
    var text = Array(segment)
    for (pattern, replacement) in rewriting { text = text.replacing(pattern, by: replacement) }

    let spaced = [" "] + text + [" "]
    return spaced.splittingSymbols
      .splittingPairs {
        !$0.isDigit && $1.isPoint
      } join: {
        [$0, " ", $1, " "]
      }
      .splittingPairs {
        $0.isPoint && !$1.isDigit
      } join: {
        [" ", $0, " ", $1]
      }
      .splittingPairs {
        $0.isDigit && $1 == "-"
      } join: {
        [$0, " ", $1, " "]
      }
      .words.map(Array.init)
  }

  /// The replacements before splitting, in order: each applies to the result of the one before it.
  private static let rewriting: [(pattern: Scalars, replacement: Scalars)] = [
    ("<skipped>", ""), ("-\n", ""), ("\n", " "),
    ("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"),
  ].map { (Scalars($0), Scalars($1)) }
}

extension Scalars {
  /// Replaces each occurrence of a pattern, from left to right.
  fileprivate func replacing(_ pattern: Scalars, by replacement: Scalars) -> Scalars {
    guard contains(pattern[0]) else { return self }
    var result: Scalars = []
    var place = 0
    while place < count {
      if self[place...].starts(with: pattern) {
        result += replacement
        place += pattern.count
      } else {
        result.append(self[place])
        place += 1
      }
    }
    return result
  }

  /// Puts a space on both sides of each symbol.
  fileprivate var splittingSymbols: Scalars {
    flatMap { $0.isSymbol ? [" ", $0, " "] : [$0] }
  }

  /// Rewrites adjacent pairs, from left to right; matches do not overlap.
  fileprivate func splittingPairs(
    _ isPair: (Unicode.Scalar, Unicode.Scalar) -> Bool,
    join: (Unicode.Scalar, Unicode.Scalar) -> Scalars
  ) -> Scalars {
    var result: Scalars = []
    result.reserveCapacity(2 * count)
    var place = 0
    while place < count {
      if place + 1 < count, isPair(self[place], self[place + 1]) {
        result += join(self[place], self[place + 1])
        place += 2
      } else {
        result.append(self[place])
        place += 1
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

  fileprivate var isPoint: Bool { self == "." || self == "," }

  /// Whether the scalar is ASCII punctuation, or a space, but neither of `'` `,` `-` `.`.
  fileprivate var isSymbol: Bool {
    switch self {
    case " "..."&", "("..."+", "/", ":"..."@", "["..."`", "{"..."~": true
    default: false
    }
  }
}
