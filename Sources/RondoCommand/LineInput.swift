import Foundation
import RondoData

/// Reads lines of standard input on a thread of its own, so that they can be processed in batches.
///
/// Lines that arrive while others are being processed are returned together. The reader hands over
/// all it has before it waits for more, so a line on a pipe that never ends is answered at once.
final class LineInput: @unchecked Sendable {
  /// Guards the properties below, and is signalled when they change.
  private let condition = NSCondition()
  private var lines: [Line] = []
  private var hasEnded = false
  private var failure: DataError?

  /// How many lines wait at most, but for those that are handed over together.
  private static let limit = 4096
  /// How many lines are handed over together at most.
  private static let blockSize = 1024

  /// Begins to read standard input.
  init() {
    let thread = Thread { [self] in
      var block: [Line] = []
      do throws(DataError) {
        let reader = LineReader.standardInput()
        while let line = try reader.next() {
          block.append(line)
          if block.count < Self.blockSize, reader.hasWaitingLine { continue }
          handOver(block)
          block.removeAll(keepingCapacity: true)
        }
        end(nil)
      } catch {
        handOver(block)
        end(error)
      }
    }
    thread.start()
  }

  private func handOver(_ block: [Line]) {
    condition.lock()
    while lines.count >= Self.limit { condition.wait() }
    lines += block
    condition.signal()
    condition.unlock()
  }

  private func end(_ failure: DataError?) {
    condition.lock()
    (hasEnded, self.failure) = (true, failure)
    condition.signal()
    condition.unlock()
  }

  /// Waits for lines.
  ///
  /// - Parameter limit: How many to return at most.
  /// - Returns: At least one line, or `nil` at the end.
  /// - Throws: `DataError` when standard input cannot be read.
  func next(atMost limit: Int) throws(DataError) -> [Line]? {
    condition.lock()
    defer { condition.unlock() }
    while lines.isEmpty, !hasEnded { condition.wait() }
    if lines.isEmpty {
      if let failure { throw failure }
      return nil
    }
    let taken = Array(lines.prefix(limit))
    lines.removeFirst(taken.count)
    condition.signal()
    return taken
  }
}
