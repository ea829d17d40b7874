#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Reads a file of any size line by line.
struct LineReader: ~Copyable {
  private let path: String
  private let descriptor: CInt
  private var buffer: [UInt8]
  /// The bytes that were read and not yet returned.
  private var pending = 0..<0
  private var isAtEnd = false

  /// Opens a file.
  init(_ path: String) throws(RondoTextError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    buffer = [UInt8](repeating: 0, count: 1 << 18)
    if descriptor < 0 { throw Self.unreadable(path) }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }

  private static func unreadable(_ path: String) -> RondoTextError {
    .unreadable(file: path, reason: TextFile.reasonOfLastError)
  }

  /// Calls `body` with the next line, its line feed included; returns whether there was one.
  mutating func next(_ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Void) throws(RondoTextError)
    -> Bool
  {
    var searched = pending.lowerBound
    while true {
      if let end = lineEnd(from: searched) {
        hand(over: pending.lowerBound..<end, to: body)
        return true
      }
      searched = pending.upperBound
      if isAtEnd {
        if pending.isEmpty { return false }
        hand(over: pending, to: body)
        return true
      }
      searched -= makeRoom()
      try fill()
    }
  }

  private func lineEnd(from start: Int) -> Int? {
    buffer[start..<pending.upperBound].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
  }

  private mutating func hand(
    over line: Range<Int>, to body: (Slice<UnsafeBufferPointer<UInt8>>) -> Void
  ) {
    buffer.withUnsafeBufferPointer { body($0[line]) }
    pending = line.upperBound..<pending.upperBound
  }

  /// Moves pending bytes to the front, or doubles the buffer; returns the distance of the move.
  private mutating func makeRoom() -> Int {
    let moved = pending.lowerBound
    if moved > 0 {
      buffer.replaceSubrange(0..<pending.count, with: Array(buffer[pending]))
      pending = 0..<pending.count
    } else if pending.upperBound == buffer.count {
      buffer += [UInt8](repeating: 0, count: buffer.count)
    }
    return moved
  }

  private mutating func fill() throws(RondoTextError) {
    let start = pending.upperBound
    let count = buffer.withUnsafeMutableBytes { room in
      var count = 0
      repeat {
        count = read(descriptor, room.baseAddress?.advanced(by: start), room.count - start)
      } while count < 0 && errno == EINTR
      return count
    }
    if count < 0 { throw Self.unreadable(path) }
    if count == 0 { isAtEnd = true }
    pending = pending.lowerBound..<start + count
  }
}
