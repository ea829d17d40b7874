/// Encodes pieces with a ``SentencePieceBytePairModel`` and remembers what words became.
final class SentencePieceBytePairEncoder: PieceEncoder {
  private let model: SentencePieceBytePairModel
  private let merger: BytePairMerger
  private var memory = PieceMemory()
  private var word = TokenBuffer(keepsSpans: false)

  init(_ model: SentencePieceBytePairModel, barring reserved: Set<Int>) {
    self.model = model
    merger = BytePairMerger(pairs: model.pairs.barring(reserved))
  }

  /// How many comparisons and moves all merges took, for tests of growth.
  var stepCount: Int { merger.stepCount }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    guard let base = text.baseAddress else { return }
    for piece in pieces {
      if output.keepsSpans || !model.splitsBeforeSpaces {
        merge(
          UnsafeBufferPointer(rebasing: text[piece.range]), at: Int(piece.start), into: &output)
        continue
      }
      // A token stands for at least one byte, and identifiers are written four at a time.
      output.reserve(piece.count + 4)
      let first = output.ids + output.count
      var start = Int(piece.start)
      while start < Int(piece.end) {
        let end = SpaceBoundary.wordEnd(in: text, from: start, to: Int(piece.end))
        let bytes = UnsafeBufferPointer(start: base + start, count: end - start)
        let target = output.ids + output.count
        var written = recall(bytes, to: target)
        if target != first, !model.hasByteFallback, let unknown = model.unknownID,
          Int(target[0]) == unknown, written > 0, Int(target[-1]) == unknown
        {
          // A run of unknown characters goes on from the word before.
          written -= 1
          for i in 0..<written { target[i] = target[i + 1] }
        }
        output.advance(by: written)
        start = end
      }
    }
  }

  /// Writes the identifiers of a word; returns how many.
  @inline(__always)
  private func recall(
    _ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    guard let base = bytes.baseAddress, bytes.count <= PieceMemory.longestKey else {
      return recallLong(bytes, to: target)
    }
    let key = PieceMemory.Key(base, count: bytes.count)
    var place = key.hash & memory.mask
    while true {
      let entry = memory.entries[place]
      if entry.high == key.high && entry.low == key.low {
        if entry.ids[0] == PieceMemory.elsewhere { return memory.copyArena(entry, to: target) }
        UnsafeMutableRawPointer(target).storeBytes(of: entry.ids, as: SIMD4<UInt32>.self)
        return 1 &+ (entry.ids[1] != PieceMemory.none ? 1 : 0)
          &+ (entry.ids[2] != PieceMemory.none ? 1 : 0)
          &+ (entry.ids[3] != PieceMemory.none ? 1 : 0)
      }
      if entry.high == 0 { break }
      place = (place &+ 1) & memory.mask
    }
    let written = merge(bytes, to: target)
    memory.insert(key, at: place, ids: target, count: written)
    return written
  }

  private func recallLong(
    _ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    if bytes.count > PieceMemory.longestPiece { return merge(bytes, to: target) }
    let hash = ByteHash.hash(bytes)
    if let known = memory.findLong(bytes, hash: hash, to: target) { return known }
    let written = merge(bytes, to: target)
    memory.insertLong(bytes, hash: hash, ids: target, count: written)
    return written
  }

  @inline(never)
  private func merge(
    _ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    word.removeAll()
    merge(bytes, at: 0, into: &word)
    target.update(from: word.ids, count: word.count)
    return word.count
  }

  private func merge(
    _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, into output: inout TokenBuffer
  ) {
    // Where each symbol begins is asked for when it is unknown, too.
    let count = cut(bytes)
    let left = merger.merge(count: count, movesStarts: true)
    var isAfterUnknown = false
    for i in 0..<left {
      let start = i == 0 ? 0 : Int(merger.starts[i])
      var end = i + 1 < left ? Int(merger.starts[i + 1]) : bytes.count
      let symbol = merger.symbols[i]
      if symbol < model.count {
        output.append(symbol, span: Piece(offset + start, offset + end))
        isAfterUnknown = false
      } else if model.hasByteFallback {
        for position in start..<end {
          output.append(
            model.byteIDs[Int(bytes[position])],
            span: Piece(offset + position, offset + position + 1))
        }
      } else if !isAfterUnknown, let unknown = model.unknownID {
        var next = i + 1
        while next < left, merger.symbols[next] >= model.count { next += 1 }
        end = next < left ? Int(merger.starts[next]) : bytes.count
        output.append(UInt32(unknown), span: Piece(offset + start, offset + end))
        isAfterUnknown = true
      }
    }
  }

  /// Writes the first symbols of a text and where each begins; returns how many.
  private func cut(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    merger.reserve(bytes.count)
    let (symbols, starts) = (merger.symbols, merger.starts)
    var count = 0
    var position = 0
    while position < bytes.count {
      starts[count] = UInt32(truncatingIfNeeded: position)
      if let own = model.userDefined?.longestMatch(in: bytes, at: position) {
        symbols[count] = UInt32(own.value)
        position += own.length
      } else if bytes[position] < 0x80 {
        symbols[count] = min(model.asciiSymbols[Int(bytes[position])], unknownSymbol)
        position += 1
      } else {
        let end = min(position + UTF8Lead.length(bytes[position]), bytes.count)
        symbols[count] = model.characters[Array(bytes[position..<end])] ?? unknownSymbol
        position = end
      }
      count += 1
    }
    return count
  }

  /// A symbol that no pair has.
  private var unknownSymbol: UInt32 { UInt32(PairTable.limit - 1) }
}
