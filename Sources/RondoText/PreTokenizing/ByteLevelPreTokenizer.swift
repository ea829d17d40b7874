/// Prepares text for a byte-level model, which reads raw bytes.
public struct ByteLevelPreTokenizer: PreTokenizer {
  /// Whether each piece gets a space in front, unless it has one.
  public let addsPrefixSpace: Bool
  /// Whether the text is split as GPT-2 does; otherwise something else has split it.
  public let splits: Bool

  /// Creates a pre-tokenizer.
  ///
  /// - Parameters:
  ///   - addsPrefixSpace: Whether each piece gets a space in front, unless it has one.
  ///   - splits: Whether the text is split as GPT-2 does.
  public init(addsPrefixSpace: Bool, splits: Bool = true) {
    self.addsPrefixSpace = addsPrefixSpace
    self.splits = splits
  }

  /// The scanner of GPT-2, or none at all, unless text is changed.
  public var scanner: (any PieceScanner)? {
    if addsPrefixSpace { return nil }
    return splits ? GPT2Scanner() : WholeTextScanner()
  }

  /// Splits each piece.
  public func split(_ text: inout PreTokenizedText) {
    if addsPrefixSpace {
      text.rewritePieces { bytes, piece, writer in
        if bytes[Int(piece.start)] != UInt8(ascii: " ") {
          writer.append(CollectionOfOne(UInt8(ascii: " ")), from: Int(piece.start))
        }
        writer.copy(piece.range)
      }
    }
    if splits { GPT2Scanner().split(&text) }
  }
}

extension PreTokenizedText {
  /// Writes each piece anew; what lies between pieces is dropped.
  mutating func rewritePieces(
    _ body: (UnsafeBufferPointer<UInt8>, Piece, inout NormalizedTextWriter) -> Void
  ) {
    let old = pieces
    var new: [Piece] = []
    new.reserveCapacity(old.count)
    text.rewrite { bytes, writer in
      for piece in old {
        let start = writer.count
        body(bytes, piece, &writer)
        if writer.count > start { new.append(Piece(start, writer.count)) }
      }
    }
    pieces = new
  }
}
