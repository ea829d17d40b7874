/// Encodes pieces with a ``UnigramModel`` and caches the tokens of stretches of text.
///
/// Where no piece reaches across a cut, the best segmentation of a text is that of its parts, one
/// after another, if sums are exact. They are not: the running sum, which grows along the text,
/// rounds away small differences. So a stretch is cached together with the margin by which its best
/// segmentation wins, and where rounding could exceed the margin, the stretch is segmented again on
/// top of the running sum.
final class UnigramEncoder: PieceEncoder {
  /// The cached value for an unknown character.
  private static let unknown = UInt32.max - 2

  private let model: UnigramModel
  private let reserved: Set<Int>
  private let lattice: UnigramLattice
  private let isSingle: Bool
  /// The maximum relative error of a sum.
  private let rounding: Float
  private let unknownCost: Float
  private let memory: PieceMemory
  /// The margin of a stretch, and then its identifiers.
  private let payload = UnsafeMutablePointer<UInt32>.allocate(
    capacity: PieceMemory.longestPiece + 1)
  private let stretches = UnsafeMutableBufferPointer<Piece>.allocate(capacity: 256)

  convenience init(_ model: UnigramModel, barring reserved: Set<Int>) {
    self.init(model, barring: reserved, memory: PieceMemory())
  }

  private init(_ model: UnigramModel, barring reserved: Set<Int>, memory: PieceMemory) {
    self.model = model
    self.reserved = reserved
    self.memory = memory
    lattice = UnigramLattice(model, barring: reserved)
    isSingle = model.arithmetic == .sentencePiece
    rounding = isSingle ? .ulpOfOne : 0x1p-51
    unknownCost = Float(model.unknownCost)
  }

  deinit {
    payload.deallocate()
    stretches.deallocate()
  }

