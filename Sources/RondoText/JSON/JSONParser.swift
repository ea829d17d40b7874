/// Checks the grammar of a JSON text and finds where its long lists and objects end.
struct JSONParser {
  /// The deepest nesting; tokenizer files need less than ten levels.
  static let depthLimit = 128

  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private var position = 0
  private let text: JSONText
  private var extents: [JSONDocument.Extent] = []

  /// Creates a parser.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
    self.bytes = bytes
    text = JSONText(bytes: bytes)
    self.file = file
  }

  /// Parses the whole text.
  mutating func parse() throws(RondoTextError) -> [JSONDocument.Extent] {
    guard bytes.count < Int(UInt32.max) else { throw damaged("the file is larger than 4 GB") }
    if let offset = UTF8Text.firstInvalidByte(in: bytes) {
      position = offset
      throw damaged("the text is not valid UTF-8")
    }
    skipSpace()
    try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw damaged("text follows the end of the value") }
    return extents
  }

  private func damaged(_ problem: String) -> RondoTextError {
    let line = JSONDocument.line(of: position, in: bytes)
    return .damaged(file: file, place: "line \(line), byte \(position)", problem: problem)
  }

  /// The byte at the position, or zero at the end, which no grammar rule accepts.
  private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  @inline(__always)
  private mutating func skipSpace() { position = text.skippingSpace(from: position) }

  private mutating func value(depth: Int) throws(RondoTextError) {
    guard depth < Self.depthLimit else {
      throw damaged("values are nested deeper than \(Self.depthLimit) levels")
    }
    switch current {
    case UInt8(ascii: "{"), UInt8(ascii: "["): try list(depth: depth)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw damaged(position == bytes.count ? "the file ends early" : "no value begins here")
    }
  }

  /// Parses a list or an object, and records its extent if it is long; nested ones are shorter.
  private mutating func list(depth: Int) throws(RondoTextError) {
    let (start, index) = (position, extents.count)
    extents.append(JSONDocument.Extent(start: UInt32(start), end: 0))
    let closing = current &+ 2  // True of both kinds of brackets.
    try members(closing: closing, depth: depth)
    if position - start < JSONDocument.Extent.leastLength {
      extents.removeLast()
    } else {
      extents[index].end = UInt32(position)
    }
  }

  /// Parses the contents of brackets.
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
      position = text.skippingPlain(from: position)
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
