/// Normalizes text as SentencePiece does: maps characters, tidies spaces, and writes them as
/// U+2581.
public struct SentencePieceNormalizer: Normalizer {
  private static let space = Array("\u{2581}".utf8)

  let map: PrecompiledMap
  /// Whether a space is put before the text.
  let addsSpace: Bool
  /// Whether spaces at the ends are taken away, and runs of spaces made one.
  let removesExtraSpaces: Bool
  /// Whether spaces become U+2581.
  let escapesSpaces: Bool
  /// Whether the space that is added stands after the text.
  let isSpaceSuffix: Bool
  /// Pieces that are left as they are.
  private let userDefined: DoubleArrayTrie?
  /// The bytes below 128 that stay as they are where another such byte follows.
  private let isPlain: [Bool]
  /// Whether a space is just a space where a byte below 128 follows.
  private let isSpacePlain: Bool
  /// The characters below U+10000 that may not stay as they are, a bit for each.
  private let mappedBits: [UInt64]

  init(_ file: SentencePieceFile, name: String) throws(RondoTextError) {
    let map = try PrecompiledMap(file.precompiledMap, file: name)
    let own = file.pieces.enumerated().filter { $0.element.kind == .userDefined }
    let userDefined =
      own.isEmpty ? nil : DoubleArrayTrie(own.map { (bytes: $0.element.bytes, value: $0.offset) })
    self.map = map
    self.userDefined = userDefined
    addsSpace = file.addsSpace
    removesExtraSpaces = file.removesExtraSpaces
    escapesSpaces = file.escapesSpaces
    isSpaceSuffix = file.isSpaceSuffix
    var isPlain = (0..<128).map { Self.isPlain(UInt8($0), map: map, userDefined: userDefined) }
    isSpacePlain = isPlain[0x20]
    isPlain[0x20] = false
    self.isPlain = isPlain
    var mapped = [UInt64](repeating: userDefined == nil ? 0 : .max, count: 1 << 10)
    for scalar in map.firstScalars() { mapped[Int(scalar) / 64] |= 1 << UInt64(scalar % 64) }
    mappedBits = mapped
  }

  /// Whether a byte begins no entry which is that byte alone or goes on with a byte below 128.
  private static func isPlain(
    _ byte: UInt8, map: PrecompiledMap, userDefined: DoubleArrayTrie?
  ) -> Bool {
    if userDefined?.child(of: 0, byte) != nil { return false }
    guard !map.isEmpty, let node = map.next(map.root, byte) else { return true }
    return !node.isEntry && (0..<128).allSatisfy { map.next(node, UInt8($0)) == nil }
  }

  /// Changes the text.
  public func normalize(_ text: inout NormalizedText) {
    let keepsOrigins = text.keepsOrigins
    var run = Run(normalizer: self, keepsOrigins: keepsOrigins, capacity: text.count)
    text.withBytes { run.normalize($0) }
    let starts = run.starts
    let origins =
      keepsOrigins
      ? (0..<run.bytes.count).map { i in
        // Where nothing is between two bytes, the first stands for nothing.
        let start = text.start(at: Int(starts[i]))
        return Piece(start: start, end: max(start, text.start(at: Int(starts[i + 1]))))
      } : nil
    run.bytes.append(contentsOf: repeatElement(0, count: TokenBuffer.padding))
    text = NormalizedText(storage: run.bytes, origins: origins, keepsOrigins: keepsOrigins)
  }

  /// One text on its way through the normalizer.
  private struct Run {
    let normalizer: SentencePieceNormalizer
    let keepsOrigins: Bool
    var bytes: [UInt8] = []
    /// For each byte, where the old text stands that it came with; and where the old text ends.
    var starts: [UInt32] = []

    init(normalizer: SentencePieceNormalizer, keepsOrigins: Bool, capacity: Int) {
      self.normalizer = normalizer
      self.keepsOrigins = keepsOrigins
      bytes.reserveCapacity(capacity + capacity / 2 + 2 * TokenBuffer.padding)
    }

    mutating func normalize(_ old: UnsafeBufferPointer<UInt8>) {
      var position = normalizer.removesExtraSpaces ? skipSpaces(old) : 0
      if position < old.count { position = write(old, from: position) } else { position = 0 }
      if keepsOrigins { starts.append(UInt32(position)) }
    }

    /// Returns where the first character stands that does not become a space.
    private func skipSpaces(_ old: UnsafeBufferPointer<UInt8>) -> Int {
      var position = 0
      while position < old.count {
        let unit = normalizer.unit(in: old, at: position)
        guard unit.isSpace(normalizer.map) else { break }
        position += unit.length
      }
      return position
    }

