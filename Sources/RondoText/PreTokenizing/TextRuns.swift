/// Runs of letters, numbers, white space and everything else, for the scanners of byte-level
/// models.
struct TextRuns {
  static let symbol: UInt8 = 0
  static let letter: UInt8 = 1
  static let number: UInt8 = 2
  static let space: UInt8 = 3

  static let classes = ScalarClasses { properties in
    if properties.isLetter { return letter }
    if properties.isNumber { return number }
    return properties.isWhiteSpace ? space : symbol
  }

  /// As ``classes``, but marks are letters.
  static let joiningMarks = ScalarClasses { properties in
    if properties.isLetter || properties.isMark { return letter }
    if properties.isNumber { return number }
    return properties.isWhiteSpace ? space : symbol
  }

  let text: UnsafePointer<UInt8>
  let end: Int
  private let classes: ScalarClasses

  /// Creates runs up to `end`; ``TokenBuffer/padding`` bytes are readable after the text.
  @inline(__always)
  init(
    _ text: UnsafeBufferPointer<UInt8>, to end: Int, classes: ScalarClasses = TextRuns.classes
  ) {
    self.classes = classes
    self.end = end
    guard let base = text.baseAddress else { fatalError("text without memory cannot be scanned") }
    self.text = base
  }

  /// The class of a scalar and the number of its bytes.
  @inline(__always)
  func read(_ position: Int) -> (class: UInt8, count: Int) {
    StepCounter.add(1)
    let quick = classes.ascii[Int(text[position])]
    if quick != ScalarClasses.beyondASCII { return (quick, 1) }
    return readBeyondASCII(position)
  }

  @inline(never)
  private func readBeyondASCII(_ position: Int) -> (class: UInt8, count: Int) {
    let decoded = UTF8Text.decode(UnsafeBufferPointer(start: text, count: end), at: position)
    return (classes[decoded.scalar], decoded.count)
  }

  /// Returns the end of the run of one class that contains `position`.
  @inline(__always)
  func endOfRun(of wanted: UInt8, from position: Int) -> Int {
    if wanted == Self.letter { return endOfLetters(from: position) }
    var position = position
    while position < end {
      StepCounter.add(1)
      let quick = classes.ascii[Int(text[position])]
      if quick == wanted {
        position &+= 1
        continue
      }
      if quick != ScalarClasses.beyondASCII { break }
      let (found, count) = readBeyondASCII(position)
      if found != wanted { break }
      position &+= count
    }
    return position
  }

  /// Returns the end of a run of letters; ASCII letters are recognized eight at a time.
  @inline(__always)
  func endOfLetters(from position: Int) -> Int {
    var position = position
    while position < end {
      StepCounter.add(1)
      let word = ByteHash.load(text + position)
      let lower = (word | 0x2020_2020_2020_2020) & 0x7F7F_7F7F_7F7F_7F7F
      let fromA = lower &+ 0x1F1F_1F1F_1F1F_1F1F
      let beyondZ = lower &+ 0x0505_0505_0505_0505
      let others = ~((fromA & ~beyondZ) & ~word) & 0x8080_8080_8080_8080
      if others == 0 {
        position &+= 8
        continue
      }
      position &+= others.trailingZeroBitCount &>> 3
      if position >= end { return end }
      if text[position] < 0x80 { return position }
      let (found, count) = readBeyondASCII(position)
      if found != Self.letter { return position }
      position &+= count
    }
    return min(position, end)
  }

  /// Returns the end of `\s+(?!\S)|\s+`: white space up to the last before something else.
  @inline(__always)
  func endOfSpace(from start: Int) -> Int {
    var (position, last) = (start, start)
    while position < end {
      let (found, count) = read(position)
      if found != Self.space { break }
      last = position
      position &+= count
    }
    return position == end || last == start ? position : last
  }

  /// Returns the end of `'s|'t|'re|'ve|'m|'ll|'d`, if it stands at `start`.
  @inline(__always)
  func endOfContraction(from start: Int) -> Int? {
    if end &- start < 2 { return nil }
    switch text[start &+ 1] {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return start &+ 2
    case UInt8(ascii: "r"), UInt8(ascii: "v"):
      return end &- start > 2 && text[start &+ 2] == UInt8(ascii: "e") ? start &+ 3 : nil
    case UInt8(ascii: "l"):
      return end &- start > 2 && text[start &+ 2] == UInt8(ascii: "l") ? start &+ 3 : nil
    default: return nil
    }
  }

  /// As ``endOfContraction(from:)``, whatever the case; U+017F counts as s.
  @inline(__always)
  func endOfFoldedContraction(from start: Int) -> Int? {
    if end &- start < 2 { return nil }
    switch text[start &+ 1] | 0x20 {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return text[start &+ 1] >= 0x40 ? start &+ 2 : nil
    case UInt8(ascii: "r"), UInt8(ascii: "v"):
      return end &- start > 2 && text[start &+ 2] | 0x20 == UInt8(ascii: "e") ? start &+ 3 : nil
    case UInt8(ascii: "l"):
      return end &- start > 2 && text[start &+ 2] | 0x20 == UInt8(ascii: "l") ? start &+ 3 : nil
    case 0xC5 | 0x20:
      return end &- start > 2 && text[start &+ 1] == 0xC5 && text[start &+ 2] == 0xBF
        ? start &+ 3 : nil
    default: return nil
    }
  }
}
