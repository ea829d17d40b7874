/// Trims white space from the offsets of byte-level tokens.
public struct ByteLevelPostProcessor: PostProcessor {
  /// Whether offsets exclude white space.
  public let trimsOffsets: Bool
  /// Whether the tokenizer itself added the first token's space, so that it has no offset.
  public let addsPrefixSpace: Bool

  /// Creates a post-processor.
  ///
  /// - Parameters:
  ///   - trimsOffsets: Whether offsets exclude white space.
  ///   - addsPrefixSpace: Whether the tokenizer itself added the first token's space.
  public init(trimsOffsets: Bool = true, addsPrefixSpace: Bool = true) {
    self.trimsOffsets = trimsOffsets
    self.addsPrefixSpace = addsPrefixSpace
  }

  /// False: no tokens are added.
  public var isFraming: Bool { false }

  /// Trims the offsets.
  public func prepare(_ encoding: inout Encoding) {
    guard trimsOffsets else { return }
    for index in 0..<encoding.count {
      let spaces = Self.spaces(around: encoding.pieces[index])
      let bytes = encoding.byteOffsets[index]
      let isFirst = index == 0 || bytes.lowerBound == 0
      let leading = isFirst && addsPrefixSpace && spaces.leading == 1 ? 0 : spaces.leading
      encoding.byteOffsets[index] = bytes.trimmed(leading: leading, trailing: spaces.trailing)
      encoding.scalarOffsets[index] = encoding.scalarOffsets[index]
        .trimmed(leading: leading, trailing: spaces.trailing)
    }
    for index in encoding.overflowing.indices { prepare(&encoding.overflowing[index]) }
  }

  private static func spaces(around piece: String) -> (leading: Int, trailing: Int) {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "\u{120}" || ScalarProperties(of: scalar.value).isWhiteSpace
    }
    return (
      piece.unicodeScalars.prefix(while: isSpace).count,
      piece.unicodeScalars.reversed().prefix(while: isSpace).count
    )
  }
}

extension Range<Int> {
  /// Returns the range shortened at both ends.
  fileprivate func trimmed(leading: Int, trailing: Int) -> Range<Int> {
    let start = Swift.min(lowerBound + leading, upperBound)
    guard trailing > 0, upperBound >= trailing else { return start..<upperBound }
    return start..<Swift.max(upperBound - trailing, start)
  }
}
