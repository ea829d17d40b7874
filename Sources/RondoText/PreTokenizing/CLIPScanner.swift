/// Splits text as CLIP does: words, single digits and runs of symbols; white space is dropped.
///
/// ```text
/// 's|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+
/// ```
///
/// - Source: Radford et al.,
///   [Learning Transferable Visual Models From Natural Language Supervision](https://arxiv.org/abs/2103.00020),
///   2021, and the code that was released with it.
public struct CLIPScanner: PieceScanner {
  /// Creates the scanner.
  public init() {}

  /// Finds the next pieces.
  public func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    let runs = TextRuns(text, to: end)
    return cut(
      from: &position, to: end, into: pieces,
      startOfPiece: { runs.endOfRun(of: TextRuns.space, from: $0) },
      endOfPiece: { Self.endOfPiece(runs, from: $0) })
  }

  private static func endOfPiece(_ runs: TextRuns, from start: Int) -> Int {
    if runs.text[start] == UInt8(ascii: "'"), let end = runs.endOfContraction(from: start) {
      return end
    }
    let (found, count) = runs.read(start)
    return found == TextRuns.number ? start + count : runs.endOfRun(of: found, from: start + count)
  }
}
