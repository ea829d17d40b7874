/// Where a text may be split for a model, because no piece reaches across.
///
/// A cut between two characters is safe if no piece contains one right after the other: then no
/// piece lies on both sides, and the tokens of the parts are the tokens of the whole. In most texts
/// safe cuts are dense, before spaces, around punctuation and between most Chinese characters, and
/// the short stretches between them recur often.
///
/// The adjacent pairs in pieces are stored as bits at hashed positions. Two pairs may share a bit,
/// which can hide a safe cut but never produces an unsafe one.
///
/// Unchecked, because of the pointer: the initializer writes the bits, and nothing changes them
/// afterwards.
final class CutTable: @unchecked Sendable {
  private let bits: UnsafeMutablePointer<UInt64>
  private let wordCount: Int

  /// Creates a table for some tokens of a vocabulary.
  init(_ vocabulary: Vocabulary, ids: some Collection<Int>) {
    // At least as many bits as there are pairs of ASCII characters.
    var count = 1 << 8
    while 64 * count < 8 * ids.count { count *= 2 }
    wordCount = count
    bits = .allocate(capacity: count)
    bits.initialize(repeating: 0, count: count)
    for id in ids { vocabulary.withBytes(of: id) { add($0) } }
  }

  deinit { bits.deallocate() }

  private func add(_ piece: UnsafeBufferPointer<UInt8>) {
    var left: UInt32?
    var position = 0
    while position < piece.count {
      let decoded = UTF8Text.decode(piece, at: position)
      if !decoded.isValid {
        // Such a piece might reach across anything.
        bits.update(repeating: .max, count: wordCount)
        return
      }
      if let left {
        let place = place(of: left, decoded.scalar)
        bits[place / 64] |= 1 << UInt64(place % 64)
      }
      left = decoded.scalar
      position += decoded.count
    }
  }

  /// Returns the bit of a pair; pairs of ASCII characters are adjacent and share none.
  @inline(__always)
  private func place(of left: UInt32, _ right: UInt32) -> Int {
    let pair = UInt64(left) &<< 7 ^ UInt64(right)
    return Int(truncatingIfNeeded: pair ^ pair &>> 14) & (64 &* wordCount &- 1)
  }

  /// Finds the next stretches between safe cuts.
  ///
  /// - Parameters:
  ///   - text: The text; no cut is beside a byte that is not UTF-8.
  ///   - position: Where to start; on return, the end of what was scanned.
  ///   - end: The end of the text to split.
  ///   - stretches: Receives the stretches.
  /// - Returns: The number of stretches; zero only when `position` has reached `end`.
  func scan(
    _ text: UnsafeBufferPointer<UInt8>, from position: inout Int, to end: Int,
    into stretches: UnsafeMutableBufferPointer<Piece>
  ) -> Int {
    if position >= end { return 0 }
    let text = UnsafeBufferPointer(rebasing: text[..<end])
    let first = position
    defer { StepCounter.add(position - first) }
    var (start, count) = (position, 0)
    var left = UTF8Text.decode(text, at: start)
    var next = start &+ left.count
    while next < end {
      let right = UTF8Text.decode(text, at: next)
      let place = place(of: left.scalar, right.scalar)
      if bits[place &>> 6] &>> UInt64(place & 63) & 1 == 0, left.isValid, right.isValid {
        stretches[count] = Piece(start, next)
        count &+= 1
        start = next
        if count == stretches.count {
          position = start
          return count
        }
      }
      left = right
      next &+= right.count
    }
    stretches[count] = Piece(start, end)
    position = end
    return count &+ 1
  }
}
