extension PieceScanner {
  /// Cuts text into runs of one class; one class is dropped, and of another every scalar is a piece.
  @inline(__always)
  func scanRuns(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>, classes: ScalarClasses, dropping dropped: UInt8,
    isolating isolated: UInt8
  ) -> Int {
    let cursor = ScalarCursor(text, to: end, classes: classes)
    var start = position
    var count = 0
    while count < pieces.count {
      start = cursor.endOfRun(of: dropped, from: start)
      if start >= end { break }
      let (found, length) = cursor.read(start)
      let next =
        found == isolated ? start &+ length : cursor.endOfRun(of: found, from: start &+ length)
      pieces[count] = Piece(start, next)
      count &+= 1
      start = next
    }
    position = start
    return count
  }
}
