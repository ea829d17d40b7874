extension Tokenizer {
  /// Returns the identifiers of bytes, which need not be valid UTF-8.
  ///
  /// A byte-level model reads text up to the first byte that is none; from the piece that this
  /// byte touches on, everything is one piece, as in tiktoken.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - allowed: Which special tokens the text may become.
  /// - Returns: The identifiers; byte-level models give the same bytes back when decoding.
  public func encode(bytes: [UInt8], allowing allowed: AllowedSpecialTokens = .none) -> [Int] {
    bytes.withUnsafeBufferPointer { buffer in
      guard model.isByteLevel, normalizer == nil, let scanner,
        let end = UTF8Text.firstInvalidByte(in: bytes)
      else {
        return withTokens(of: buffer, allowing: allowed) { $0.map(Int.init) }
      }
      return workers.withWorker { worker in
        encodeBroken(buffer, validCount: end, scanner: scanner, with: worker)
      }
    }
  }

  private func encodeBroken(
    _ bytes: UnsafeBufferPointer<UInt8>, validCount: Int, scanner: any PieceScanner,
    with worker: TokenizerWorker
  ) -> [Int] {
    let text = worker.padded(bytes)
    var pieces: [Piece] = []
    var position = 0
    withUnsafeTemporaryAllocation(of: Piece.self, capacity: 256) { buffer in
      while position < validCount {
        let count = scanner.scan(text, from: &position, to: validCount, into: buffer)
        pieces.append(contentsOf: buffer[..<count])
      }
    }
    func append(_ pieces: [Piece]) {
      pieces.withUnsafeBufferPointer { worker.encoder.encode($0, of: text, into: &worker.spanned) }
    }
    worker.spanned.removeAll()
    append(pieces.dropLast())
    var kept = worker.spanned.count
    append(pieces.suffix(1))

    /// Line feeds and spaces might have been one piece, had the text gone on.
    func isSpace(_ token: Int) -> Bool {
      text[worker.spanned.spans[token].range].allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    }
    if kept < worker.spanned.count, isSpace(kept) {
      while kept > 0, isSpace(kept - 1) { kept -= 1 }
    }
    let rest = kept < worker.spanned.count ? Int(worker.spanned.spans[kept].start) : validCount
    var ids = (0..<kept).map { Int(worker.spanned.ids[$0]) }
    worker.spanned.removeAll()
    append([Piece(rest, bytes.count)])
    ids += (0..<worker.spanned.count).map { Int(worker.spanned.ids[$0]) }
    return ids
  }
}
