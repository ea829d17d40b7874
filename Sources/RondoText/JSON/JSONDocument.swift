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
    nodes = try bytes.withUnsafeBufferPointer { buffer throws(RondoTextError) in
      var parser = JSONParser(buffer, file: file)
      return try parser.parse()
    }
    self.bytes = bytes
    self.file = file
  }

  /// The value of a number of at most eighteen digits and nothing else that begins at an offset.
  func digits(at offset: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var (value, position) = (0, offset)
      while position < bytes.count, position - offset < 19 {
        let digit = bytes[position] &- UInt8(ascii: "0")
        if digit < 10 {
          value = 10 &* value &+ Int(digit)
          position += 1
          continue
        }
        switch bytes[position] {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return nil
        default: return position > offset ? value : nil
        }
      }
      return position - offset < 19 && position > offset ? value : nil
    }
  }

  /// The outermost value.
  var root: JSONValue { JSONValue(document: self, index: 0, path: "$") }

  /// Returns the line that a byte is on, from 1.
  static func line(of offset: Int, in bytes: some RandomAccessCollection<UInt8>) -> Int {
    1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }
}
