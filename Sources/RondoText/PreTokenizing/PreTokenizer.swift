/// Splits text into the pieces that a model encodes one by one.
public protocol PreTokenizer: Sendable {
  /// Splits each piece further; some pre-tokenizers also change the text.
  func split(_ text: inout PreTokenizedText)

  /// A scanner that is equivalent to ``split(_:)``, if it only splits and does not change text.
  var scanner: (any PieceScanner)? { get }
}

extension PreTokenizer {
  /// None, for pre-tokenizers that also change the text.
  public var scanner: (any PieceScanner)? { nil }
}

/// A pre-tokenizer that only splits, so that it can run ahead of a model without storing pieces.
public protocol PieceScanner: PreTokenizer {
  /// Finds the next pieces.
  ///
  /// - Parameters:
  ///   - text: The text, readable for ``TokenBuffer/padding`` bytes after its end.
  ///   - position: Where to start; on return, the end of what was scanned.
  ///   - end: The end of the stretch of text that is split.
  ///   - pieces: Receives the pieces.
  /// - Returns: The number of pieces, at most the capacity of `pieces`, which is at least 2; zero
  ///   only when `position` has reached `end`.
  func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into pieces: UnsafeMutableBufferPointer<Piece>
  ) -> Int
}

extension PieceScanner {
  /// The pre-tokenizer itself.
  public var scanner: (any PieceScanner)? { self }

  /// Splits each piece.
  public func split(_ text: inout PreTokenizedText) {
    let old = text.pieces
    var new: [Piece] = []
    new.reserveCapacity(max(old.count, text.text.count / 4))
    text.text.withBytes { bytes in
      withUnsafeTemporaryAllocation(of: Piece.self, capacity: 256) { buffer in
        for piece in old {
          var position = Int(piece.start)
          while position < Int(piece.end) {
            let count = scan(bytes, from: &position, to: Int(piece.end), into: buffer)
            new.append(contentsOf: buffer[..<count])
          }
        }
      }
    }
    text.pieces = new
  }
}
