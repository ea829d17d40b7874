/// Random symbols to copy, reverse or sort.
///
/// The right alignment is known for every output, so these tasks show whether attention learns it.
public struct SymbolTask: ExampleGenerator, Hashable {
  /// What to do with the symbols.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Repeat them in the same order.
    case copy
    /// Repeat them in reverse order.
    case reverse
    /// Repeat them in increasing order.
    case sort
  }

  /// What to do with the symbols.
  public let kind: Kind
  /// The number of different symbols.
  public let symbolCount: Int
  /// The range of lengths, each equally likely.
  public let lengths: ClosedRange<Int>
  /// The identifier of the first symbol; lower ones are reserved for special tokens.
  public let firstID: Int

  /// Creates a task.
  ///
  /// - Parameters:
  ///   - kind: What to do with the symbols.
  ///   - symbolCount: The number of different symbols.
  ///   - lengths: The range of lengths, each equally likely.
  ///   - firstID: The identifier of the first symbol.
  public init(_ kind: Kind, symbolCount: Int, lengths: ClosedRange<Int>, firstID: Int = 4) {
    guard symbolCount > 0, lengths.lowerBound >= 0, firstID >= 0 else {
      fatalError(
        "a task needs a symbol and lengths of 0 or more, got \(symbolCount) symbols, "
          + "lengths \(lengths) and first identifier \(firstID)")
    }
    (self.kind, self.symbolCount, self.lengths, self.firstID) = (
      kind, symbolCount, lengths, firstID
    )
  }

  /// The number of identifiers, including those of special tokens.
  public var vocabularySize: Int { firstID + symbolCount }

  /// Draws a length and then that many symbols.
  public func draw(using generator: inout SplitMix64) -> ParallelExample {
    let length = generator.number(in: lengths)
    let source = (0..<length).map { _ in firstID + generator.number(below: symbolCount) }
    return ParallelExample(source: source, target: order(of: source).map { source[$0] })
  }

  /// Returns the source.
  public func identity(of example: ParallelExample) -> [Int] { example.source }

  /// Returns, for each target position, the source position from which its symbol comes.
  ///
  /// Sorting is stable: equal symbols keep their order.
  public func alignment(of example: ParallelExample) -> [Int] { order(of: example.source) }

  private func order(of source: [Int]) -> [Int] {
    switch kind {
    case .copy: Array(source.indices)
    case .reverse: source.indices.reversed()
    case .sort: source.indices.sorted { (source[$0], $0) < (source[$1], $1) }
    }
  }
}

extension SymbolTask {
  /// Returns an example as text, one word per symbol: `d a c` and `c a d`.
  ///
  /// - Parameter example: An example of this task.
  /// - Returns: Source and target, each symbol of the target aligned with the one it comes from.
  public func pair(of example: ParallelExample) -> AlignedPair {
    var pair = AlignedPairBuilder()
    var places: [Range<Int>] = []
    for (index, id) in example.source.enumerated() {
      if index > 0 { pair.read(" ") }
      places.append(pair.read(word(for: id)))
    }
    for (index, origin) in alignment(of: example).enumerated() {
      if index > 0 { pair.write(" ", from: nil) }
      pair.write(word(for: example.source[origin]), from: places[origin])
    }
    return pair.pair
  }

  /// The letters of the alphabet, then the letters with a number.
  private func word(for id: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let (round, letter) = (id - firstID).quotientAndRemainder(dividingBy: letters.count)
    return "\(letters[letter])\(round == 0 ? "" : "\(round)")"
  }
}
