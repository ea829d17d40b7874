/// Normalizes text as SentencePiece does: maps characters, collapses spaces, and replaces them with
/// U+2581.
public struct SentencePieceNormalizer: Normalizer {
  private static let space = Array("\u{2581}".utf8)

  let map: PrecompiledMap
  /// Whether a space is put before the text.
  let addsSpace: Bool
  /// Whether leading and trailing spaces are removed, and runs of spaces collapsed.
  let removesExtraSpaces: Bool
  /// Whether spaces become U+2581.
  let escapesSpaces: Bool
  /// Whether the added space comes after the text.
  let isSpaceSuffix: Bool
  /// Pieces that are left unchanged.
  private let userDefined: DoubleArrayTrie?
  /// Characters that need no lookup in the map.
  private let plain: PlainCharacters

  /// Creates a normalizer with SentencePiece's usual settings, which maps no characters.
  init() { self.init(SentencePieceFile(), map: PrecompiledMap()) }

  init(_ file: SentencePieceFile, name: String) throws(RondoTextError) {
    self.init(file, map: try PrecompiledMap(file.precompiledMap, file: name))
    if userDefined == nil, file.pieces.contains(where: { $0.kind == .userDefined }) {
      throw DoubleArrayTrie.tooLarge(file: name)
    }
  }

  private init(_ file: SentencePieceFile, map: PrecompiledMap) {
    let own = file.pieces.filter { $0.kind == .userDefined }.map(\.bytes)
    userDefined = own.isEmpty ? nil : DoubleArrayTrie(Vocabulary(own), ids: own.indices)
    plain = PlainCharacters(map, userDefined: own)
    self.map = map
    addsSpace = file.addsSpace
    removesExtraSpaces = file.removesExtraSpaces
    escapesSpaces = file.escapesSpaces
    isSpaceSuffix = file.isSpaceSuffix
  }

  /// Normalizes the text.
  public func normalize(_ text: inout NormalizedText) {
    let keepsOrigins = text.keepsOrigins
    var run = Run(normalizer: self, keepsOrigins: keepsOrigins, capacity: text.count)
    text.withBytes { run.normalize($0) }
    let starts = run.starts
    let count = run.bytes.count
    let origins =
      keepsOrigins
      ? (0..<count).map { i in
        // Where nothing is between two bytes, the first stands for nothing.
        let start = text.start(at: Int(starts[i]))
        return Piece(start: start, end: max(start, text.start(at: Int(starts[i + 1]))))
      } : nil
    text = NormalizedText(
      UnsafeBufferPointer(start: run.bytes.base, count: count), origins: origins,
      keepsOrigins: keepsOrigins)
  }

  /// The normalization of one text.
  private struct Run: ~Copyable {
    let normalizer: SentencePieceNormalizer
    let keepsOrigins: Bool
    var bytes: GrowingMemory<UInt8>
    /// For each new byte, its origin in the old text; then the end of the old text.
    var starts: [UInt32] = []

    init(normalizer: SentencePieceNormalizer, keepsOrigins: Bool, capacity: Int) {
      self.normalizer = normalizer
      self.keepsOrigins = keepsOrigins
      bytes = GrowingMemory(capacity: capacity + capacity / 2)
    }

    mutating func normalize(_ old: UnsafeBufferPointer<UInt8>) {
      var position = normalizer.removesExtraSpaces ? skipSpaces(old) : 0
      if position < old.count { position = write(old, from: position) } else { position = 0 }
      if keepsOrigins { starts.append(UInt32(position)) }
    }

    /// Returns the position of the first character that does not become a space.
    private func skipSpaces(_ old: UnsafeBufferPointer<UInt8>) -> Int {
      var position = 0
      while position < old.count {
        let unit = normalizer.unit(in: old, at: position)
        guard unit.isSpace(normalizer.map) else { break }
        position += unit.length
      }
      return position
    }

    /// Writes everything from a position on; returns the end of the relevant text.
    private mutating func write(_ old: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
      let removesExtraSpaces = normalizer.removesExtraSpaces
      var position = start
      let addsSpace = normalizer.addsSpace
      if addsSpace && !normalizer.isSpaceSuffix { writeSpace(at: position) }
      var isAfterSpace = removesExtraSpaces
      while position < old.count {
        if !keepsOrigins {
          position = copyPlain(old, from: position, &isAfterSpace)
          if position == old.count { break }
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

    /// Copies characters that need no lookup, with the spaces between them; returns the position of
    /// the first other one.
    private mutating func copyPlain(
      _ old: UnsafeBufferPointer<UInt8>, from start: Int, _ isAfterSpace: inout Bool
    ) -> Int {
      let plain = normalizer.plain
      let (removesExtraSpaces, escapesSpaces) = (
        normalizer.removesExtraSpaces, normalizer.escapesSpaces
      )
      guard let text = old.baseAddress else { return start }
      var position = start
      while position < old.count {
        // A byte becomes at most three.
        let end = min(old.count, position &+ 1024)
        bytes.reserve(3 * 1024)
        var target = bytes.base + bytes.count
        let isDone = { () -> Bool in
          while position < end {
            let byte = text[position]
            let new = plain.bytes[Int(byte)]
            if new == 0 {
              if byte < 0x80 { return true }
              let decoded = UTF8Text.decode(old, at: position)
              if !plain.isCopied(decoded) { return true }
              // Three bytes are readable, and are overwritten if there are only two.
              (target[0], target[1], target[2]) = (byte, text[position &+ 1], text[position &+ 2])
              target += decoded.count
              position &+= decoded.count
              isAfterSpace = false
              continue
            }
            if plain.isDecided(byte, by: text[position &+ 1]) { return true }
            position &+= 1
            if new != 0x20 {
              target[0] = new
              target += 1
              isAfterSpace = false
            } else if !isAfterSpace {
              if escapesSpaces {
                (target[0], target[1], target[2]) = (0xE2, 0x96, 0x81)
                target += 3
              } else {
                target[0] = 0x20
                target += 1
              }
              isAfterSpace = removesExtraSpaces
            }
          }
          return false
        }()
        bytes.advance(by: target - bytes.base - bytes.count)
        if isDone { break }
      }
      return position
    }

    private mutating func removeLastSpaces(end: Int) -> Int {
      var end = end
      let space = normalizer.escapesSpaces ? SentencePieceNormalizer.space : [0x20]
      while endsWith(space) {
        for _ in space { _ = bytes.removeLast() }
        if keepsOrigins {
          end = Int(starts[bytes.count])
          starts.removeLast(space.count)
        }
      }
      return end
    }

    private func endsWith(_ suffix: [UInt8]) -> Bool {
      bytes.count >= suffix.count
        && suffix.indices.allSatisfy { bytes[bytes.count - suffix.count + $0] == suffix[$0] }
    }

    @inline(__always)
    private mutating func write(_ byte: UInt8, at position: Int) {
      bytes.append(byte)
      if keepsOrigins { starts.append(UInt32(truncatingIfNeeded: position)) }
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

  /// Text that is replaced at once, and its replacement.
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
  /// Returns the position in the original of the byte at a position, or of the end.
  fileprivate func start(at position: Int) -> UInt32 {
    guard let origins else { return UInt32(position) }
    if position < count { return origins[position].start }
    return origins.last?.end ?? 0
  }
}
