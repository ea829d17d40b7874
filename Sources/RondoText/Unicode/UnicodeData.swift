/// The generated Unicode tables, and how their text is read.
///
/// Each byte of a table holds six bits, counted from the character "0".
enum UnicodeData {
  /// Numbers of five bits a byte, lowest first; the sixth bit says that more follow.
  struct Numbers: IteratorProtocol {
    private let table: StaticString
    private var position = 0

    init(_ table: StaticString) { self.table = table }

    mutating func next() -> UInt32? {
      guard position < table.utf8CodeUnitCount else { return nil }
      var value: UInt32 = 0
      var shift: UInt32 = 0
      while true {
        let byte = table.utf8Start[position] - 48
        position += 1
        value |= UInt32(byte & 31) << shift
        if byte < 32 { return value }
        shift += 5
      }
    }
  }

  /// The number of scalars in a block.
  static let blockSize = 128
  /// The number of blocks that cover Unicode.
  static let pageCount = 0x110000 / blockSize

  /// Reads a two-stage table: for each page its block, and for each scalar of a block its value.
  static func twoStageTable(
    pages: StaticString, blocks: StaticString, values: StaticString
  ) -> (pages: [UInt16], blocks: [UInt8]) {
    var numbers = Numbers(values)
    var meanings: [UInt8] = []
    while let value = numbers.next() { meanings.append(UInt8(value)) }
    let indices = (0..<pageCount).map { page in
      UInt16(pages.utf8Start[2 * page] - 48) | UInt16(pages.utf8Start[2 * page + 1] - 48) << 6
    }
    let entries = (0..<blocks.utf8CodeUnitCount).map { meanings[Int(blocks.utf8Start[$0] - 48)] }
    return (indices, entries)
  }

  /// Calls `body` with each scalar of a mapping and what it becomes.
  static func forEachMapping(in table: StaticString, _ body: (UInt32, [UInt32]) -> Void) {
    var numbers = Numbers(table)
    var scalar: UInt32 = 0
    while let distance = numbers.next(), let count = numbers.next() {
      scalar += distance
      body(scalar, (0..<count).compactMap { _ in numbers.next() })
    }
  }
}
