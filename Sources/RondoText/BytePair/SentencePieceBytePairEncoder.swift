/// Encodes pieces with a ``SentencePieceBytePairModel`` and remembers what words became.
final class SentencePieceBytePairEncoder: PieceEncoder {
  private let model: SentencePieceBytePairModel
  private let merger: BytePairMerger
  private var memory = PieceMemory()
  /// The unknown characters of the word that is merged, in order.
  private var unknownScalars: [UInt32] = []
  private var spelling: [UInt8] = []

  init(_ model: SentencePieceBytePairModel, barring reserved: Set<Int>) {
    self.model = model
    merger = BytePairMerger(pairs: model.pairs.barring(reserved))
  }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    guard let base = text.baseAddress else { return }
    for piece in pieces {
      if output.keepsSpans || !model.splitsBeforeSpaces {
        mergeWithSpans(
          UnsafeBufferPointer(rebasing: text[piece.range]), at: Int(piece.start), into: &output)
        continue
      }
      // A byte that is not UTF-8 is U+FFFD, which takes three; four identifiers are written at a time.
      output.reserve(3 * piece.count + 4)
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

  /// Merges a word; returns how many identifiers it became.
  ///
  /// Where symbols begin is not followed: unknown characters never merge, so that they come out in
  /// the order in which they went in.
  @inline(never)
  private func merge(
    _ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let left = merger.merge(count: cut(bytes))
    var written = 0
    var unknownIndex = 0
    var isAfterUnknown = false
    for i in 0..<left {
      let symbol = merger.symbols[i]
      if symbol < model.count {
        target[written] = symbol
        written += 1
        isAfterUnknown = false
        continue
      }
      var scalar = symbol
      if symbol == CharacterSymbols.unknown {
        scalar = unknownScalars[unknownIndex]
        unknownIndex += 1
      } else {
        scalar = model.characters.scalar(of: symbol)
      }
      if model.hasByteFallback {
        spelling.removeAll(keepingCapacity: true)
        UTF8Text.append(scalar, to: &spelling)
        for byte in spelling {
          target[written] = model.byteIDs[Int(byte)]
          written += 1
        }
      } else if !isAfterUnknown, let unknown = model.unknownID {
        target[written] = UInt32(unknown)
        written += 1
        isAfterUnknown = true
      }
    }
    return written
  }

  /// Merges a text whose tokens' spans are wanted.
  private func mergeWithSpans(
    _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, into output: inout TokenBuffer
  ) {
    let left = merger.merge(count: cut(bytes), movesStarts: true)
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

  /// Writes the first symbols of a text, where each begins, and the unknown characters; returns how
  /// many symbols there are.
  private func cut(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    merger.reserve(bytes.count)
    unknownScalars.removeAll(keepingCapacity: true)
    let (symbols, starts) = (merger.symbols, merger.starts)
    var count = 0
    var position = 0
    while position < bytes.count {
      starts[count] = UInt32(truncatingIfNeeded: position)
      if let own = model.userDefined?.longestMatch(in: bytes, at: position) {
        symbols[count] = UInt32(own.value)
        position += own.length
      } else {
        let decoded = UTF8Text.decode(bytes, at: position)
        let symbol = model.characters[decoded.scalar]
        symbols[count] = symbol
        if symbol == CharacterSymbols.unknown { unknownScalars.append(decoded.scalar) }
        position += decoded.count
      }
      count += 1
    }
    return count
  }
}
