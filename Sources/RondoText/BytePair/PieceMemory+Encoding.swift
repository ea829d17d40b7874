extension PieceMemory {
  /// Writes the identifiers of pieces, and calls `work` for pieces that are not in the cache.
  ///
  /// - Parameters:
  ///   - pieces: The pieces.
  ///   - base: The text, readable for ``TokenBuffer/padding`` bytes after its end.
  ///   - first: Where to write the identifiers; there is space for all, and for four more.
  ///   - work: Writes the identifiers of a new piece and returns their number.
  /// - Returns: The number of identifiers written.
  @inline(__always)
  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of base: UnsafePointer<UInt8>,
    to first: UnsafeMutablePointer<UInt32>,
    _ work: (UnsafeBufferPointer<UInt8>, UnsafeMutablePointer<UInt32>) -> Int
  ) -> Int {
    var target = first
    var table = table
    for piece in pieces {
      let bytes = UnsafeBufferPointer(start: base + Int(piece.start), count: piece.count)
      if bytes.count > PieceTable.longestKey {
        target += encodeLong(bytes, to: target, work)
        continue
      }
      let key = PieceTable.Key(base + Int(piece.start), count: bytes.count)
      if let entry = table.entry(of: key) {
        target += PieceTable.copyIDs(of: entry, to: target)
      } else {
        let written = work(bytes, target)
        insert(key, ids: target, count: written)
        target += written
        table = self.table
      }
    }
    return target - first
  }

  private func encodeLong(
    _ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt32>,
    _ work: (UnsafeBufferPointer<UInt8>, UnsafeMutablePointer<UInt32>) -> Int
  ) -> Int {
    if bytes.count > Self.longestPiece { return work(bytes, target) }
    let key = PieceTable.Key(hashing: bytes)
    if let known = table.ids(ofLong: bytes, key: key), let ids = known.baseAddress {
      target.update(from: ids, count: known.count)
      return known.count
    }
    let written = work(bytes, target)
    insertLong(bytes, key: key, ids: target, count: written)
    return written
  }
}
