/// Splits text for a byte-level model.
public struct ByteLevelPreTokenizer: PreTokenizer {
  /// Whether a space is prepended to each piece that does not begin with one.
  public let addsPrefixSpace: Bool
  /// Whether the text is split as by GPT-2; otherwise another pre-tokenizer has split it.
  public let splits: Bool

  /// Creates a pre-tokenizer.
  ///
  /// - Parameters:
  ///   - addsPrefixSpace: Whether a space is prepended to each piece that does not begin with one.
  ///   - splits: Whether the text is split as by GPT-2.
  public init(addsPrefixSpace: Bool, splits: Bool = true) {
    self.addsPrefixSpace = addsPrefixSpace
    self.splits = splits
  }

  /// The scanner of GPT-2, or one that does not split; `nil` if the text is changed.
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
  /// Rewrites each piece; text between pieces is dropped.
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
