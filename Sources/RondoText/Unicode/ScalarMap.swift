/// A mapping of scalars, such as lowercasing or decomposition.
struct ScalarMap: Sendable {
  private let pages: [UInt16]
  /// One more than the entry of each scalar of a block, zero for none.
  private let blocks: [UInt16]
  private let starts: [UInt32]
  private let scalars: [UInt32]

  /// Lower-case mappings without conditions, as `char::to_lowercase` of Rust has them.
  static let lowerCase = ScalarMap(UnicodeData.lowerCase)
  /// Full canonical decompositions, without Hangul.
  static let canonical = ScalarMap(UnicodeData.canonical)
  /// Full compatibility decompositions, without Hangul.
  static let compatibility = ScalarMap(UnicodeData.compatibility)

  private init(_ table: StaticString) {
    var pages = [UInt16](repeating: 0, count: UnicodeData.pageCount)
    var blocks = [UInt16](repeating: 0, count: UnicodeData.blockSize)
    var starts: [UInt32] = [0]
    var scalars: [UInt32] = []
    UnicodeData.forEachMapping(in: table) { scalar, mapped in
      let page = Int(scalar) / UnicodeData.blockSize
      if pages[page] == 0 {
        pages[page] = UInt16(blocks.count / UnicodeData.blockSize)
        blocks += [UInt16](repeating: 0, count: UnicodeData.blockSize)
      }
      let place = Int(pages[page]) * UnicodeData.blockSize + Int(scalar) % UnicodeData.blockSize
      blocks[place] = UInt16(starts.count)
      scalars += mapped
      starts.append(UInt32(scalars.count))
    }
    self.pages = pages
    self.blocks = blocks
    self.starts = starts
    self.scalars = scalars
  }

  /// Returns the scalars that replace a scalar, `nil` if it is unchanged.
  @inline(__always)
  subscript(scalar: UInt32) -> ArraySlice<UInt32>? {
    let entry = Int(blocks[Int(pages[Int(scalar >> 7)]) &* 128 &+ Int(scalar & 127)])
    if entry == 0 { return nil }
    return scalars[Int(starts[entry - 1])..<Int(starts[entry])]
  }
}
