/// A strictly validated JSON file.
///
/// The document keeps the bytes of the file, and the extents of its long lists and objects, so that
/// memory stays near the size of the file whatever it contains. Values are found and decoded on
/// demand. Depth is limited; trailing text, unescaped control characters, lone surrogates, leading
/// zeros and invalid UTF-8 are errors that name the line.
final class JSONDocument: Sendable {
  /// Where a long list or object begins and ends.
  struct Extent {
    /// The minimum length; shorter ones are skipped byte by byte.
    static let leastLength = 4096

    var start: UInt32
    var end: UInt32
  }

  /// The name of the file, for error messages.
  let file: String
  let bytes: [UInt8]
  /// Ascending by their starts.
  private let extents: [Extent]

  /// Reads a document from its bytes; `file` is its name, for messages.
  init(_ bytes: [UInt8], file: String) throws(RondoTextError) {
    extents = try bytes.withUnsafeBufferPointer { buffer throws(RondoTextError) in
      var parser = JSONParser(buffer, file: file)
      return try parser.parse()
    }
    self.bytes = bytes
    self.file = file
  }

  /// The outermost value.
  var root: JSONValue {
    let start = bytes.withUnsafeBufferPointer { JSONText(bytes: $0).skippingSpace(from: 0) }
    return JSONValue(document: self, offset: start, path: "$")
  }

  /// Returns the position after the value that begins at a position.
  func end(ofValueAt start: Int, in text: JSONText) -> Int {
    switch text.bytes[start] {
    case UInt8(ascii: "\""): text.end(ofStringAt: start)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      end(ofLongListAt: start) ?? text.end(ofListAt: start)
    default: text.end(ofWordAt: start)
    }
  }

  private func end(ofLongListAt start: Int) -> Int? {
    var (low, high) = (0, extents.count)
    while low < high {
      let middle = (low + high) / 2
      if extents[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return low < extents.count && extents[low].start == start ? Int(extents[low].end) : nil
  }

  /// Returns the line that a byte is on, from 1.
  static func line(of offset: Int, in bytes: some RandomAccessCollection<UInt8>) -> Int {
    1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }
}
