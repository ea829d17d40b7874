/// Checks the grammar of a JSON text and lists its values.
struct JSONParser {
  /// The deepest nesting; tokenizer files need less than ten levels.
  static let depthLimit = 128

  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private var position = 0
  private var nodes: [JSONDocument.Node] = []

  /// Creates a parser.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// Parses the whole text.
  mutating func parse() throws(RondoTextError) -> [JSONDocument.Node] {
    guard bytes.count < Int(UInt32.max) else { throw damaged("the file is larger than 4 GB") }
    if let offset = UTF8Text.firstInvalidByte(in: bytes) {
      position = offset
      throw damaged("the text is not valid UTF-8")
    }
    var (separators, openings) = (0, 0)
    for byte in bytes {
      separators &+= byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") ? 1 : 0
      openings &+= byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") ? 1 : 0
    }
    nodes.reserveCapacity(separators + min(openings, separators + Self.depthLimit) + 1)
    skipSpace()
    try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw damaged("text follows the end of the value") }
    return nodes
  }

  private func damaged(_ problem: String) -> RondoTextError {
    let line = JSONDocument.line(of: position, in: bytes)
    return .damaged(file: file, place: "line \(line), byte \(position)", problem: problem)
  }

  /// The byte at the position, or zero at the end, which no grammar rule accepts.
  private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(RondoTextError) {
    guard depth < Self.depthLimit else {
      throw damaged("values are nested deeper than \(Self.depthLimit) levels")
    }
    let index = nodes.count
    nodes.append(JSONDocument.Node(offset: UInt32(position), next: 0))
    switch current {
    case UInt8(ascii: "{"): try members(closing: UInt8(ascii: "}"), depth: depth)
    case UInt8(ascii: "["): try members(closing: UInt8(ascii: "]"), depth: depth)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw damaged(position == bytes.count ? "the file ends early" : "no value begins here")
    }
    nodes[index].next = UInt32(nodes.count)
  }

  /// Parses what stands between brackets; the keys of an object are nodes of their own.
  private mutating func members(closing: UInt8, depth: Int) throws(RondoTextError) {
    let isObject = closing == UInt8(ascii: "}")
    position += 1
    skipSpace()
    if current == closing {
      position += 1
      return
    }
    while true {
      if isObject {
        guard current == UInt8(ascii: "\"") else { throw damaged("a key is missing") }
        nodes.append(JSONDocument.Node(offset: UInt32(position), next: UInt32(nodes.count + 1)))
        try string()
        skipSpace()
        guard current == UInt8(ascii: ":") else { throw damaged("a colon is missing") }
        position += 1
        skipSpace()
      }
      try value(depth: depth + 1)
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
        skipSpace()
        continue
      }
      guard current == closing else {
        throw damaged(
          position == bytes.count ? "the file ends early" : "a comma or a bracket is missing")
      }
      position += 1
      return
    }
  }

  private mutating func word(_ word: StaticString) throws(RondoTextError) {
    let isThere = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
    guard isThere else { throw damaged("no value begins here") }
    position += word.utf8CodeUnitCount
  }

  private mutating func digits() throws(RondoTextError) {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(current) else {
      throw damaged("a digit is missing")
    }
    while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(current) { position += 1 }
  }

  private mutating func number() throws(RondoTextError) {
    if current == UInt8(ascii: "-") { position += 1 }
    let isZero = current == UInt8(ascii: "0")
    let start = position
    try digits()
    if isZero, position > start + 1 { throw damaged("a number begins with zero") }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
  }

  private mutating func string() throws(RondoTextError) {
    position += 1
    while position < bytes.count {
      skipPlainBytes()
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return
      }
      if byte < 0x20 { throw damaged("a string holds an unescaped control character") }
      if byte == UInt8(ascii: "\\") { try escape() } else { position += 1 }
    }
    throw damaged("the file ends early")
  }

  /// Passes over bytes of a string, eight at a time, up to a quote, a backslash, a control character
  /// or the last few bytes of the file.
  @inline(__always)
  private mutating func skipPlainBytes() {
    guard let base = bytes.baseAddress else { return }
    while position &+ 8 < bytes.count {
      // A byte that is looked for becomes zero, or less than zero, and its highest bit is set; so
      // may be those of bytes after it.
      let word = ByteHash.load(base + position)
      let quote = word ^ 0x2222_2222_2222_2222
      let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let found =
        (quote &- 0x0101_0101_0101_0101) & ~quote
        | (backslash &- 0x0101_0101_0101_0101) & ~backslash
        | (word &- 0x2020_2020_2020_2020) & ~word
      let place = found & 0x8080_8080_8080_8080
      if place != 0 {
        position &+= place.trailingZeroBitCount &>> 3
        return
      }
      position &+= 8
    }
  }

  private mutating func escape() throws(RondoTextError) {
    position += 1
    switch current {
    case UInt8(ascii: "u"):
      let unit = try codeUnit()
      if (0xDC00..<0xE000).contains(unit) { throw damaged("a surrogate stands alone") }
      guard (0xD800..<0xDC00).contains(unit) else { return }
      guard current == UInt8(ascii: "\\") else { throw damaged("a surrogate stands alone") }
      position += 1
      guard current == UInt8(ascii: "u"), (0xDC00..<0xE000).contains(try codeUnit()) else {
        throw damaged("a surrogate stands alone")
      }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    default: throw damaged("a string holds an unknown escape")
    }
  }

  /// Reads `uXXXX`.
  private mutating func codeUnit() throws(RondoTextError) -> UInt32 {
    position += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Hexadecimal.value(of: current) else {
        throw damaged("a string holds an unknown escape")
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }
}
