/// SentencePiece's normalization: a compiled table of strings and their replacements.
///
/// The longest entry that begins at a position is replaced. The table is a double array in the
/// layout of the Darts-clone library, followed by the replacements, each ended by a zero byte.
///
/// - Source: Yata, [Darts-clone](https://github.com/s-yata/darts-clone); the layout of the file is
///   that of SentencePiece's `normalizer.cc`.
struct PrecompiledMap: Sendable {
  private let units: [UInt32]
  private let replacements: [UInt8]

  /// The match at a position.
  struct Match {
    /// The number of bytes that are replaced.
    let length: Int
    /// Where the replacement begins.
    let replacement: Int
  }

  /// Creates a map without entries.
  init() { (units, replacements) = ([], []) }

  /// Reads a map.
  ///
  /// - Parameters:
  ///   - blob: The bytes; empty for a map without entries.
  ///   - file: The name of the file in error messages.
  /// - Throws: ``RondoTextError`` if the map is damaged.
  init(_ blob: [UInt8], file: String) throws(RondoTextError) {
    func damaged(_ problem: String) -> RondoTextError {
      .damaged(file: file, place: "the normalization map", problem: problem)
    }
    if blob.isEmpty {
      (units, replacements) = ([], [])
      return
    }
    guard blob.count > 4 else { throw damaged("it is only \(blob.count) bytes long") }
    func word(_ position: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(blob[position + $1]) << UInt32(8 * $1) }
    }
    let size = Int(word(0))
    guard size % 4 == 0, size >= 1024, 4 + size < blob.count else {
      throw damaged("its table takes \(size) of \(blob.count) bytes")
    }
    guard blob.last == 0 else { throw damaged("its last replacement does not end") }
    units = (0..<size / 4).map { word(4 + 4 * $0) }
    replacements = Array(blob[(4 + size)...])
    try checkValues(damaged)
  }

  /// Checks that every replacement lies within the table.
  private func checkValues(_ damaged: (String) -> RondoTextError) throws(RondoTextError) {
    for unit in units where unit >> 31 == 1 {
      let start = Int(unit & 0x7FFF_FFFF)
      guard start < replacements.count else {
        throw damaged("a replacement begins at \(start) of \(replacements.count) bytes")
      }
    }
    guard longestReplacement <= Int(TextGrowth.limit) else {
      throw damaged("a replacement of \(longestReplacement) bytes is too long")
    }
  }

  /// The number of bytes of the longest replacement.
  var longestReplacement: Int {
    var (longest, length) = (0, 0)
    for byte in replacements {
      length = byte == 0 ? 0 : length + 1
      longest = max(longest, length)
    }
    return longest
  }

  /// Whether there are no entries.
  var isEmpty: Bool { units.isEmpty }

  /// A node of the table.
  struct Node {
    fileprivate var position: Int
    /// Whether the bytes that led here are an entry.
    fileprivate(set) var isEntry: Bool
  }

  /// The node before any byte.
  var root: Node { Node(position: Self.offset(units[0]), isEntry: false) }

  @inline(__always)
  private static func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 1 << 9) >> 6) }

  /// Returns the node that a byte leads to.
  @inline(__always)
  func next(_ node: Node, _ byte: UInt8) -> Node? {
    let position = node.position ^ Int(byte)
    guard position < units.count else { return nil }
    let unit = units[position]
    guard unit & 0x8000_00FF == UInt32(byte) else { return nil }
    return Node(position: position ^ Self.offset(unit), isEntry: unit >> 8 & 1 == 1)
  }

  /// Returns where the replacement of an entry begins.
  func replacement(of entry: Node) -> Int? {
    guard entry.position < units.count else { return nil }
    let start = Int(units[entry.position] & 0x7FFF_FFFF)
    return start < replacements.count ? start : nil
  }

  /// Returns the characters below U+10000, except those below U+0080, that begin an entry or are
  /// one.
  func firstScalars() -> Set<UInt32> {
    if isEmpty { return [] }
    var found: Set<UInt32> = []
    for lead in UInt8(0xC2)..<0xF0 {
      guard let first = next(root, lead) else { continue }
      let length = UTF8Lead.length(lead)
      for second in UInt8(0x80)..<0xC0 {
        guard let node = next(first, second) else { continue }
        let head = UInt32(lead) & (length == 2 ? 0x1F : 0x0F)
        if length == 2 {
          found.insert(head << 6 | UInt32(second & 0x3F))
          continue
        }
        for third in UInt8(0x80)..<0xC0 where next(node, third) != nil {
          found.insert(head << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F))
        }
      }
    }
    return found
  }

  /// Returns the longest entry that begins at a position.
  func longestMatch(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Match? {
    if isEmpty { return nil }
    var node = root
    var longest: Match?
    var position = start
    while position < bytes.count, let next = next(node, bytes[position]) {
      StepCounter.add(1)
      node = next
      position += 1
      if node.isEntry, let replacement = replacement(of: node) {
        longest = Match(length: position - start, replacement: replacement)
      }
    }
    return longest
  }

  /// Returns the shortest entry that is a prefix of `bytes`, the only one that Hugging Face's
  /// library considers.
  func shortestMatch(in bytes: some Sequence<UInt8>) -> Match? {
    if isEmpty { return nil }
    var node = root
    for (index, byte) in bytes.enumerated() {
      guard let next = next(node, byte) else { return nil }
      node = next
      if node.isEntry, let replacement = replacement(of: node) {
        return Match(length: index + 1, replacement: replacement)
      }
    }
    return nil
  }

  /// Returns the bytes of a replacement.
  func bytes(ofReplacement start: Int) -> ArraySlice<UInt8> {
    replacements[start...].prefix { $0 != 0 }
  }
}
