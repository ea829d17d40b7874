/// Encodes words with a ``WordPieceModel`` and remembers what they became.
final class WordPieceEncoder: PieceEncoder {
  private let trie: ByteTrie
  private let continuation: UInt32
  private let unknown: UInt32
  private let longestWord: Int
  private let isReserved: [Bool]
  private var memory = PieceMemory()
  private var ends: [UInt32] = []

  /// Creates an encoder that has seen nothing.
  init(_ model: WordPieceModel, barring reserved: Set<Int>) {
    trie = model.trie
    continuation = model.continuation
    unknown = UInt32(model.unknownID ?? 0)
    longestWord = model.longestWord
    var isReserved = [Bool](repeating: false, count: model.count)
    for id in reserved where id < model.count { isReserved[id] = true }
    self.isReserved = isReserved
  }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    guard let base = text.baseAddress else { return }
    if output.keepsSpans { return encodeWithSpans(pieces, of: base, into: &output) }
    output.reserve(pieces.reduce(4) { $0 &+ $1.count })
    let first = output.ids + output.count
    let written = memory.encode(pieces, of: base, to: first) { word, count, target in
      match(word, count: count, to: target)
    }
    output.advance(by: written)
  }

  private func encodeWithSpans(
    _ pieces: UnsafeBufferPointer<Piece>, of base: UnsafePointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    for piece in pieces {
      output.reserve(piece.count)
      let target = output.ids + output.count
      let written = match(base + Int(piece.start), count: piece.count, to: target)
      var start = piece.start
      for (index, end) in ends.enumerated() {
        output.spans[output.count + index] = Piece(start: start, end: piece.start + end)
        start = piece.start + end
      }
      output.advance(by: written)
    }
  }

  /// Writes the tokens of a word, and leaves where they end in `ends`; returns how many.
  private func match(
    _ word: UnsafePointer<UInt8>, count: Int, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    ends.removeAll(keepingCapacity: true)
    if count <= longestWord || scalarCount(word, count: count) <= longestWord {
      var (start, written) = (0, 0)
      while start < count {
        var node = start == 0 ? ByteTrie.root : continuation
        var (id, end) = (ByteTrie.none, start)
        var position = start
        while position < count, node != ByteTrie.none {
          node = trie.child(of: node, word[position])
          position &+= 1
          guard node != ByteTrie.none else { break }
          let value = trie.values[Int(node)]
          if value != ByteTrie.none, !isReserved[Int(value)] { (id, end) = (value, position) }
        }
        if id == ByteTrie.none { break }
        target[written] = id
        ends.append(UInt32(end))
        written += 1
        start = end
      }
      if start == count { return written }
    }
    ends = [UInt32(count)]
    target[0] = unknown
    return 1
  }

  private func scalarCount(_ word: UnsafePointer<UInt8>, count: Int) -> Int {
    UnsafeBufferPointer(start: word, count: count).count { $0 & 0xC0 != 0x80 }
  }
}

extension PieceMemory {
  /// Writes the identifiers of pieces, and asks for those of pieces that it has not seen.
  ///
  /// - Parameters:
  ///   - pieces: The pieces.
  ///   - base: The text, readable for ``TokenBuffer/padding`` bytes after its end.
  ///   - first: Where the identifiers go; there is room for one a byte and four more.
  ///   - work: Writes the identifiers of a new piece and returns how many, at least one.
  /// - Returns: How many identifiers were written.
  @inline(__always)
  mutating func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of base: UnsafePointer<UInt8>,
    to first: UnsafeMutablePointer<UInt32>,
    _ work: (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt32>) -> Int
  ) -> Int {
    var target = first
    for piece in pieces {
      let (start, count) = (base + Int(piece.start), piece.count)
      if count > Self.longestKey {
        target += work(start, count, target)
        continue
      }
      let key = Key(start, count: count)
      var place = key.hash & mask
      while true {
        let entry = entries[place]
        if entry.high == key.high, entry.low == key.low {
          if entry.ids[0] == Self.elsewhere {
            target += copyArena(entry, to: target)
            break
          }
          UnsafeMutableRawPointer(target).storeBytes(of: entry.ids, as: SIMD4<UInt32>.self)
          target +=
            1 &+ (entry.ids[1] != Self.none ? 1 : 0) &+ (entry.ids[2] != Self.none ? 1 : 0)
            &+ (entry.ids[3] != Self.none ? 1 : 0)
          break
        }
        if entry.high == 0 {
          let written = work(start, count, target)
          insert(key, at: place, ids: target, count: written)
          target += written
          break
        }
        place = (place &+ 1) & mask
      }
    }
    return target - first
  }
}