    /// Writes everything from a position on; returns where the text that counts ends.
    private mutating func write(_ old: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
      let removesExtraSpaces = normalizer.removesExtraSpaces
      var position = start
      let addsSpace = normalizer.addsSpace
      if addsSpace && !normalizer.isSpaceSuffix { writeSpace(at: position) }
      var isAfterSpace = removesExtraSpaces
      while position < old.count {
        let plain = normalizer.plainEnd(in: old, from: position)
        if plain > position {
          write(old[position..<plain], from: position)
          position = plain
          isAfterSpace = false
          continue
        }
        if normalizer.isSpacePlain, old[position] == 0x20, position + 1 < old.count,
          old[position + 1] < 0x80
        {
          if !isAfterSpace { writeSpace(at: position) }
          position += 1
          isAfterSpace = removesExtraSpaces
          continue
        }
        let unit = normalizer.unit(in: old, at: position)
        switch unit.text {
        case .itself:
          write(text: old[position..<position + unit.length], at: position, &isAfterSpace)
        case .invalid:
          write(text: "\u{FFFD}".utf8, at: position, &isAfterSpace)
        case .replacement(let start):
          write(text: normalizer.map.bytes(ofReplacement: start), at: position, &isAfterSpace)
        }
        position += unit.length
        if !removesExtraSpaces { isAfterSpace = false }
      }
      if removesExtraSpaces { position = removeLastSpaces(end: position) }
      if addsSpace && normalizer.isSpaceSuffix { writeSpace(at: position) }
      return position
    }

    private mutating func removeLastSpaces(end: Int) -> Int {
      var end = end
      let space = normalizer.escapesSpaces ? SentencePieceNormalizer.space : [0x20]
      while bytes.count >= space.count, bytes.suffix(space.count) == space[...] {
        bytes.removeLast(space.count)
        if keepsOrigins {
          end = Int(starts[bytes.count])
          starts.removeLast(space.count)
        }
      }
      return end
    }

    @inline(__always)
    private mutating func write(_ byte: UInt8, at position: Int) {
      bytes.append(byte)
      if keepsOrigins { starts.append(UInt32(truncatingIfNeeded: position)) }
    }

    /// Writes characters that stay as they are; all bytes of one stand where it begins.
    private mutating func write(_ plain: Slice<UnsafeBufferPointer<UInt8>>, from position: Int) {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: plain))
      guard keepsOrigins else { return }
      var start = position
      for (i, byte) in plain.enumerated() {
        if byte & 0xC0 != 0x80 { start = position + i }
        starts.append(UInt32(truncatingIfNeeded: start))
      }
    }

    private mutating func write(
      text: some Collection<UInt8>, at position: Int, _ isAfterSpace: inout Bool
    ) {
      var isSkipping = isAfterSpace
      for byte in text {
        if byte == 0x20 {
          if isSkipping { continue }
          writeSpace(at: position)
        } else {
          write(byte, at: position)
        }
        isSkipping = false
        isAfterSpace = byte == 0x20
      }
    }

    private mutating func writeSpace(at position: Int) {
      if normalizer.escapesSpaces {
        write(0xE2, at: position)
        write(0x96, at: position)
        write(0x81, at: position)
      } else {
        write(0x20, at: position)
      }
    }
  }

  /// What is read at once, and what becomes of it.
  private struct Unit {
    enum Text {
      case itself
      case invalid
      case replacement(Int)
    }

    let length: Int
    let text: Text
    let isSingleSpace: Bool

    func isSpace(_ map: PrecompiledMap) -> Bool {
      switch text {
      case .itself: isSingleSpace
      case .invalid: false
      case .replacement(let start): map.bytes(ofReplacement: start).elementsEqual([0x20])
      }
    }
  }

  /// Returns where a run of characters ends that stay as they are.
  private func plainEnd(in old: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    isPlain.withUnsafeBufferPointer { isPlain in
      mappedBits.withUnsafeBufferPointer { mappedBits in
        var position = start
        while position < old.count {
          let byte = old[position]
          if byte < 0x80 {
            guard isPlain[Int(byte)], position &+ 1 < old.count, old[position &+ 1] < 0x80 else {
              break
            }
            position &+= 1
          } else {
            let decoded = UTF8Text.decode(old, at: position)
            let scalar = decoded.scalar
            guard decoded.isValid, scalar < 0x10000,
              mappedBits[Int(scalar / 64)] &>> UInt64(scalar % 64) & 1 == 0
            else { break }
            position &+= decoded.count
          }
        }
        return position
      }
    }
  }

  private func unit(in old: UnsafeBufferPointer<UInt8>, at position: Int) -> Unit {
    if let match = userDefined?.longestMatch(in: old, at: position) {
      return Unit(
        length: match.length, text: .itself,
        isSingleSpace: match.length == 1 && old[position] == 0x20)
    }
    if let match = map.longestMatch(in: old, at: position) {
      return Unit(
        length: match.length, text: .replacement(match.replacement), isSingleSpace: false)
    }
    let decoded = UTF8Text.decode(old, at: position)
    return Unit(
      length: decoded.count, text: decoded.isValid ? .itself : .invalid,
      isSingleSpace: old[position] == 0x20)
  }
}

extension NormalizedText {
  /// Returns where the byte at a position, or the end, stands in the original.
  fileprivate func start(at position: Int) -> UInt32 {
    guard let origins else { return UInt32(position) }
    if position < count { return origins[position].start }
    return origins.last?.end ?? 0
  }
}
