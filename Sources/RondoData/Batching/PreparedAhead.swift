import Dispatch
import Synchronization

/// Computes values on a background thread, a few ahead of the consumer.
///
/// At most `depth` computed values wait to be taken. They are returned in order, whichever thread
/// is faster.
final class PreparedAhead<Value: Sendable>: IteratorProtocol {
  private final class Pending: Sendable {
    let value = Mutex<Value?>(nil)
    let isReady = DispatchSemaphore(value: 0)
  }

  private let queue = DispatchQueue(label: "rondo.prepared-ahead")
  private let depth: Int
  private let prepare: @Sendable (Int) -> Value
  private var upcoming: Range<Int>
  private var pending: [Pending] = []

  /// Starts computing.
  ///
  /// - Parameters:
  ///   - numbers: The indices of the values.
  ///   - depth: The number of values to compute ahead.
  ///   - prepare: Computes a value from its index.
  init(_ numbers: Range<Int>, depth: Int, prepare: @escaping @Sendable (Int) -> Value) {
    (upcoming, self.depth, self.prepare) = (numbers, depth, prepare)
    fill()
  }

  /// Returns the next value, waiting for it if necessary.
  func next() -> Value? {
    guard !pending.isEmpty else { return nil }
    let first = pending.removeFirst()
    fill()
    first.isReady.wait()
    return first.value.withLock { $0 }
  }

  private func fill() {
    while pending.count < depth, let number = upcoming.popFirst() {
      let item = Pending()
      pending.append(item)
      queue.async { [prepare] in
        let value = prepare(number)
        item.value.withLock { $0 = value }
        item.isReady.signal()
      }
    }
  }
}
