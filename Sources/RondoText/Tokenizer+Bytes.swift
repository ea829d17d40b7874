extension Tokenizer {
  /// Whether any bytes, even invalid UTF-8, can be encoded and decoded without loss.
  public var keepsAnyBytes: Bool { model.isByteLevel && normalizer == nil }

  /// Returns the identifiers of bytes, which need not be valid UTF-8.
  ///
  /// Added tokens are matched first, as in text. Between them, a byte-level model splits text as
  /// usual up to the first invalid byte; from the piece next to that byte on, everything is one
  /// piece, as in tiktoken.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - allowed: The special tokens that are recognized in the text.
  /// - Returns: The identifiers; a byte-level model decodes them to the same bytes.
  public func encode(bytes: [UInt8], allowing allowed: AllowedSpecialTokens = .none) -> [Int] {
    bytes.withUnsafeBufferPointer { buffer in
      brokenTokens(of: buffer, allowing: allowed)?.map(\.id)
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
    /// Whether it was found as an added token.
    var isAdded = false
  }

  /// Returns the tokens of bytes that are not valid UTF-8; `nil` if they are, or if the model is
  /// not byte-level and encodes them like any text.
  func brokenTokens(
    of bytes: UnsafeBufferPointer<UInt8>, allowing allowed: AllowedSpecialTokens
  ) -> [BrokenToken]? {
    guard model.isByteLevel, normalizer == nil, let scanner,
      UTF8Text.firstInvalidByte(in: bytes) != nil
    else { return nil }
    let finders = self.finders.finding(allowed)
    return workers.withWorker { worker in
      let text = worker.padded(bytes)
      var tokens: [BrokenToken] = []
      func append(_ id: Int?, _ range: Range<Int>) {
        let word = (tokens.last?.word ?? -1) + 1
        if let id {
          let span = Piece(range.lowerBound, range.upperBound)
          tokens.append(BrokenToken(id: id, span: span, word: word, isAdded: true))
        } else {
          tokens += brokenTokens(
            of: text, in: range, firstWord: word, scanner: scanner, with: worker)
        }
      }
      finders.raw.forEachStretch(of: text) { id, range in
        if id != nil { return append(id, range) }
        let part = UnsafeBufferPointer(rebasing: text[range])
        finders.normalized.forEachStretch(of: part) {
          append($0, $1.lowerBound + range.lowerBound..<$1.upperBound + range.lowerBound)
        }
      }
      return tokens
    }
  }

  /// Returns the tokens of a stretch of padded bytes between added tokens.
  private func brokenTokens(
    of text: UnsafeBufferPointer<UInt8>, in range: Range<Int>, firstWord: Int,
    scanner: any PieceScanner, with worker: TokenizerWorker
  ) -> [BrokenToken] {
    let invalid = UTF8Text.firstInvalidByte(in: UnsafeBufferPointer(rebasing: text[range]))
    let end = invalid.map { range.lowerBound + $0 } ?? range.upperBound
    var pieces: [Piece] = []
    var position = range.lowerBound
    withUnsafeTemporaryAllocation(of: Piece.self, capacity: 256) { buffer in
      while position < end {
        let count = scanner.scan(text, from: &position, to: end, into: buffer)
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
    if invalid == nil {
      append(pieces, firstWord: firstWord)
      return tokens
    }
    append(pieces.dropLast(), firstWord: firstWord)
    let kept = tokens.count
    append(pieces.suffix(1), firstWord: firstWord + max(0, pieces.count - 1))

    /// Line feeds and spaces might have been one piece if the text had continued.
    func isSpace(_ token: BrokenToken) -> Bool {
      text[token.span.range].allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    }
    let isUncertain = kept < tokens.count && isSpace(tokens[kept])
    var rest = kept < tokens.count ? Int(tokens[kept].span.start) : end
    tokens.removeLast(tokens.count - kept)
    while isUncertain, let last = tokens.last, isSpace(last) {
      rest = Int(last.span.start)
      tokens.removeLast()
    }
    append([Piece(rest, range.upperBound)], firstWord: tokens.last.map { $0.word + 1 } ?? firstWord)
    return tokens
  }
}
