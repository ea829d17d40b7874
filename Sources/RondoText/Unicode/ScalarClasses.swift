/// A small number for every scalar, such as the classes that a scanner distinguishes.
///
/// The tables are plain memory that never changes and lives as long as the program, so that a
/// scanner can read them through pointers.
struct ScalarClasses: @unchecked Sendable {
  /// The block of each page.
  private let pages: UnsafePointer<UInt16>
  /// The class of each scalar of a block.
  private let blocks: UnsafePointer<UInt8>
  /// The class of each ASCII byte, and ``beyondASCII`` for all other bytes.
  let ascii: UnsafePointer<UInt8>

  /// The value of ``ascii`` for a byte that is not ASCII; no class has this number.
  static let beyondASCII: UInt8 = 0xFF

  /// The properties of all scalars, in the form of ``ScalarProperties``.
  static let properties = ScalarClasses(pages: pages, blocks: blocks)

  /// The canonical combining classes.
  static let combining = ScalarClasses(
    UnicodeData.twoStageTable(
      pages: UnicodeData.classPages, blocks: UnicodeData.classBlocks,
      values: UnicodeData.classValues))

  /// How BERT's components treat scalars: see ``BERTClass``.
  static let bert = ScalarClasses(
    UnicodeData.twoStageTable(
      pages: UnicodeData.bertPages, blocks: UnicodeData.bertBlocks,
      values: UnicodeData.bertValues))

  /// How scalars behave at the borders of grapheme clusters: see ``GraphemeClass``.
  static let grapheme = ScalarClasses(
    UnicodeData.twoStageTable(
      pages: UnicodeData.graphemePages, blocks: UnicodeData.graphemeBlocks,
      values: UnicodeData.graphemeValues))

  private static let (pages, blocks) = UnicodeData.twoStageTable(
    pages: UnicodeData.pages, blocks: UnicodeData.blocks, values: UnicodeData.values)

  /// Creates classes from the properties of scalars.
  init(_ classOf: (ScalarProperties) -> UInt8) {
    let meanings = (0...127).map { classOf(ScalarProperties(rawValue: $0)) }
    self.init(pages: Self.pages, blocks: Self.blocks.map { meanings[Int($0)] })
  }

  /// Creates classes from the properties of scalars and their classes in another table.
  init(joining other: ScalarClasses, _ classOf: (ScalarProperties, UInt8) -> UInt8) {
    var pages: [UInt16] = []
    var blocks: [UInt8] = []
    var known: [UInt32: UInt16] = [:]
    for page in 0..<UnicodeData.pageCount {
      let both = UInt32(Self.pages[page]) << 16 | UInt32(other.pages[page])
      if known[both] == nil {
        known[both] = UInt16(blocks.count / UnicodeData.blockSize)
        let first = UInt32(page * UnicodeData.blockSize)
        for scalar in first..<first + UInt32(UnicodeData.blockSize) {
          blocks.append(classOf(ScalarProperties(of: scalar), other[scalar]))
        }
      }
      pages.append(known[both] ?? 0)
    }
    self.init(pages: pages, blocks: blocks)
  }

  private init(_ table: (pages: [UInt16], blocks: [UInt8])) {
    self.init(pages: table.pages, blocks: table.blocks)
  }

  private init(pages: [UInt16], blocks: [UInt8]) {
    let pageMemory = UnsafeMutablePointer<UInt16>.allocate(capacity: pages.count)
    let blockMemory = UnsafeMutablePointer<UInt8>.allocate(capacity: blocks.count)
    let asciiMemory = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for (index, page) in pages.enumerated() { pageMemory[index] = page }
    for (index, value) in blocks.enumerated() { blockMemory[index] = value }
    self.pages = UnsafePointer(pageMemory)
    self.blocks = UnsafePointer(blockMemory)
    for byte in 0..<256 {
      asciiMemory[byte] =
        byte < 128 ? blockMemory[Int(pageMemory[0]) * 128 + byte] : Self.beyondASCII
    }
    ascii = UnsafePointer(asciiMemory)
  }

  /// The class of a scalar, which is at most U+10FFFF.
  @inline(__always)
  subscript(scalar: UInt32) -> UInt8 {
    blocks[Int(pages[Int(scalar >> 7)]) &* 128 &+ Int(scalar & 127)]
  }
}

/// How BERT's components treat a scalar, by Unicode 8, which their reference uses.
enum BERTClass {
  /// Removed when text is cleaned.
  static let removed: UInt8 = 1
  /// Stripped with the accents.
  static let accent: UInt8 = 2
  /// A piece of its own; ASCII symbols are among them.
  static let punctuation: UInt8 = 3
}
