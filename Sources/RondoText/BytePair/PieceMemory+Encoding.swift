extension PieceMemory {
  /// Writes the identifiers of pieces, and asks for those of pieces that it has not seen.
  ///
  /// - Parameters:
  ///   - pieces: The pieces.
  ///   - base: The text, readable for ``TokenBuffer/padding`` bytes after its end.
  ///   - first: Where the identifiers go; there is room for all, and for four more.
  ///   - work: Writes the identifiers of a new piece and returns how many.
  /// - Returns: How many identifiers were written.
  @inline(__always)
  mutating func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of base: UnsafePointer<UInt8>,
    to first: UnsafeMutablePointer<UInt32>,
    _ work: (UnsafeBufferPointer<UInt8>, UnsafeMutablePointer<UInt32>) -> Int
  ) -> Int {
    var target = first
    for piece in pieces {
      let bytes = UnsafeBufferPointer(start: base + Int(piece.start), count: piece.count)
      if bytes.count > Self.longestKey {
        target += encodeLong(bytes, to: target, work)
        continue
      }
      let key = Key(base + Int(piece.start), count: bytes.count)
      let place = place(of: key)
      if entries[place].high != 0 {
        target += copyIDs(at: place, to: target)
      } else {
        let written = work(bytes, target)
        insert(key, at: place, ids: target, count: written)
        target += written
      }
    }
    return target - first
  }

  private mutating func encodeLong(
    _ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt32>,
    _ work: (UnsafeBufferPointer<UInt8>, UnsafeMutablePointer<UInt32>) -> Int
  ) -> Int {
    if bytes.count > Self.longestPiece { return work(bytes, target) }
    let hash = ByteHash.hash(bytes)
    if let known = longIDs(of: bytes, hash: hash), let ids = known.baseAddress {
      target.update(from: ids, count: known.count)
      return known.count
    }
    let written = work(bytes, target)
    insertLong(bytes, hash: hash, ids: target, count: written)
    return written
  }
}
