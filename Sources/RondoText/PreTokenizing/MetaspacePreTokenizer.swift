/// Replaces spaces with "▁" and prepends one to words, as SentencePiece does.
public struct MetaspacePreTokenizer: PreTokenizer {
  /// When a mark is prepended to text that does not begin with one.
  public enum PrependScheme: String, Hashable, Sendable {
    /// Before every stretch of text, including those after added tokens.
    case always
    /// Only at the beginning of the input.
    case first
    /// Never.
    case never
  }

  /// The character that stands for a space.
  public let replacement: Unicode.Scalar
  /// When a mark is prepended to the text.
  public let prependScheme: PrependScheme
  /// Whether the text is split before each mark.
  public let splits: Bool

  /// Creates a pre-tokenizer.
  ///
  /// - Parameters:
  ///   - replacement: The character that stands for a space.
  ///   - prependScheme: When a mark is prepended to the text.
  ///   - splits: Whether the text is split before each mark.
  public init(
    replacement: Unicode.Scalar = "\u{2581}", prependScheme: PrependScheme = .always,
    splits: Bool = true
  ) {
    self.replacement = replacement
    self.prependScheme = prependScheme
    self.splits = splits
  }

  /// Replaces the spaces of each piece, and splits it.
  public func split(_ text: inout PreTokenizedText) {
    let mark = Array(String(replacement).utf8)
    let isAtStart = text.isAtStart
    let markedFirst = { (bytes: UnsafeBufferPointer<UInt8>, piece: Piece) in
      bytes[Int(piece.start)] == UInt8(ascii: " ")
        || bytes[piece.range].starts(with: mark)
    }
    text.rewritePieces { bytes, piece, writer in
      let isWanted =
        prependScheme == .always || prependScheme == .first && isAtStart && piece.start == 0
      if isWanted, !markedFirst(bytes, piece) { writer.append(mark, from: Int(piece.start)) }
      var start = Int(piece.start)
      for position in piece.range where bytes[position] == UInt8(ascii: " ") {
        writer.copy(start..<position)
        writer.append(mark, from: position)
        start = position + 1
      }
      writer.copy(start..<Int(piece.end))
    }
    if splits { MarkScanner(mark: mark).split(&text) }
  }

  /// Cuts before each mark.
  private struct MarkScanner: PieceScanner {
    let mark: [UInt8]

    func scan(
      _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
      into pieces: UnsafeMutableBufferPointer<Piece>
    ) -> Int {
      var count = 0
      while count < pieces.count, position < end {
        var next = position + 1
        while next < end, !isMark(text, at: next, end: end) { next += 1 }
        StepCounter.add(next - position)
        pieces[count] = Piece(position, next)
        position = next
        count += 1
      }
      return count
    }

    private func isMark(_ text: UnsafeBufferPointer<UInt8>, at position: Int, end: Int) -> Bool {
      guard text[position] == mark[0], position + mark.count <= end else { return false }
      return mark.indices.allSatisfy { text[position + $0] == mark[$0] }
    }
  }
}
