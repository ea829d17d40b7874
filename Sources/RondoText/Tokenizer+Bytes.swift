extension Tokenizer {
  /// Whether any bytes, even invalid UTF-8, can be encoded and decoded without loss.
  public var keepsAnyBytes: Bool { model.isByteLevel && normalizer == nil }

  /// Returns the identifiers of bytes, which need not be valid UTF-8.
  ///
  /// A byte-level model splits text as usual up to the first invalid byte; from the piece next to
  /// that byte on, everything is one piece, as in tiktoken.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - allowed: The special tokens that are recognized in the text.
  /// - Returns: The identifiers; a byte-level model decodes them to the same bytes.
  public func encode(bytes: [UInt8], allowing allowed: AllowedSpecialTokens = .none) -> [Int] {
    bytes.withUnsafeBufferPointer { buffer in
      brokenTokens(of: buffer)?.map(\.id)
        ?? withTokens(of: buffer, allowing: allowed) { $0.map(Int.init) }
    }
  }

  /// A token of bytes that are not valid text.
  struct BrokenToken {
    var id: Int
    /// The bytes that it stands for.
    var span: Piece
    /// The piece that it comes from.
    var word: Int
  }

  /// Returns the tokens of bytes that are not valid UTF-8; `nil` if they are, or if the model is
  /// not byte-level and encodes them like any text.
  func brokenTokens(of bytes: UnsafeBufferPointer<UInt8>) -> [BrokenToken]? {
    guard model.isByteLevel, normalizer == nil, let scanner,
      let end = UTF8Text.firstInvalidByte(in: bytes)
    else { return nil }
    return workers.withWorker { worker in
      brokenTokens(of: bytes, validCount: end, scanner: scanner, with: worker)
    }
  }

  private func brokenTokens(
    of bytes: UnsafeBufferPointer<UInt8>, validCount: Int, scanner: any PieceScanner,
    with worker: TokenizerWorker
  ) -> [BrokenToken] {
    let text = worker.padded(bytes)
    var pieces: [Piece] = []
    var position = 0
    withUnsafeTemporaryAllocation(of: Piece.self, capacity: 256) { buffer in
      while position < validCount {
        let count = scanner.scan(text, from: &position, to: validCount, into: buffer)
        pieces.append(contentsOf: buffer[..<count])
      }
    }
    var tokens: [BrokenToken] = []
    func append(_ pieces: some Collection<Piece>, firstWord: Int) {
      for (index, piece) in pieces.enumerated() {
        worker.spanned.removeAll()
        withUnsafePointer(to: piece) {
          worker.encoder.encode(
            UnsafeBufferPointer(start: $0, count: 1), of: text, into: &worker.spanned)
        }
        for token in 0..<worker.spanned.count {
          tokens.append(
            BrokenToken(
              id: Int(worker.spanned.ids[token]), span: worker.spanned.spans[token],
              word: firstWord + index))
        }
      }
    }
    append(pieces.dropLast(), firstWord: 0)
    let kept = tokens.count
    append(pieces.suffix(1), firstWord: max(0, pieces.count - 1))

    /// Line feeds and spaces might have been one piece if the text had continued.
    func isSpace(_ token: BrokenToken) -> Bool {
      text[token.span.range].allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    }
    let isUncertain = kept < tokens.count && isSpace(tokens[kept])
    var rest = kept < tokens.count ? Int(tokens[kept].span.start) : validCount
    tokens.removeLast(tokens.count - kept)
    while isUncertain, let last = tokens.last, isSpace(last) {
      rest = Int(last.span.start)
      tokens.removeLast()
    }
    append([Piece(rest, bytes.count)], firstWord: (tokens.last?.word ?? -1) + 1)
    return tokens
  }
}
