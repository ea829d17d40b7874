/// Converts positions in UTF-8 text from bytes to scalars.
struct ScalarPositions {
  /// The number of scalars that begin before each byte, and at the end; `nil` for ASCII text.
  private let counts: [Int32]?
  private let bytes: UnsafeBufferPointer<UInt8>

  /// Creates positions for a text, which must outlive them.
  init(of bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    StepCounter.add(bytes.count)
    if bytes.allSatisfy({ $0 < 0x80 }) {
      counts = nil
      return
    }
    var counts: [Int32] = []
    counts.reserveCapacity(bytes.count + 1)
    var count: Int32 = 0
    for byte in bytes {
      counts.append(count)
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    counts.append(count)
    self.counts = counts
  }

  /// Returns the range of whole characters that a range of bytes touches.
  func widened(_ range: Range<Int>) -> Range<Int> {
    guard counts != nil, !range.isEmpty else { return range }
    var (start, end) = (range.lowerBound, range.upperBound)
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    StepCounter.add(end - start)
    return start..<end
  }

  /// Returns the range of scalars of a range of whole characters.
  func range(of range: Range<Int>) -> Range<Int> {
    guard let counts else { return range }
    return Int(counts[range.lowerBound])..<Int(counts[range.upperBound])
  }
}
