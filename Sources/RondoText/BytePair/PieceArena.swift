/// Memory for numbers that never move, up to a maximum size.
struct PieceArena: ~Copyable {
  private static let blockSize = 1 << 14
  private static let mostBlocks = 1 << 9

  private var blocks: [UnsafeMutablePointer<UInt32>] = []
  /// The used part of the last block.
  private var used = blockSize

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// Stores numbers, and bytes before them.
  ///
  /// - Parameters:
  ///   - ids: The numbers.
  ///   - bytes: The bytes.
  /// - Returns: The address of the numbers, or `nil` if there is no room.
  mutating func store(
    _ ids: UnsafeBufferPointer<UInt32>,
    behind bytes: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)
  ) -> UnsafePointer<UInt32>? {
    let wordCount = Self.wordCount(bytes.count)
    guard let target = take(wordCount + ids.count) else { return nil }
    UnsafeMutableRawBufferPointer(start: target, count: 4 * wordCount).copyMemory(
      from: UnsafeRawBufferPointer(bytes))
    for i in 0..<ids.count { target[wordCount + i] = ids[i] }
    return UnsafePointer(target + wordCount)
  }

  /// Returns the address of the bytes before numbers.
  static func bytes(before ids: UnsafePointer<UInt32>, count: Int) -> UnsafePointer<UInt8> {
    UnsafeRawPointer(ids - wordCount(count)).assumingMemoryBound(to: UInt8.self)
  }

  private static func wordCount(_ byteCount: Int) -> Int { (byteCount + 3) / 4 }

  private mutating func take(_ count: Int) -> UnsafeMutablePointer<UInt32>? {
    if used + count > Self.blockSize {
      guard count <= Self.blockSize, blocks.count < Self.mostBlocks else { return nil }
      blocks.append(.allocate(capacity: Self.blockSize))
      used = 0
    }
    defer { used += count }
    return blocks.last.map { $0 + used }
  }
}
