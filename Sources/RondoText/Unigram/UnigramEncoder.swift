/// Encodes pieces with a ``UnigramModel`` and remembers what words became.
///
/// Where a space only ever begins a piece, the best segmentation of a text is that of its words,
/// one after another. In double precision that is all. In single precision the sum so far, which
/// grows along the text, rounds away small differences; so a word is remembered together with the
/// margin by which its best segmentation wins, and where rounding could eat the margin up, the word
/// is segmented again on top of the sum so far.
final class UnigramEncoder: PieceEncoder {
  private let model: UnigramModel
  private let lattice: UnigramLattice
  private var memory = PieceMemory()
  /// The identifiers of a remembered word, after the bits of its margin.
  private var payload: [UInt32] = []

  init(_ model: UnigramModel, barring reserved: Set<Int>) {
    self.model = model
    lattice = UnigramLattice(model, barring: reserved)
  }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    for piece in pieces {
      if output.keepsSpans {
        segmentWhole(piece, of: text, into: &output)
      } else {
        segmentWords(of: piece, in: text, into: &output)
      }
    }
  }

  /// Appends a segmentation of a piece drawn at random; see ``UnigramLattice/sample(_:smoothing:using:)``.
  func sample(
    _ piece: Piece, of text: UnsafeBufferPointer<UInt8>, smoothing: Double,
    using random: inout some RandomNumberGenerator, into output: inout TokenBuffer
  ) {
    let bytes = UnsafeBufferPointer(rebasing: text[piece.range])
    lattice.sample(bytes, smoothing: smoothing, using: &random)
    append(of: bytes, at: Int(piece.start), isFirst: true, into: &output)
  }

  /// Segments a piece as a whole.
  private func segmentWhole(
    _ piece: Piece, of text: UnsafeBufferPointer<UInt8>, into output: inout TokenBuffer
  ) {
    let bytes = UnsafeBufferPointer(rebasing: text[piece.range])
    _ = lattice.segment(bytes, model.arithmetic == .sentencePiece ? .single(0) : .double)
    append(of: bytes, at: Int(piece.start), isFirst: true, into: &output)
  }

  private func segmentWords(
    of piece: Piece, in text: UnsafeBufferPointer<UInt8>, into output: inout TokenBuffer
  ) {
    guard model.splitsBeforeSpaces, let base = text.baseAddress else {
      return segmentWhole(piece, of: text, into: &output)
    }
    // A token stands for at least one byte, and identifiers are written four at a time.
    output.reserve(piece.count + 4)
    let isSingle = model.arithmetic == .sentencePiece
    let end = Int(piece.end)
    let first = output.count
    var sum: Float = 0
    var start = Int(piece.start)
    while start < end {
      let wordEnd = SpaceBoundary.wordEnd(in: text, from: start, to: end)
      let bytes = UnsafeBufferPointer(start: base + start, count: wordEnd - start)
      let needed = isSingle ? safeMargin(sum: sum, count: bytes.count) : 0
      if needed.isFinite,
        let written = recall(bytes, needed: needed, to: output.ids + output.count)
      {
        if isSingle {
          for i in 0..<written {
            sum += Float(model.costs[Int(output.ids[output.count + i])])
          }
        }
        output.advance(by: written)
      } else if isSingle {
        sum = Float(lattice.segment(bytes, .single(sum)).score)
        append(of: bytes, at: start, isFirst: output.count == first, into: &output)
      } else {
        _ = lattice.segment(bytes, .double)
        append(of: bytes, at: start, isFirst: output.count == first, into: &output)
      }
      start = wordEnd
    }
  }

  /// The margin that outlives rounding.
  ///
  /// Each of the at most `count` additions along two segmentations, and one comparison each, may be
  /// wrong by half a unit in the last place. No margin is enough where the sum might start again at
  /// zero.
  @inline(__always)
  private func safeMargin(sum: Float, count: Int) -> Float {
    let lowest = sum + Float(model.unknownCost) * Float(count)
    if lowest < Float(UnigramLattice.lowestSum) { return .infinity }
    return abs(lowest).ulp * Float(4 &* count &+ 4)
  }

  /// Writes the identifiers of a word from memory, or segments and remembers it; `nil` if it holds
  /// unknown characters or its margin is too small.
  @inline(__always)
  private func recall(
    _ word: UnsafeBufferPointer<UInt8>, needed: Float, to target: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    guard let base = word.baseAddress, word.count <= PieceMemory.longestKey else {
      return recallLong(word, needed: needed, to: target)
    }
    let key = PieceMemory.Key(base, count: word.count)
    var place = key.hash & memory.mask
    while true {
      let entry = memory.entries[place]
      if entry.high == key.high && entry.low == key.low {
        if entry.ids[0] == PieceMemory.elsewhere {
          return unpack(count: memory.copyArena(entry, to: scratch), needed: needed, to: target)
        }
        if Float(bitPattern: entry.ids[0]) < needed { return nil }
        target[0] = entry.ids[1]
        target[1] = entry.ids[2]
        target[2] = entry.ids[3]
        return 1 &+ (entry.ids[2] != PieceMemory.none ? 1 : 0)
          &+ (entry.ids[3] != PieceMemory.none ? 1 : 0)
      }
      if entry.high == 0 { break }
      place = (place &+ 1) & memory.mask
    }
    let margin = learn(word)
    payload.withUnsafeMutableBufferPointer { payload in
      guard let ids = payload.baseAddress else { return }
      memory.insert(key, at: place, ids: ids, count: payload.count)
    }
    return margin < needed ? nil : copyPayload(to: target)
  }

  private func recallLong(
    _ word: UnsafeBufferPointer<UInt8>, needed: Float, to target: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    if word.count > PieceMemory.longestPiece { return nil }
    let hash = ByteHash.hash(word)
    if let count = memory.findLong(word, hash: hash, to: scratch) {
      return unpack(count: count, needed: needed, to: target)
    }
    let margin = learn(word)
    payload.withUnsafeMutableBufferPointer { payload in
      guard let ids = payload.baseAddress else { return }
      memory.insertLong(word, hash: hash, ids: ids, count: payload.count)
    }
    return margin < needed ? nil : copyPayload(to: target)
  }

  /// Segments a word in exact arithmetic into ``payload``; returns its margin, which is below zero
  /// if it holds unknown characters: those are not remembered.
  @inline(never)
  private func learn(_ word: UnsafeBufferPointer<UInt8>) -> Float {
    var margin = Float(lattice.segment(word, .double).margin)
    payload.removeAll(keepingCapacity: true)
    if lattice.steps.contains(where: { $0.id < 0 }) {
      margin = -1
      payload.append(margin.bitPattern)
    } else {
      payload.append(margin.bitPattern)
      for step in lattice.steps { payload.append(UInt32(bitPattern: step.id)) }
    }
    return margin
  }

  private func copyPayload(to target: UnsafeMutablePointer<UInt32>) -> Int {
    for i in 1..<payload.count { target[i - 1] = payload[i] }
    return payload.count - 1
  }

  /// Where the arena of the memory is copied to: room for the margin and a token for each byte.
  private let scratch = UnsafeMutablePointer<UInt32>.allocate(
    capacity: PieceMemory.longestPiece + 1)

  deinit { scratch.deallocate() }

  private func unpack(
    count: Int, needed: Float, to target: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    if Float(bitPattern: scratch[0]) < needed { return nil }
    target.update(from: scratch + 1, count: count - 1)
    return count - 1
  }

  /// Appends the segmentation that the lattice has found.
  private func append(
    of bytes: UnsafeBufferPointer<UInt8>, at offset: Int, isFirst: Bool,
    into output: inout TokenBuffer
  ) {
    var isAfterUnknown =
      !isFirst && output.count > 0 && model.unknownID == Int(output.ids[output.count - 1])
    var index = 0
    while index < lattice.steps.count {
      let step = lattice.steps[index]
      index += 1
      if step.id >= 0 {
        let span = Piece(offset + Int(step.start), offset + Int(step.end))
        output.append(UInt32(bitPattern: step.id), span: span)
        isAfterUnknown = false
        continue
      }
      var end = step.end
      while index < lattice.steps.count, lattice.steps[index].id < 0 {
        end = lattice.steps[index].end
        index += 1
      }
      let run = Int(step.start)..<Int(end)
      if hasBytes(bytes[run]) {
        for i in run {
          output.append(
            UInt32(bitPattern: model.byteIDs[Int(bytes[i])]),
            span: Piece(offset + i, offset + i + 1))
        }
      } else if let unknown = model.unknownID, !isAfterUnknown {
        output.append(
          UInt32(unknown), span: Piece(offset + run.lowerBound, offset + run.upperBound))
        isAfterUnknown = true
      }
    }
  }

  /// Whether there are tokens for all of some bytes.
  private func hasBytes(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    model.hasByteFallback && bytes.allSatisfy { model.byteIDs[Int($0)] >= 0 }
  }
}
