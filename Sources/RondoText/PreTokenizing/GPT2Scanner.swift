/// Splits text as GPT-2 does: words, numbers and symbols, each with the space before it.
///
/// ```text
/// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
/// ```
///
/// - Source: Radford et al., Language Models are Unsupervised Multitask Learners, 2019, and the
///   code that was released with it.
public struct GPT2Scanner: PieceScanner {
  /// Creates the scanner.
  public init() {}

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    let runs = TextRuns(text, to: end)
    return cut(from: &position, to: end, into: pieces) { Self.endOfPiece(runs, from: $0) }
  }

  @inline(__always)
  private static func endOfPiece(_ runs: TextRuns, from start: Int) -> Int {
    let byte = runs.text[start]
    if byte == UInt8(ascii: " ") {
      let next = start &+ 1
      if next == runs.end { return next }
      let (found, count) = runs.read(next)
      if found == TextRuns.space { return runs.endOfSpace(from: start) }
      return runs.endOfRun(of: found, from: next &+ count)
    }
    if byte == UInt8(ascii: "'"), let end = runs.endOfContraction(from: start) { return end }
    let (found, count) = runs.read(start)
    if found == TextRuns.space { return runs.endOfSpace(from: start) }
    return runs.endOfRun(of: found, from: start &+ count)
  }
}
