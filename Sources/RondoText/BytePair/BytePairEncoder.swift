/// Encodes pieces with a ``BytePairModel`` and caches the results.
final class BytePairEncoder: PieceEncoder {
  private let model: BytePairModel
  private let unitTable: UnitTable
  private let reserved: Set<Int>
  private let merger: BytePairMerger
  private let memory: PieceMemory

  /// Creates an encoder with an empty cache.
  init(_ model: BytePairModel, barring reserved: Set<Int> = []) {
    self.model = model
    self.reserved = reserved
    let pairs = model.pairs.barring(reserved)
    unitTable =
      pairs === model.pairs && !Self.areUnits(reserved, in: model)
      ? model.unitTable
      : UnitTable(model.units, vocabulary: model.vocabulary, pairs: pairs, barring: reserved)
    merger = BytePairMerger(pairs: pairs)
    memory = PieceMemory()
  }

  private init(sharing other: BytePairEncoder) {
    model = other.model
    unitTable = other.unitTable
    reserved = other.reserved
    merger = BytePairMerger(pairs: other.merger.pairs)
    memory = other.memory
  }

  func makeCompanion() -> any PieceEncoder { BytePairEncoder(sharing: self) }

  /// Whether any of the tokens is short enough to be a first symbol.
  private static func areUnits(_ ids: Set<Int>, in model: BytePairModel) -> Bool {
    if case .characters = model.units { return !ids.isEmpty }
    return ids.contains { $0 < model.count && model.vocabulary.byteCount(of: $0) == 1 }
  }

  func encode(
    _ pieces: UnsafeBufferPointer<Piece>, of text: UnsafeBufferPointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    guard let base = text.baseAddress else { return }
    if output.keepsSpans && !unitTable.isExact {
      encodeWithSpans(pieces, of: base, into: &output)
      return
    }
    var byteCount = 0
    for piece in pieces { byteCount &+= piece.count }
    // A token stands for at least one byte, and identifiers are written four at a time.
    output.reserve(byteCount &+ 4)
    let first = output.ids + output.count
    let written = memory.encode(pieces, of: base, to: first) { merge($0, to: $1) }
    if output.keepsSpans {
      writeSpans(of: first, pieces: pieces, to: output.spans + output.count)
    }
    output.advance(by: written)
  }

  @inline(never)
  private func merge(
    _ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    if let id = wholePiece(bytes) {
      target[0] = UInt32(id)
      return 1
    }
    let left = merger.merge(
      count: unitTable.cut(bytes, into: merger), hasRanks: unitTable.isExact)
    target.update(from: merger.symbols, count: left)
    return left
  }

  private func wholePiece(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard model.isWholePieceFirst, let id = model.vocabulary.id(of: bytes) else { return nil }
    return reserved.contains(id) ? nil : id
  }

  /// Computes spans from the lengths of the tokens, which together are their piece.
  private func writeSpans(
    of ids: UnsafeMutablePointer<UInt32>, pieces: UnsafeBufferPointer<Piece>,
    to spans: UnsafeMutablePointer<Piece>
  ) {
    var token = 0
    for piece in pieces {
      var start = Int(piece.start)
      while start < Int(piece.end) {
        let end = start + model.vocabulary.byteCount(of: Int(ids[token]))
        spans[token] = Piece(start, end)
        start = end
        token += 1
      }
    }
  }

  /// Encodes pieces whose tokens may be longer or shorter than their text.
  private func encodeWithSpans(
    _ pieces: UnsafeBufferPointer<Piece>, of base: UnsafePointer<UInt8>,
    into output: inout TokenBuffer
  ) {
    for piece in pieces {
      let bytes = UnsafeBufferPointer(start: base + Int(piece.start), count: piece.count)
      if let id = wholePiece(bytes) {
        output.append(UInt32(id), span: piece)
        continue
      }
      let count = unitTable.cut(bytes, into: merger)
      let left = merger.merge(count: count, movesStarts: true)
      for i in 0..<left {
        let start = i == 0 ? 0 : merger.starts[i]
        // An unknown character may be written after the fallback bytes of a later one.
        let end = i + 1 < left ? max(start, merger.starts[i + 1]) : UInt32(piece.count)
        output.append(
          merger.symbols[i],
          span: Piece(start: piece.start + start, end: piece.start + end))
      }
    }
  }
}
