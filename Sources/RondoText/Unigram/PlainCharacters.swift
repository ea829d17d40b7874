/// The characters that a SentencePiece normalizer copies, or replaces by one byte, without looking
/// at more than the byte that follows.
///
/// Unchecked, because of the pointers: the initializer fills the tables, and nothing changes them
/// afterwards.
final class PlainCharacters: @unchecked Sendable {
  /// The replacement of each byte below 128, where another such byte follows.
  ///
  /// It is zero if more context is needed, as for all bytes from 128 on.
  let bytes: UnsafeMutablePointer<UInt8>
  /// Whether a byte from 128 on changes the replacement of the byte before it: a bit for each pair.
  private let pairs: UnsafeMutablePointer<UInt64>
  /// The characters from U+0080 to U+FFFF that need more context: a bit for each.
  private let changed: UnsafeMutablePointer<UInt64>

  init(_ map: PrecompiledMap, userDefined: [[UInt8]]) {
    bytes = .allocate(capacity: 256)
    pairs = .allocate(capacity: 256)
    changed = .allocate(capacity: 1 << 10)
    bytes.initialize(repeating: 0, count: 256)
    pairs.initialize(repeating: 0, count: 256)
    changed.initialize(repeating: 0, count: 1 << 10)
    for byte in UInt8(0)..<128 { add(byte, from: map) }
    for scalar in map.firstScalars() { change(scalar) }
    for piece in userDefined { piece.withUnsafeBufferPointer { exclude($0) } }
  }

  deinit {
    bytes.deallocate()
    pairs.deallocate()
    changed.deallocate()
  }

  private func add(_ byte: UInt8, from map: PrecompiledMap) {
    bytes[Int(byte)] = byte
    guard !map.isEmpty, let node = map.next(map.root, byte) else { return }
    if (0..<128).contains(where: { map.next(node, UInt8($0)) != nil }) {
      bytes[Int(byte)] = 0
    } else if node.isEntry, let start = map.replacement(of: node) {
      let new = map.bytes(ofReplacement: start)
      bytes[Int(byte)] = new.count == 1 && new.allSatisfy { $0 < 0x80 } ? new[new.startIndex] : 0
    }
    for next in UInt8(128)...255 where map.next(node, next) != nil {
      pairs[2 * Int(byte) + Int(next & 127) / 64] |= 1 << UInt64(next & 63)
    }
  }

  private func change(_ scalar: UInt32) {
    changed[Int(scalar) / 64] |= 1 << UInt64(scalar % 64)
  }

  /// Marks the first character of a piece as needing more context.
  private func exclude(_ piece: UnsafeBufferPointer<UInt8>) {
    let first = UTF8Text.decode(piece, at: 0)
    if !first.isValid {
      changed.update(repeating: .max, count: 1 << 10)
    } else if first.scalar < 0x80 {
      bytes[Int(first.scalar)] = 0
    } else if first.scalar < 0x10000 {
      change(first.scalar)
    }
  }

  /// Whether a byte decides the replacement of the byte before it, which is below 128.
  @inline(__always)
  func isDecided(_ byte: UInt8, by next: UInt8) -> Bool {
    next >= 0x80
      && pairs[2 &* Int(byte) &+ Int(next & 127) &>> 6] &>> UInt64(next & 63) & 1 == 1
  }

  /// Whether a character from U+0080 on is copied.
  @inline(__always)
  func isCopied(_ decoded: UTF8Text.Decoded) -> Bool {
    decoded.isValid && decoded.scalar < 0x10000
      && changed[Int(decoded.scalar &>> 6)] &>> UInt64(decoded.scalar & 63) & 1 == 0
  }
}
