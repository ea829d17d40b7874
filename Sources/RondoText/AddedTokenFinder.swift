/// Matches added tokens in text: the leftmost first, and the longest of those that begin together.
struct AddedTokenFinder: Sendable {
  /// A matched token, with the white space that it absorbs.
  ///
  /// White space that a token absorbs on its right may hold the next matches, as in Hugging Face's
  /// library; what follows such a match is read again.
  struct Match {
    var id: Int
    var range: Range<Int>
  }

  private let tokens: [AddedToken]
  /// The spellings in the order of their bytes, so that common prefixes are adjacent.
  private var spellings: [Spelling] = []
  /// For each byte, the spellings that begin with it.
  private var begins = [Range<Int>](repeating: 0..<0, count: 256)

  /// The bytes of a token as they stand in the text.
  private struct Spelling {
    var bytes: [UInt8]
    var token: Int
  }

  /// Whether there is nothing to find.
  var isEmpty: Bool { tokens.isEmpty }

  /// Creates a finder.
  ///
  /// - Parameters:
  ///   - tokens: The tokens.
  ///   - normalizer: The normalizer that the text went through, which is applied to the tokens too.
  init(_ tokens: [AddedToken], normalizer: (any Normalizer)? = nil) {
    self.tokens = tokens
    for (index, token) in tokens.enumerated() {
      var text = NormalizedText(token.text, keepsOrigins: false)
      normalizer?.normalize(&text)
      let bytes = Array(text.storage.prefix(text.count))
      if !bytes.isEmpty { spellings.append(Spelling(bytes: bytes, token: index)) }
    }
    // Of two tokens with one spelling the first counts.
    spellings.sort { first, second in
      first.bytes == second.bytes
        ? first.token < second.token : first.bytes.lexicographicallyPrecedes(second.bytes)
    }
    for (place, spelling) in spellings.enumerated() {
      let first = Int(spelling.bytes[0])
      begins[first] = (begins[first].isEmpty ? place : begins[first].lowerBound)..<place + 1
    }
  }

  /// Returns the matches, in the order in which they begin.
  func matches(in text: UnsafeBufferPointer<UInt8>) -> [Match] {
    var matches: [Match] = []
    if isEmpty { return matches }
    begins.withUnsafeBufferPointer { begins in
      var position = 0
      // Where the last token ended, and the furthest end of space that any took.
      var (last, spaceEnd) = (0, 0)
      while position < text.count {
        StepCounter.add(1)
        guard !begins[Int(text[position])].isEmpty,
          let (index, end) = longest(in: text, at: position)
        else {
          position &+= 1
          continue
        }
        let token = tokens[index]
        if !token.isSingleWord || isAlone(position..<end, in: text) {
          let start =
            token.stripsLeft ? startOfSpace(before: position, notBefore: last, in: text) : position
          // All from the end of an earlier token on is space, up to where that one's space ended.
          if token.stripsRight, end > spaceEnd { spaceEnd = endOfSpace(from: end, in: text) }
          last = token.stripsRight ? spaceEnd : end
          // A token inside space that an earlier one took may have no bytes left.
          if start < last { matches.append(Match(id: token.id, range: start..<last)) }
        }
        position = end
      }
    }
    return matches
  }

  /// Calls `body` with each stretch of a text that is a token, or lies between two.
  func forEachStretch(
    of text: UnsafeBufferPointer<UInt8>, _ body: (_ id: Int?, _ range: Range<Int>) -> Void
  ) {
    var position = 0
    for match in matches(in: text) {
      if position < match.range.lowerBound { body(nil, position..<match.range.lowerBound) }
      body(match.id, match.range)
      position = match.range.upperBound
    }
    if position < text.count { body(nil, position..<text.count) }
  }

  private func longest(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> (Int, Int)? {
    var candidates = begins[Int(text[start])]
    var found: (Int, Int)?
    var depth = 1
    while !candidates.isEmpty {
      StepCounter.add(1)
      // A spelling that ends here comes before all that continue.
      if spellings[candidates.lowerBound].bytes.count == depth {
        found = (spellings[candidates.lowerBound].token, start + depth)
      }
      guard start + depth < text.count else { break }
      let byte = text[start + depth]
      let first = firstPlace(in: candidates) { $0.count > depth && $0[depth] >= byte }
      let last = firstPlace(in: candidates) { $0.count > depth && $0[depth] > byte }
      candidates = first..<last
      depth += 1
    }
    return found
  }

  /// Returns the first of some spellings that is far enough in their order.
  private func firstPlace(in places: Range<Int>, where isFar: ([UInt8]) -> Bool) -> Int {
    var (low, high) = (places.lowerBound, places.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if isFar(spellings[middle].bytes) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Returns the scalar that ends at a position, or `nil` where the bytes before it are no scalar.
  private func scalar(
    before position: Int, notBefore first: Int = 0, in text: UnsafeBufferPointer<UInt8>
  ) -> (start: Int, scalar: UInt32)? {
    guard position > first else { return nil }
    var start = position - 1
    while start > first, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    let decoded = UTF8Text.decode(text, at: start)
    return decoded.count == position - start ? (start, decoded.scalar) : nil
  }

  private func isAlone(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    func isWord(_ scalar: UInt32) -> Bool { ScalarProperties(of: scalar).isWordCharacter }
    if let before = scalar(before: range.lowerBound, in: text), isWord(before.scalar) {
      return false
    }
    return range.upperBound == text.count
      || !isWord(UTF8Text.decode(text, at: range.upperBound).scalar)
  }

  private func startOfSpace(
    before position: Int, notBefore first: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var position = max(position, first)
    while let before = scalar(before: position, notBefore: first, in: text),
      ScalarProperties(of: before.scalar).isWhiteSpace
    {
      StepCounter.add(1)
      position = before.start
    }
    return position
  }

  private func endOfSpace(from position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var position = position
    while position < text.count {
      StepCounter.add(1)
      let decoded = UTF8Text.decode(text, at: position)
      guard ScalarProperties(of: decoded.scalar).isWhiteSpace else { break }
      position += decoded.count
    }
    return position
  }
}
