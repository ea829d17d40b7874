/// A strictly read JSON file.
///
/// The reader keeps the bytes of the file and eight bytes for each value, so that memory stays
/// in proportion to the file whatever it holds. Values are decoded when asked for. Depth is
/// limited; trailing text, unescaped control characters, lone surrogates, leading zeros and
/// invalid UTF-8 are refused with their line.
final class JSONDocument: Sendable {
  /// Where a value begins, and which node follows it and all that it holds.
  struct Node {
    var offset: UInt32
    var next: UInt32
  }

  /// The name of the file, for messages.
  let file: String
  let bytes: [UInt8]
  let nodes: [Node]

  /// Reads a document from its bytes; `file` is its name, for messages.
  init(_ bytes: [UInt8], file: String) throws(RondoTextError) {
    var parser = JSONParser(bytes, file: file)
    nodes = try parser.parse()
    self.bytes = bytes
    self.file = file
  }

  /// The outermost value.
  var root: JSONValue { JSONValue(document: self, index: 0, path: "$") }

  /// Returns the line that a byte is on, from 1.
  static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    1 + bytes[..<min(offset, bytes.count)].count { $0 == UInt8(ascii: "\n") }
  }
}
