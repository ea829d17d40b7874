extension PieceScanner {
  /// Cuts text into pieces, one after the other, until there is no more text or no more room.
  ///
  /// - Parameters:
  ///   - position: Where the first piece may start; becomes where the next one may.
  ///   - end: Where the text ends.
  ///   - pieces: Where the pieces go.
  ///   - startOfPiece: Passes over what is in no piece.
  ///   - endOfPiece: Finds the end of the piece that starts at a place before `end`.
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

  /// Cuts text into runs of one class; one class is dropped, and of another every scalar is a piece.
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
