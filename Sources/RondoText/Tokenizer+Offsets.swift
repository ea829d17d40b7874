extension Tokenizer {
  /// Encodes a text, or a pair, with offsets, masks and the rest of an ``Encoding``.
  ///
  /// The tokenizer's ``truncation`` and ``padding`` are not applied, so this cannot fail.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - second: The second text of a pair.
  ///   - options: Whether special tokens are added, and which ones are recognized in the text.
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

  /// Encodes bytes, which need not be valid UTF-8, with the offsets and masks of an ``Encoding``.
  ///
  /// The tokens are those of ``encode(bytes:allowing:)``. Where the bytes are not valid text, byte
  /// offsets are exact instead of widened, and scalar offsets count the bytes that begin a
  /// character.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - options: Whether special tokens are added, and which ones are recognized in the text.
  /// - Returns: The encoding.
  public func encoding(
    ofBytes bytes: [UInt8], options: EncodingOptions = EncodingOptions()
  ) -> Encoding {
    let encoding = bytes.withUnsafeBufferPointer { buffer in
      brokenEncoding(of: buffer, allowing: options.allowedSpecialTokens)
        ?? bareEncoding(of: buffer, allowing: options.allowedSpecialTokens)
    }
    return framed(encoding, nil, addsSpecialTokens: options.addsSpecialTokens)
  }

  /// Combines one or two encodings, with special tokens if requested.
  func framed(
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

  /// Encodes a text without special tokens around it.
  func bareEncoding(of text: String, allowing allowed: AllowedSpecialTokens) -> Encoding {
    var text = text
    return text.withUTF8 { bareEncoding(of: $0, allowing: allowed) }
  }

  private func bareEncoding(
    of bytes: UnsafeBufferPointer<UInt8>, allowing allowed: AllowedSpecialTokens
  ) -> Encoding {
    var encoding = Encoding()
    var word = 0
    workers.withWorker { worker in
      forEachSegment(of: bytes, finders: finders.finding(allowed), keepsOrigins: true) { segment in
        switch segment {
        case .token(let id, let text):
          encoding.append(
            id: id, piece: text.string, origin: text.origin(of: Piece(0, text.count)), word: word)
          word += 1
        case .text(let text):
          append(text, to: &encoding, firstWord: word, with: worker)
          word += text.pieces.count
        }
      }
    }
    let scalars = ScalarPositions(of: bytes)
    encoding.byteOffsets = encoding.byteOffsets.map { scalars.widened($0) }
    encoding.scalarOffsets = encoding.byteOffsets.map { scalars.range(of: $0) }
    return encoding
  }

  /// Encodes bytes that are not valid text, if they need a different treatment.
  private func brokenEncoding(
    of bytes: UnsafeBufferPointer<UInt8>, allowing allowed: AllowedSpecialTokens
  ) -> Encoding? {
    guard let tokens = brokenTokens(of: bytes, allowing: allowed) else { return nil }
    var encoding = Encoding()
    for token in tokens {
      let piece =
        token.isAdded
        ? String(decoding: bytes[token.span.range], as: UTF8.self) : self.token(for: token.id) ?? ""
      encoding.append(id: token.id, piece: piece, origin: token.span, word: token.word)
    }
    let scalars = ScalarPositions(of: bytes)
    encoding.scalarOffsets = encoding.byteOffsets.map { scalars.range(of: $0) }
    return encoding
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
      let id = Int(worker.spanned.ids[index])
      let isShown = model.showsUnknownText && id == model.unknownID
      encoding.append(
        id: id, piece: isShown ? text.text.string(of: span) : token(for: id) ?? "",
        origin: text.text.origin(of: span), word: firstWord + piece)
    }
  }
}

extension Encoding {
  /// Appends a token of the text.
  fileprivate mutating func append(id: Int, piece: String, origin: Piece, word: Int) {
    ids.append(id)
    pieces.append(piece)
    byteOffsets.append(Int(origin.start)..<Int(max(origin.start, origin.end)))
    typeIDs.append(0)
    attentionMask.append(1)
    specialTokensMask.append(0)
    wordIndices.append(word)
  }
}
