/// The first symbols of a piece that is split into characters, or into bytes that have tokens.
struct CharacterUnitTable: Sendable {
  private let vocabulary: Vocabulary
  private let areBytes: Bool
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let mergesUnknown: Bool
  /// The symbol of each fallback byte, or ``PairTable/never``; empty without fallback.
  private let fallback: [UInt32]
  /// Symbols that text must not produce.
  private let barred: Set<Int>
  /// The symbol of an unknown character.
  let unknown: UInt32?

  init(_ units: CharacterUnits, vocabulary: Vocabulary, barring barred: Set<Int>) {
    self.vocabulary = vocabulary
    self.barred = barred
    areBytes = units.areBytes
    prefix = units.bytes(of: units.continuingPrefix) ?? []
    suffix = units.bytes(of: units.endSuffix) ?? []
    mergesUnknown = units.mergesUnknown
    unknown = units.unknownID(in: vocabulary).map(UInt32.init)
    fallback =
      units.hasByteFallback
      ? (0..<256).map { byte in
        vocabulary.id(of: ByteToken.name(of: UInt8(byte))).map(UInt32.init) ?? PairTable.never
      } : []
  }

  /// Writes the symbols of a piece and where each begins; returns how many.
  ///
  /// An unknown character is written when the next known one or the end is reached, and so after
  /// the fallback bytes of characters between, as in Hugging Face's library.
  func cut(_ piece: UnsafeBufferPointer<UInt8>, into merger: BytePairMerger) -> Int {
    merger.reserve(piece.count)
    let (symbols, starts) = (merger.symbols, merger.starts)
    var count = 0
    func write(_ symbol: UInt32, at start: Int) {
      symbols[count] = symbol
      starts[count] = UInt32(truncatingIfNeeded: start)
      count += 1
    }
    var spelling: [UInt8] = []
    var waiting: Int?
    func writeWaiting() {
      if let start = waiting, let unknown { write(unknown, at: start) }
      waiting = nil
    }
    var start = 0
    while start < piece.count {
      let end = start + (areBytes ? 1 : UTF8Text.decode(piece, at: start).count)
      spelling.removeAll(keepingCapacity: true)
      if start > 0 { spelling += prefix }
      spelling += piece[start..<end]
      if end == piece.count { spelling += suffix }
      if let symbol = symbol(of: spelling) {
        writeWaiting()
        write(symbol, at: start)
      } else if let bytes = fallbackSymbols(of: spelling) {
        for (i, symbol) in bytes.enumerated() { write(symbol, at: start + i) }
      } else if waiting == nil || !mergesUnknown {
        writeWaiting()
        waiting = start
      }
      start = end
    }
    writeWaiting()
    return count
  }

  private func symbol(of spelling: [UInt8]) -> UInt32? {
    guard let id = vocabulary.id(of: spelling), barred.isEmpty || !barred.contains(id) else {
      return nil
    }
    return UInt32(id)
  }

  private func fallbackSymbols(of character: [UInt8]) -> [UInt32]? {
    if fallback.isEmpty { return nil }
    let symbols = character.map { fallback[Int($0)] }
    return symbols.contains(PairTable.never) ? nil : symbols
  }
}
