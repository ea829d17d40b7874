import Foundation
import RondoData
import Synchronization

/// Lines of standard input, as many as there are at the moment.
///
/// A thread of its own reads, so that lines which arrive while others are being worked on can be
/// worked on together, and a line on a pipe that never ends is answered at once.
final class LineInput: Sendable {
  private struct State {
    var lines: [Line] = []
    var failure: DataError?
  }

  private let state = Mutex(State())
  /// One signal for each line that waits, and one for the end.
  private let arrival = DispatchSemaphore(value: 0)
  private let room = DispatchSemaphore(value: LineInput.limit)

  /// How many lines wait at most.
  private static let limit = 4096

  /// Begins to read standard input.
  init() {
    let thread = Thread { [self] in
      let reader = LineReader.standardInput()
      do throws(DataError) {
        while let line = try reader.next() {
          room.wait()
          state.withLock { $0.lines.append(line) }
          arrival.signal()
        }
      } catch {
        state.withLock { $0.failure = error }
      }
      arrival.signal()
    }
    thread.start()
  }

  /// Waits for lines.
  ///
  /// - Parameter limit: How many to return at most.
  /// - Returns: At least one line, or `nil` at the end.
  /// - Throws: `DataError` when standard input cannot be read.
  func next(atMost limit: Int) throws(DataError) -> [Line]? {
    arrival.wait()
    let (taken, failure) = state.withLock { state in
      let taken = Array(state.lines.prefix(limit))
      state.lines.removeFirst(taken.count)
      return (taken, state.failure)
    }
    guard !taken.isEmpty else {
      arrival.signal()
      if let failure { throw failure }
      return nil
    }
    for _ in taken.dropFirst() { arrival.wait() }
    for _ in taken { room.signal() }
    return taken
  }
}
