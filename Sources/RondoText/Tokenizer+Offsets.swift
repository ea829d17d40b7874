extension Tokenizer {
  /// Encodes a text, or a pair, with everything that is known about each token.
  ///
  /// The tokenizer's ``truncation`` and ``padding`` are not applied, so nothing can fail.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - second: The second text of a pair.
  ///   - options: Whether special tokens are added, and which ones the text may become.
  /// - Returns: The encoding.
  public func encoding(
    of text: String, and second: String? = nil, options: EncodingOptions = EncodingOptions()
  ) -> Encoding {
    let allowed = options.allowedSpecialTokens
    return framed(
      bareEncoding(of: text, allowing: allowed),
      second.map { bareEncoding(of: $0, allowing: allowed) },
      addsSpecialTokens: options.addsSpecialTokens)
  }

  /// Encodes a text, or a pair, shortened and padded as the tokenizer says.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - second: The second text of a pair.
  ///   - options: Whether special tokens are added, and which ones the text may become.
  /// - Returns: The encoding; what was cut off is in ``Encoding/overflowing``.
  /// - Throws: ``RondoTextError/impossibleTruncation(reason:)``.
  public func fittedEncoding(
    of text: String, and second: String? = nil, options: EncodingOptions = EncodingOptions()
  ) throws(RondoTextError) -> Encoding {
    var all = [try truncatedEncoding(of: text, and: second, options: options)]
    padding?.pad(&all)
    return all[0]
  }

  /// Encodes texts, shortened and padded to the same length as the tokenizer says.
  ///
  /// - Parameters:
  ///   - texts: The texts.
  ///   - options: Whether special tokens are added, and which ones the texts may become.
  /// - Returns: An encoding for each text.
  /// - Throws: ``RondoTextError/impossibleTruncation(reason:)``.
  public func fittedEncodings(
    of texts: [String], options: EncodingOptions = EncodingOptions()
  ) throws(RondoTextError) -> [Encoding] {
    var all: [Encoding] = []
    for text in texts { all.append(try truncatedEncoding(of: text, and: nil, options: options)) }
    padding?.pad(&all)
    return all
  }

  private func truncatedEncoding(
    of text: String, and second: String?, options: EncodingOptions
  ) throws(RondoTextError) -> Encoding {
    var first = bareEncoding(of: text, allowing: options.allowedSpecialTokens)
    var other = second.map { bareEncoding(of: $0, allowing: options.allowedSpecialTokens) }
    let added =
      options.addsSpecialTokens
      ? postProcessor?.addedTokenCount(isPair: second != nil) ?? 0 : 0
    try truncation?.truncate(&first, &other, addedTokenCount: added)
    return framed(first, other, addsSpecialTokens: options.addsSpecialTokens)
  }

  private func framed(
    _ first: Encoding, _ second: Encoding?, addsSpecialTokens: Bool
  ) -> Encoding {
    guard let postProcessor else { return Encoding.joined(first, second) }
    var (first, second) = (first, second)
    postProcessor.prepare(&first)
    if var other = second {
      postProcessor.prepare(&other)
      second = other
    }
    return postProcessor.frame(first, second, addsSpecialTokens: addsSpecialTokens)
  }

  /// Encodes a text without anything around it.
  private func bareEncoding(of text: String, allowing allowed: AllowedSpecialTokens) -> Encoding {
    var text = text
    return text.withUTF8 { bytes in
      var encoding = Encoding()
      var word = 0
      workers.withWorker { worker in
        forEachSegment(of: bytes, finders: finders.finding(allowed), keepsOrigins: true) {
          segment in
          switch segment {
          case .token(let id, let origin):
            encoding.append(id: id, origin: origin, word: word)
            word += 1
          case .text(let text):
            append(text, to: &encoding, firstWord: word, with: worker)
            word += text.pieces.count
          }
        }
      }
      encoding.pieces = encoding.ids.map { token(for: $0) ?? "" }
      let scalars = ScalarPositions(of: bytes)
      encoding.byteOffsets = encoding.byteOffsets.map { scalars.widened($0) }
      encoding.scalarOffsets = encoding.byteOffsets.map { scalars.range(of: $0) }
      return encoding
    }
  }

  private func append(
    _ text: PreTokenizedText, to encoding: inout Encoding, firstWord: Int,
    with worker: TokenizerWorker
  ) {
    worker.spanned.removeAll()
    text.text.withBytes { bytes in
      text.pieces.withUnsafeBufferPointer {
        worker.encoder.encode($0, of: bytes, into: &worker.spanned)
      }
    }
    var piece = 0
    StepCounter.add(worker.spanned.count + text.pieces.count)
    for index in 0..<worker.spanned.count {
      let span = worker.spanned.spans[index]
      while piece + 1 < text.pieces.count, text.pieces[piece].end <= span.start { piece += 1 }
      encoding.append(
        id: Int(worker.spanned.ids[index]), origin: text.text.origin(of: span),
        word: firstWord + piece)
    }
  }
}

extension Encoding {
  /// Appends a token of the text.
  fileprivate mutating func append(id: Int, origin: Piece, word: Int) {
    ids.append(id)
    byteOffsets.append(Int(origin.start)..<Int(max(origin.start, origin.end)))
    typeIDs.append(0)
    attentionMask.append(1)
    specialTokensMask.append(0)
    wordIndices.append(word)
  }
}
