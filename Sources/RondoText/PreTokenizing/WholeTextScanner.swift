/// A scanner that does not split.
struct WholeTextScanner: PieceScanner {
  func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    if position >= end { return 0 }
    pieces[0] = Piece(position, end)
    position = end
    return 1
  }
}
