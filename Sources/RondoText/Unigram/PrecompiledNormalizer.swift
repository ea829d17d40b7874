/// SentencePiece's normalization as Hugging Face's library does it, character by character.
///
/// A user-perceived character of fewer than six bytes is looked up as a whole, and otherwise scalar
/// by scalar; of the entries that it begins with, the shortest decides, and takes the place of all
/// of it. Files of that library expect this; SentencePiece itself replaces the longest entry that
/// begins at a position, see ``SentencePieceNormalizer``.
public struct PrecompiledNormalizer: Normalizer {
  /// The compiled map, as files hold it.
  public let blob: [UInt8]
  private let map: PrecompiledMap

  /// Reads a compiled map.
  ///
  /// - Parameters:
  ///   - blob: The bytes of the map.
  ///   - file: What an error names.
  /// - Throws: ``RondoTextError`` if the map is damaged.
  public init(blob: [UInt8], file: String = "the normalizer") throws(RondoTextError) {
    self.blob = blob
    map = try PrecompiledMap(blob, file: file)
  }

  /// Changes the text.
  public func normalize(_ text: inout NormalizedText) {
    if map.isEmpty || text.count == 0 { return }
    text.rewrite { bytes, writer in
      var position = 0
      for character in String(decoding: bytes, as: UTF8.self) {
        write(character, at: &position, of: bytes, to: &writer)
      }
    }
  }

  private func write(
    _ character: Character, at position: inout Int, of old: UnsafeBufferPointer<UInt8>,
    to writer: inout NormalizedTextWriter
  ) {
    let start = position
    for _ in character.unicodeScalars where position < old.count {
      position += UTF8Text.decode(old, at: position).count
    }
    if position - start < 6, let match = map.shortestMatch(in: old[start..<position]) {
      replace(start..<position, of: old, by: match, to: &writer)
      return
    }
    var part = start
    while part < position {
      let end = part + UTF8Text.decode(old, at: part).count
      if let match = map.shortestMatch(in: old[part..<end]) {
        replace(part..<end, of: old, by: match, to: &writer)
      } else {
        writer.copy(part..<end)
      }
      part = end
    }
  }

  /// Writes a replacement; its scalars take the places of the old ones in turn, and what is left
  /// over comes with the last.
  private func replace(
    _ range: Range<Int>, of old: UnsafeBufferPointer<UInt8>, by match: PrecompiledMap.Match,
    to writer: inout NormalizedTextWriter
  ) {
    var origin = range.lowerBound
    let new = String(decoding: map.bytes(ofReplacement: match.replacement), as: UTF8.self)
    for scalar in new.unicodeScalars {
      writer.append(scalar.value, from: origin)
      let next = origin + UTF8Text.decode(old, at: origin).count
      if next < range.upperBound { origin = next }
    }
  }
}
