extension PieceScanner {
  /// Splits text into pieces, one after another, until the text or the space for pieces ends.
  ///
  /// - Parameters:
  ///   - position: Where the first piece may start; on return, where the next one may.
  ///   - end: The end of the text.
  ///   - pieces: Receives the pieces.
  ///   - startOfPiece: Skips text that belongs to no piece.
  ///   - endOfPiece: Finds the end of the piece that starts at a position before `end`.
  /// - Returns: The number of pieces.
  @inline(__always)
  func cut(
    from position: inout Int, to end: Int, into pieces: UnsafeMutableBufferPointer<Piece>,
    startOfPiece: (Int) -> Int = { $0 }, endOfPiece: (Int) -> Int
  ) -> Int {
    var start = position
    var count = 0
    while count < pieces.count {
      start = startOfPiece(start)
      if start >= end { break }
      let next = endOfPiece(start)
      pieces[count] = Piece(start, next)
      count &+= 1
      start = next
    }
    position = start
    return count
  }

  /// Splits text into runs of one class; one class is dropped, and another is split into scalars.
  @inline(__always)
  func scanRuns(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>, classes: ScalarClasses, dropping dropped: UInt8,
    isolating isolated: UInt8
  ) -> Int {
    let cursor = ScalarCursor(text, to: end, classes: classes)
    return cut(
      from: &position, to: end, into: pieces,
      startOfPiece: { cursor.endOfRun(of: dropped, from: $0) },
      endOfPiece: { start in
        let (found, length) = cursor.read(start)
        return found == isolated
          ? start &+ length : cursor.endOfRun(of: found, from: start &+ length)
      })
  }
}
