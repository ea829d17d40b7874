/// The merges by which a byte-pair model encodes a piece, step by step.
///
/// ```text
/// l o w e r
/// l o w er
/// lo w er
/// low er
/// lower
/// ```
public struct MergeTrace: Hashable, Sendable {
  /// One merge.
  public struct Step: Hashable, Sendable {
    /// The position of the merged token among ``tokens``.
    public let position: Int
    /// The index of the merge in training order; for a model made from ranks, the rank.
    public let rank: Int
    /// The tokens after the merge, as identifiers.
    public let tokens: [Int]
  }

  /// The tokens before any merge.
  public let start: [Int]
  /// The merges in the order in which they are applied.
  public let steps: [Step]

  /// The tokens after all merges.
  public var end: [Int] { steps.last?.tokens ?? start }
}

extension BytePairModel {
  /// Merges one piece step by step and records the steps.
  ///
  /// The steps are those of the definition, and the result equals the encoder's, except that a
  /// piece that is a token is split here too.
  ///
  /// - Parameter piece: The piece, as a pre-tokenizer returns it.
  /// - Returns: The steps.
  public func trace(_ piece: String) -> MergeTrace { trace(piece: Array(piece.utf8)) }

  /// Merges one piece of any bytes step by step.
  func trace(piece: [UInt8]) -> MergeTrace {
    let merger = BytePairMerger(pairs: pairs)
    var tokens = piece.withUnsafeBufferPointer { bytes -> [UInt32] in
      let count = bytes.isEmpty ? 0 : unitTable.cut(bytes, into: merger)
      return Array(UnsafeBufferPointer(start: merger.symbols, count: count))
    }
    let start = tokens.map(Int.init)
    var steps: [MergeTrace.Step] = []
    while let (position, rank) = earliestMerge(in: tokens) {
      let merged = pairs.merged(tokens[position], tokens[position + 1], rank: rank)
      tokens.replaceSubrange(position...position + 1, with: [merged])
      steps.append(
        MergeTrace.Step(position: position, rank: Int(rank), tokens: tokens.map(Int.init)))
    }
    return MergeTrace(start: start, steps: steps)
  }

  private func earliestMerge(in tokens: [UInt32]) -> (position: Int, rank: UInt32)? {
    var best: (position: Int, rank: UInt32)?
    for position in tokens.indices.dropLast() {
      let rank = pairs.rank(tokens[position], tokens[position + 1])
      if rank < best?.rank ?? PairTable.never { best = (position, rank) }
    }
    return best
  }
}