  func makeCompanion() -> any PieceEncoder {
    UnigramEncoder(model, barring: reserved, memory: memory)
  }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    for piece in pieces {
      if output.keepsSpans {
        segmentWhole(piece, of: text, into: &output)
      } else {
        segmentStretches(of: piece, in: text, into: &output)
      }
    }
  }

  /// Appends a randomly sampled segmentation of a piece.
  ///
  /// See ``UnigramLattice/sample(_:smoothing:using:)``.
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
    _ = lattice.segment(bytes, isSingle ? .single(0) : .double(0))
    append(of: bytes, at: Int(piece.start), isFirst: true, into: &output)
  }

  private func segmentStretches(
    of piece: Piece, in text: UnsafeBufferPointer<UInt8>, into output: inout TokenBuffer
  ) {
    guard let base = text.baseAddress else { return }
    // A token stands for at least one byte.
    output.reserve(piece.count)
    let first = output.count
    var sum = 0.0
    var position = Int(piece.start)
    while position < Int(piece.end) {
      let count = model.cuts.scan(text, from: &position, to: Int(piece.end), into: stretches)
      for stretch in stretches[..<count] {
        let bytes = UnsafeBufferPointer(start: base + Int(stretch.start), count: stretch.count)
        let needed = safeMargin(sum: sum, count: bytes.count)
        if needed.isFinite, let known = recall(bytes),
          Float(bitPattern: known[0]).magnitude >= needed
        {
          append(known, to: &output, isFirst: output.count == first, sum: &sum)
        } else {
          sum = lattice.segment(bytes, isSingle ? .single(sum) : .double(sum)).score
          append(
            of: bytes, at: Int(stretch.start), isFirst: output.count == first, into: &output)
        }
      }
    }
  }

  /// The margin that survives rounding.
  ///
  /// Each of the at most `count` additions along two segmentations, and one comparison each, may be
  /// wrong by half a unit in the last place. No margin is enough where the sum might restart at
  /// zero.
  @inline(__always)
  private func safeMargin(sum: Double, count: Int) -> Float {
    let lowest = Float(sum) + unknownCost * Float(count)
    if isSingle, lowest < Float(UnigramLattice.lowestSum) { return .infinity }
    return lowest.magnitude * Float(4 &* count &+ 4) * rounding
  }

  /// Returns the margin of a stretch and its identifiers, from the cache or newly computed; `nil`
  /// if it is too long.
  @inline(__always)
  private func recall(_ stretch: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt32>? {
    guard let base = stretch.baseAddress, stretch.count <= PieceTable.longestKey else {
      return recallLong(stretch)
    }
    let key = PieceTable.Key(base, count: stretch.count)
    if let entry = memory.table.entry(of: key) { return PieceTable.ids(of: entry) }
    let count = learn(stretch)
    memory.insert(key, ids: payload, count: count)
    return UnsafeBufferPointer(start: payload, count: count)
  }

  private func recallLong(
    _ stretch: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt32>? {
    if stretch.count > PieceMemory.longestPiece { return nil }
    let key = PieceTable.Key(hashing: stretch)
    if let known = memory.table.ids(ofLong: stretch, key: key) { return known }
    let count = learn(stretch)
    memory.insertLong(stretch, key: key, ids: payload, count: count)
    return UnsafeBufferPointer(start: payload, count: count)
  }

  /// Segments a stretch by itself and writes its margin and identifiers into ``payload``; returns
  /// their number.
  ///
  /// The margin is negative where there are unknown characters, and NaN where these may be encoded
  /// as bytes.
  @inline(never)
  private func learn(_ stretch: UnsafeBufferPointer<UInt8>) -> Int {
    var margin = Float(lattice.segment(stretch, .double(0)).margin)
    var count = 1
    for step in lattice.steps {
      if step.id < 0 { margin = model.hasByteFallback ? .nan : -margin.magnitude }
      payload[count] = step.id < 0 ? Self.unknown : UInt32(bitPattern: step.id)
      count += 1
    }
    payload[0] = margin.bitPattern
    return count
  }

  /// Appends cached tokens, and adds their costs to the sum.
  @inline(__always)
  private func append(
    _ known: UnsafeBufferPointer<UInt32>, to output: inout TokenBuffer, isFirst: Bool,
    sum: inout Double
  ) {
    if Float(bitPattern: known[0]).sign == .minus {
      return appendUnknown(known, to: &output, isFirst: isFirst, sum: &sum)
    }
    let target = output.ids + output.count
    model.costs.withUnsafeBufferPointer { costs in
      for i in 1..<known.count {
        let id = known[i]
        target[i &- 1] = id
        sum = rounded(sum + costs[Int(id)])
      }
    }
    output.advance(by: known.count - 1)
  }

  private func appendUnknown(
    _ known: UnsafeBufferPointer<UInt32>, to output: inout TokenBuffer, isFirst: Bool,
    sum: inout Double
  ) {
    var isAfterUnknown = !isFirst && isUnknown(output.ids[output.count - 1])
    for id in known.dropFirst() {
      if id != Self.unknown {
        sum = rounded(sum + model.costs[Int(id)])
        output.append(id, span: Piece(0, 0))
        isAfterUnknown = false
        continue
      }
      sum = rounded(sum + model.unknownCost)
      if let unknown = model.unknownID, !isAfterUnknown {
        output.append(UInt32(unknown), span: Piece(0, 0))
      }
      isAfterUnknown = true
    }
  }

  @inline(__always)
  private func rounded(_ sum: Double) -> Double { isSingle ? Double(Float(sum)) : sum }

  private func isUnknown(_ id: UInt32) -> Bool { model.unknownID == Int(id) }

  /// Appends the segmentation that the lattice has found.
  private func append(
    of bytes: UnsafeBufferPointer<UInt8>, at offset: Int, isFirst: Bool,
    into output: inout TokenBuffer
  ) {
    var isAfterUnknown =
      !isFirst && output.count > 0 && isUnknown(output.ids[output.count - 1])
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
