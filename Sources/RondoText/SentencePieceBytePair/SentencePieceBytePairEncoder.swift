/// Encodes pieces with a ``SentencePieceBytePairModel`` and caches the results.
final class SentencePieceBytePairEncoder: PieceEncoder {
  private let model: SentencePieceBytePairModel
  private let merger: BytePairMerger
  private let memory: PieceMemory
  private let stretches = UnsafeMutableBufferPointer<Piece>.allocate(capacity: 256)
  /// The unknown characters of the current word, in order.
  private var unknownScalars: [UInt32] = []
  private var spelling: [UInt8] = []

  init(_ model: SentencePieceBytePairModel, barring reserved: Set<Int>) {
    self.model = model
    merger = BytePairMerger(pairs: model.pairs.barring(reserved))
    memory = PieceMemory()
  }

  private init(sharing other: SentencePieceBytePairEncoder) {
    model = other.model
    merger = BytePairMerger(pairs: other.merger.pairs)
    memory = other.memory
  }

  func makeCompanion() -> any PieceEncoder { SentencePieceBytePairEncoder(sharing: self) }

  deinit { stretches.deallocate() }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    for piece in pieces {
      if output.keepsSpans {
        mergeWithSpans(
          UnsafeBufferPointer(rebasing: text[piece.range]), at: Int(piece.start), into: &output)
      } else {
        mergeStretches(of: piece, in: text, into: &output)
      }
    }
  }

  private func mergeStretches(
    of piece: Piece, in text: UnsafeBufferPointer<UInt8>, into output: inout TokenBuffer
  ) {
    guard let base = text.baseAddress else { return }
    // A byte that is not UTF-8 is U+FFFD, which takes three; four identifiers are written at a
    // time.
    output.reserve(3 * piece.count + 4)
    let first = output.ids + output.count
    var (written, position) = (0, Int(piece.start))
    while position < Int(piece.end) {
      let count = model.cuts.scan(text, from: &position, to: Int(piece.end), into: stretches)
      written += memory.encode(
        UnsafeBufferPointer(rebasing: stretches[..<count]), of: base, to: first + written
      ) { merge($0, to: $1) }
    }
    if let unknown = model.unknownID, !model.hasByteFallback {
      written = joinNeighbors(
        UInt32(unknown), in: UnsafeMutableBufferPointer(start: first, count: written))
    }
    output.advance(by: written)
  }

  /// Fuses runs of one identifier, which unknown characters of adjacent stretches produce; returns
  /// the number of remaining identifiers.
  private func joinNeighbors(_ id: UInt32, in ids: UnsafeMutableBufferPointer<UInt32>) -> Int {
    var kept = 0
    for next in ids where next != id || kept == 0 || ids[kept - 1] != id {
      ids[kept] = next
      kept += 1
    }
    return kept
  }

  /// Merges a word; returns the number of its identifiers.
  ///
  /// The starts of symbols are not tracked: unknown characters never merge, so they are returned in
  /// their original order.
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

  /// Merges a text and computes the spans of its tokens.
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

  /// Writes the first symbols of a text, their starts, and the unknown characters; returns the
  /// number of symbols.
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
