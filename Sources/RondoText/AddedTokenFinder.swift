/// Finds added tokens in text: the leftmost first, and of those that begin together the longest.
struct AddedTokenFinder: Sendable {
  /// A token that was found, with the spaces that it takes along.
  struct Match {
    var id: Int
    var range: Range<Int>
  }

  private let tokens: [AddedToken]
  /// The child of a node, by node and byte.
  private var children: [UInt64: Int32] = [:]
  /// The token that ends at a node, -1 for none.
  private var endings: [Int32] = [-1]
  private var begins = [Bool](repeating: false, count: 256)

  /// Whether there is nothing to find.
  var isEmpty: Bool { tokens.isEmpty }

  /// Creates a finder.
  ///
  /// - Parameters:
  ///   - tokens: The tokens.
  ///   - normalizer: What the text has been through and the tokens' texts go through.
  init(_ tokens: [AddedToken], normalizer: (any Normalizer)? = nil) {
    self.tokens = tokens
    for (index, token) in tokens.enumerated() {
      var text = NormalizedText(token.text, keepsOrigins: false)
      normalizer?.normalize(&text)
      var node = 0
      for byte in text.storage.prefix(text.count) {
        let key = UInt64(node) << 8 | UInt64(byte)
        if let child = children[key] {
          node = Int(child)
        } else {
          children[key] = Int32(endings.count)
          node = endings.count
          endings.append(-1)
        }
      }
      guard node > 0 else { continue }
      begins[Int(text.storage[0])] = true
      if endings[node] < 0 { endings[node] = Int32(index) }
    }
  }

  /// Returns the matches, ascending.
  func matches(in text: UnsafeBufferPointer<UInt8>) -> [Match] {
    var matches: [Match] = []
    if isEmpty { return matches }
    begins.withUnsafeBufferPointer { begins in
      var position = 0
      var last = 0
      while position < text.count {
        StepCounter.add(1)
        guard begins[Int(text[position])], let (index, end) = longest(in: text, at: position) else {
          position &+= 1
          continue
        }
        let token = tokens[index]
        if !token.isSingleWord || isAlone(position..<end, in: text) {
          let start = token.stripsLeft ? startOfSpace(before: position, in: text) : position
          let stop = token.stripsRight ? endOfSpace(from: end, in: text) : end
          matches.append(Match(id: token.id, range: max(start, last)..<stop))
          last = stop
        }
        position = end
      }
    }
    return matches
  }

  private func longest(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> (Int, Int)? {
    var node = 0
    var found: (Int, Int)?
    var position = start
    while position < text.count, let child = children[UInt64(node) << 8 | UInt64(text[position])] {
      StepCounter.add(1)
      node = Int(child)
      position += 1
      if endings[node] >= 0 { found = (Int(endings[node]), position) }
    }
    return found
  }

  private func scalarStart(before position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var start = position - 1
    while start > 0, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  private func isAlone(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    func isWord(_ position: Int) -> Bool {
      ScalarProperties(of: UTF8Text.decode(text, at: position).scalar).isWordCharacter
    }
    if range.lowerBound > 0, isWord(scalarStart(before: range.lowerBound, in: text)) {
      return false
    }
    return range.upperBound == text.count || !isWord(range.upperBound)
  }

  private func startOfSpace(before position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var position = position
    while position > 0 {
      StepCounter.add(1)
      let start = scalarStart(before: position, in: text)
      let scalar = UTF8Text.decode(text, at: start).scalar
      guard ScalarProperties(of: scalar).isWhiteSpace else { break }
      position = start
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
