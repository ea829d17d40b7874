/// The elements of a JSON list, each with its path, one after another.
struct JSONElements: Sequence, IteratorProtocol {
  private let list: JSONValue
  private var position: Int
  private var count = 0

  fileprivate init(_ list: JSONValue) {
    self.list = list
    position = list.offset + 1
  }

  mutating func next() -> JSONValue? {
    list.document.bytes.withUnsafeBufferPointer { bytes in
      let text = JSONText(bytes: bytes)
      position = text.skippingSpace(from: position)
      if bytes[position] == UInt8(ascii: ",") {
        position = text.skippingSpace(from: position + 1)
      }
      if bytes[position] == UInt8(ascii: "]") { return nil }
      let element = JSONValue(
        document: list.document, offset: position, path: "\(list.path)[\(count)]")
      count += 1
      position = list.document.end(ofValueAt: position, in: text)
      return element
    }
  }
}

extension JSONValue {
  /// The elements of a list.
  func elements() throws(RondoTextError) -> JSONElements {
    guard isArray else { throw damaged("a list was expected") }
    return JSONElements(self)
  }

  /// The elements of a list of two, `nil` if there is another number of them.
  func pair() throws(RondoTextError) -> (JSONValue, JSONValue)? {
    var elements = try elements()
    guard let first = elements.next(), let second = elements.next(), elements.next() == nil else {
      return nil
    }
    return (first, second)
  }
}
