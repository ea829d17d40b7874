/// Encodes words with a ``WordPieceModel`` and caches the results.
final class WordPieceEncoder: PieceEncoder {
  private let trie: DoubleArrayTrie
  private let continuation: Int?
  private let unknown: UInt32
  private let longestWord: Int
  private let isReserved: [Bool]
  private let memory: PieceMemory
  private var ends: [UInt32] = []

  /// Creates an encoder with an empty cache.
  init(_ model: WordPieceModel, barring reserved: Set<Int>) {
    trie = model.trie
    continuation = model.continuation
    unknown = UInt32(model.unknownID ?? 0)
    longestWord = model.longestWord
    var isReserved = [Bool](repeating: false, count: model.count)
    for id in reserved where id < model.count { isReserved[id] = true }
    self.isReserved = isReserved
    memory = PieceMemory()
  }

  private init(sharing other: WordPieceEncoder) {
    trie = other.trie
    continuation = other.continuation
    unknown = other.unknown
    longestWord = other.longestWord
    isReserved = other.isReserved
    memory = other.memory
  }

  func makeCompanion() -> any PieceEncoder { WordPieceEncoder(sharing: self) }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    guard let base = text.baseAddress else { return }
    if output.keepsSpans { return encodeWithSpans(pieces, of: base, into: &output) }
    output.reserve(pieces.reduce(4) { $0 &+ $1.count })
    let first = output.ids + output.count
    let written = memory.encode(pieces, of: base, to: first) { match($0, to: $1) }
    output.advance(by: written)
  }

  private func encodeWithSpans(
    _ pieces: UnsafeBufferPointer<Piece>, of base: UnsafePointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    for piece in pieces {
      output.reserve(piece.count)
      let target = output.ids + output.count
      let word = UnsafeBufferPointer(start: base + Int(piece.start), count: piece.count)
      let written = match(word, to: target)
      var start = piece.start
      for (index, end) in ends.enumerated() {
        output.spans[output.count + index] = Piece(start: start, end: piece.start + end)
        start = piece.start + end
      }
      output.advance(by: written)
    }
  }

  /// Writes the tokens of a word, and their ends to `ends`; returns their number.
  private func match(
    _ word: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    ends.removeAll(keepingCapacity: true)
    let count = word.count
    if count <= longestWord || word.count(where: { $0 & 0xC0 != 0x80 }) <= longestWord {
      var (start, written) = (0, 0)
      while start < count {
        var node = start == 0 ? DoubleArrayTrie.root : continuation
        var (id, end) = (DoubleArrayTrie.none, start)
        var position = start
        while position < count, let last = node {
          StepCounter.add(1)
          node = trie.child(of: last, word[position])
          position &+= 1
          guard let node else { break }
          let value = trie.nodes[node].value
          if value != DoubleArrayTrie.none, !isReserved[Int(value)] {
            (id, end) = (value, position)
          }
        }
        if id == DoubleArrayTrie.none { break }
        target[written] = UInt32(id)
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
}
