extension Tokenizer {
  /// Returns the identifiers of a text, without special tokens around it.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - allowed: The special tokens that are recognized in the text.
  /// - Returns: The identifiers.
  public func encode(_ text: String, allowing allowed: AllowedSpecialTokens = .none) -> [Int] {
    var text = text
    return text.withUTF8 { encode($0, allowing: allowed) }
  }

  /// Returns the identifiers of a text in which certain special tokens are errors.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - allowed: The special tokens that are recognized in the text.
  ///   - refused: The special tokens that are errors, unless they are allowed.
  /// - Returns: The identifiers.
  /// - Throws: ``RondoTextError/disallowedSpecialToken(_:position:)``.
  public func encode(
    _ text: String, allowing allowed: AllowedSpecialTokens, refusing refused: AllowedSpecialTokens
  ) throws(RondoTextError) -> [Int] {
    let specials = addedTokens.filter { token in
      token.isSpecial && refused.contains(token) && !allowed.contains(token)
    }
    var copy = text
    let first = copy.withUTF8 { AddedTokenFinder(specials).matches(in: $0).first }
    if let first {
      throw .disallowedSpecialToken(
        addedByID[first.id]?.text ?? "", position: first.range.lowerBound)
    }
    return encode(text, allowing: allowed)
  }

  private func encode(
    _ bytes: UnsafeBufferPointer<UInt8>, allowing allowed: AllowedSpecialTokens
  ) -> [Int] {
    withTokens(of: bytes, allowing: allowed) { ids in ids.map(Int.init) }
  }

  /// Calls `body` with the identifiers of a text, without creating an array.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - allowed: The special tokens that are recognized in the text.
  ///   - body: Receives the identifiers, which are valid only during the call.
  /// - Returns: What `body` returns.
  public func withTokens<Result>(
    of bytes: UnsafeBufferPointer<UInt8>, allowing allowed: AllowedSpecialTokens = .none,
    _ body: (UnsafeBufferPointer<UInt32>) -> Result
  ) -> Result {
    workers.withWorker { worker in
      worker.ids.removeAll()
      encodeIDs(of: bytes, allowing: allowed, with: worker)
      return body(UnsafeBufferPointer(start: worker.ids.ids, count: worker.ids.count))
    }
  }

  private func encodeIDs(
    of bytes: UnsafeBufferPointer<UInt8>, allowing allowed: AllowedSpecialTokens,
    with worker: TokenizerWorker
  ) {
    let finders = self.finders.finding(allowed)
    if let scanner, normalizer == nil, finders.normalized.isEmpty {
      let text = worker.padded(bytes)
      finders.raw.forEachStretch(of: text) { id, range in
        if let id { return worker.ids.append(UInt32(id), span: Piece(0, 0)) }
        worker.encode(text, from: range.lowerBound, to: range.upperBound, scanner: scanner)
      }
      return
    }
    forEachSegment(
      of: bytes, finders: finders, keepsOrigins: false, splits: scanner == nil
    ) { segment in
      switch segment {
      case .token(let id, _): worker.ids.append(UInt32(id), span: Piece(0, 0))
      case .text(let text):
        text.text.withBytes { bytes in
          if let scanner {
            return worker.encode(bytes, from: 0, to: bytes.count, scanner: scanner)
          }
          text.pieces.withUnsafeBufferPointer {
            worker.encoder.encode($0, of: bytes, into: &worker.ids)
          }
        }
      }
    }
  }
}
