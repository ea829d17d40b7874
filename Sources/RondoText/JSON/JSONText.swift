/// Scans the bytes of a JSON text, eight at a time where nothing of interest occurs.
struct JSONText {
  let bytes: UnsafeBufferPointer<UInt8>

  /// Returns the position of the next byte that is not white space, or the end.
  @inline(__always)
  func skippingSpace(from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
      default: return position
      }
      if position &+ 8 <= bytes.count, let base = bytes.baseAddress,
        ByteHash.load(base + position) == 0x2020_2020_2020_2020
      {
        position &+= 8
      }
    }
    return position
  }

  /// Returns the position of the next quote, backslash or control character, or one of the last few
  /// bytes of the text.
  @inline(__always)
  func skippingPlain(from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var position = start
    while position &+ 8 < bytes.count {
      // A byte that is searched for becomes zero or negative, which sets its highest bit; the bits
      // of bytes after it may be set too.
      let word = ByteHash.load(base + position)
      let quote = word ^ 0x2222_2222_2222_2222
      let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let found =
        (quote &- 0x0101_0101_0101_0101) & ~quote
        | (backslash &- 0x0101_0101_0101_0101) & ~backslash
        | (word &- 0x2020_2020_2020_2020) & ~word
      let place = found & 0x8080_8080_8080_8080
      if place != 0 { return position &+ place.trailingZeroBitCount &>> 3 }
      position &+= 8
    }
    return position
  }
}

/// Methods for a text whose grammar has been checked.
extension JSONText {
  /// Returns the position of the quote that ends a string, or of its first backslash.
  @inline(__always)
  func endOfPlain(from start: Int) -> Int {
    var position = start
    while true {
      position = skippingPlain(from: position)
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return position }
      position &+= 1
    }
  }

  /// Returns the position after the string that begins at a position.
  @inline(__always)
  func end(ofStringAt start: Int) -> Int {
    var position = start &+ 1
    while true {
      position = endOfPlain(from: position)
      if bytes[position] == UInt8(ascii: "\"") { return position &+ 1 }
      position &+= 2
    }
  }

  /// Returns the position after the list or object that begins at a position.
  func end(ofListAt start: Int) -> Int {
    var (position, depth) = (start, 0)
    while true {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position = end(ofStringAt: position)
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return position + 1 }
      default: break
      }
      position += 1
    }
  }

  /// Returns the position after the number or word that begins at a position.
  @inline(__always)
  func end(ofWordAt start: Int) -> Int {
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x20, 0x0A, 0x0D, 0x09:
        return position
      default: position &+= 1
      }
    }
    return position
  }

  /// Decodes the string that begins at a position and appends it; returns the position after it.
  func appendString(at start: Int, to result: inout GrowingMemory<UInt8>) -> Int {
    var position = start + 1
    while true {
      let end = endOfPlain(from: position)
      result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[position..<end]))
      position = end
      if bytes[position] == UInt8(ascii: "\"") { return position + 1 }
      appendEscape(at: &position, to: &result)
    }
  }

  private func appendEscape(at position: inout Int, to result: inout GrowingMemory<UInt8>) {
    let kind = bytes[position + 1]
    position += 2
    switch kind {
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = codeUnit(at: &position)
      if (0xD800..<0xDC00).contains(scalar) {
        position += 2
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (codeUnit(at: &position) - 0xDC00)
      }
      UTF8Text.append(scalar, to: &result)
    default: result.append(kind)
    }
  }

  private func codeUnit(at position: inout Int) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      unit = unit << 4 | UInt32(Hexadecimal.value(of: bytes[position]) ?? 0)
      position += 1
    }
    return unit
  }

  /// The value of a number at a position that consists of at most eighteen digits, or `nil`.
  @inline(__always)
  func digits(at start: Int) -> Int? {
    var (value, position) = (0, start)
    while position < bytes.count, position &- start < 19 {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit < 10 {
        value = 10 &* value &+ Int(digit)
        position &+= 1
        continue
      }
      switch bytes[position] {
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return nil
      default: return position > start ? value : nil
      }
    }
    return position &- start < 19 && position > start ? value : nil
  }
}
