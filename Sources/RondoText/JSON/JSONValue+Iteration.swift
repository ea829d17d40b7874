extension JSONValue {
  /// The elements of an array.
  func elements() throws(RondoTextError) -> [JSONValue] {
    guard isArray else { throw damaged("a list was expected") }
    var result: [JSONValue] = []
    var index = self.index + 1
    while index < Int(document.nodes[self.index].next) {
      result.append(JSONValue(document: document, index: index, path: "\(path)[\(result.count)]"))
      index = Int(document.nodes[index].next)
    }
    return result
  }

  /// Calls `body` with each element of an array, without making a list of them; the path of an
  /// element is that of the array.
  func forEachElement(
    _ body: (JSONValue) throws(RondoTextError) -> Void
  ) throws(RondoTextError) {
    guard isArray else { throw damaged("a list was expected") }
    let end = Int(document.nodes[self.index].next)
    var index = self.index + 1
    while index < end {
      try body(JSONValue(document: document, index: index, path: path))
      index = Int(document.nodes[index].next)
    }
  }

  /// Calls `body` with each member of an object, in the order of the file: its key as UTF-8 bytes,
  /// and its value, whose path is that of the object.
  func forEachMember(
    _ body: ([UInt8], JSONValue) throws(RondoTextError) -> Void
  ) throws(RondoTextError) {
    guard isObject else { throw damaged("an object was expected") }
    let end = Int(document.nodes[self.index].next)
    var index = self.index + 1
    var key: [UInt8] = []
    while index < end {
      key.removeAll(keepingCapacity: true)
      document.appendString(at: index, to: &key)
      try body(key, JSONValue(document: document, index: index + 1, path: path))
      index = Int(document.nodes[index + 1].next)
    }
  }

  /// Returns the elements of an array of two, whose path is that of the array; `nil` if there is
  /// another number of them.
  func pair() throws(RondoTextError) -> (JSONValue, JSONValue)? {
    guard isArray else { throw damaged("a list was expected") }
    let (first, end) = (index + 1, Int(document.nodes[index].next))
    guard first < end else { return nil }
    let second = Int(document.nodes[first].next)
    guard second < end, document.nodes[second].next == end else { return nil }
    return (
      JSONValue(document: document, index: first, path: path),
      JSONValue(document: document, index: second, path: path)
    )
  }

  /// Decodes a text and appends it as UTF-8.
  func appendText(to result: inout [UInt8]) throws(RondoTextError) {
    guard isString else { throw damaged("a text was expected") }
    document.appendString(at: index, to: &result)
  }
}

extension JSONDocument {
  /// Decodes the string that begins at a node, whose grammar has been checked.
  func appendString(at index: Int, to result: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in
      var position = Int(nodes[index].offset) + 1
      while true {
        let start = position
        while bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
          position &+= 1
        }
        result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
        if bytes[position] == UInt8(ascii: "\"") { return }
        Self.appendEscape(in: bytes, at: &position, to: &result)
      }
    }
  }

  private static func appendEscape(
    in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int, to result: inout [UInt8]
  ) {
    let kind = bytes[position + 1]
    position += 2
    switch kind {
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = codeUnit(in: bytes, at: &position)
      if (0xD800..<0xDC00).contains(scalar) {
        position += 2
        let low = codeUnit(in: bytes, at: &position)
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
      }
      UTF8Text.append(scalar, to: &result)
    default: result.append(kind)
    }
  }

  private static func codeUnit(
    in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int
  ) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      unit = unit << 4 | UInt32(Hexadecimal.value(of: bytes[position]) ?? 0)
      position += 1
    }
    return unit
  }
}
