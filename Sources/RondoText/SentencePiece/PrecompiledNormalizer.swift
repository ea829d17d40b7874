/// SentencePiece's normalization as Hugging Face's library applies it, character by character.
///
/// A grapheme cluster of fewer than six bytes is looked up as a whole, and otherwise scalar by
/// scalar; of the entries that are its prefixes, the shortest is used, and replaces all of it. That
/// library's files expect this; SentencePiece itself replaces the longest entry at each position,
/// see ``SentencePieceNormalizer``.
public struct PrecompiledNormalizer: Normalizer {
  /// The compiled map in its serialized form.
  public let blob: [UInt8]
  private let map: PrecompiledMap

  /// Reads a compiled map.
  ///
  /// - Parameters:
  ///   - blob: The bytes of the map.
  ///   - file: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` if the map is damaged.
  public init(blob: [UInt8], file: String = "the normalizer") throws(RondoTextError) {
    self.blob = blob
    map = try PrecompiledMap(blob, file: file)
  }

  /// The number of bytes of the longest replacement.
  var longestReplacement: Int { map.longestReplacement }

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    if map.isEmpty || text.count == 0 { return }
    text.rewrite { bytes, writer in
      var alignment = Alignment(old: bytes)
      var position = 0
      for character in String(decoding: bytes, as: UTF8.self) {
        write(character, at: &position, of: bytes, to: &writer, &alignment)
      }
      alignment.finish(&writer)
    }
  }

  private func write(
    _ character: Character, at position: inout Int, of old: UnsafeBufferPointer<UInt8>,
    to writer: inout NormalizedTextWriter, _ alignment: inout Alignment
  ) {
    let start = position
    for _ in character.unicodeScalars where position < old.count {
      position += UTF8Text.decode(old, at: position).count
    }
    if position - start < 6, let match = map.shortestMatch(in: old[start..<position]) {
      replace(character.unicodeScalars.count, by: match, to: &writer, &alignment)
      return
    }
    var part = start
    while part < position {
      let decoded = UTF8Text.decode(old, at: part)
      let end = part + decoded.count
      if let match = map.shortestMatch(in: old[part..<end]) {
        replace(1, by: match, to: &writer, &alignment)
      } else {
        alignment.append(decoded.scalar, change: 0, to: &writer)
      }
      part = end
    }
  }

  private func replace(
    _ oldCount: Int, by match: PrecompiledMap.Match, to writer: inout NormalizedTextWriter,
    _ alignment: inout Alignment
  ) {
    let new = String(decoding: map.bytes(ofReplacement: match.replacement), as: UTF8.self)
    var newCount = 0
    for scalar in new.unicodeScalars {
      alignment.append(scalar.value, change: newCount < oldCount ? 0 : 1, to: &writer)
      newCount += 1
    }
    if newCount < oldCount { alignment.drop(oldCount - newCount) }
  }
}

extension PrecompiledNormalizer {
  /// Aligns new scalars with old ones as Hugging Face's library does.
  ///
  /// Each new scalar replaces the next old one, or accompanies the one before; what a replacement
  /// leaves over is attributed to the last new scalar. Where a text begins with scalars that are
  /// removed, there is none yet, and all that follow are aligned with scalars too far to the left.
  private struct Alignment {
    let old: UnsafeBufferPointer<UInt8>
    /// The old scalar to be replaced next.
    private var next = 0
    /// The last new scalar, and how many old ones fewer it stands for than one.
    private var last: (scalar: UInt32, change: Int)?

    init(old: UnsafeBufferPointer<UInt8>) { self.old = old }

    /// Appends a scalar; a `change` of 1 says that it comes on top of those it replaces.
    mutating func append(_ scalar: UInt32, change: Int, to writer: inout NormalizedTextWriter) {
      finish(&writer)
      last = (scalar, change)
    }

    /// Drops old scalars without a replacement.
    mutating func drop(_ count: Int) { last?.change -= count }

    /// Writes the last scalar.
    mutating func finish(_ writer: inout NormalizedTextWriter) {
      guard let (scalar, change) = last else { return }
      last = nil
      writer.append(scalar, from: change > 0 ? next - 1 : next)
      var taken = 1 - change
      while taken > 0, next < old.count {
        next += UTF8Text.decode(old, at: next).count
        taken -= 1
      }
    }
  }
}
