/// Applies pre-tokenizers one after another, each to the pieces of the one before.
public struct PreTokenizerSequence: PreTokenizer {
  /// The pre-tokenizers.
  public let preTokenizers: [any PreTokenizer]

  /// Creates a sequence.
  public init(_ preTokenizers: [any PreTokenizer]) { self.preTokenizers = preTokenizers }

  /// The only scanner that does anything, if there is one.
  public var scanner: (any PieceScanner)? {
    let scanners = preTokenizers.map(\.scanner)
    guard scanners.allSatisfy({ $0 != nil }) else { return nil }
    let cutting = scanners.compactMap { $0 }.filter { !($0 is WholeTextScanner) }
    return cutting.count > 1 ? nil : cutting.first ?? WholeTextScanner()
  }

  /// Splits each piece.
  public func split(_ text: inout PreTokenizedText) {
    for preTokenizer in preTokenizers { preTokenizer.split(&text) }
  }
}
