import Dispatch
import Synchronization
import Testing

@testable import RondoData

@Suite struct PreparedAheadTests {
  @Test("Values come in order, each once, and then none")
  func order() {
    let ahead = PreparedAhead(3..<203, depth: 4) { $0 * $0 }
    for number in 3..<203 { #expect(ahead.next() == number * number) }
    #expect(ahead.next() == nil)
    #expect(ahead.next() == nil)
    #expect(PreparedAhead(0..<0, depth: 4) { $0 }.next() == nil)
  }

  @Test("A few values are prepared before anybody asks, and no more")
  func depth() {
    let prepared = Mutex<[Int]>([])
    let isReady = DispatchSemaphore(value: 0)
    let ahead = PreparedAhead(0..<100, depth: 3) { number in
      prepared.withLock { $0.append(number) }
      isReady.signal()
      return number
    }
    func wait(for count: Int) -> Bool {
      (0..<count).allSatisfy { _ in isReady.wait(timeout: .now() + 10) == .success }
    }
    #expect(wait(for: 3))
    #expect(isReady.wait(timeout: .now() + 0.05) == .timedOut)
    #expect(prepared.withLock { $0 } == [0, 1, 2])
    #expect(ahead.next() == 0)
    #expect(wait(for: 1))
    #expect(isReady.wait(timeout: .now() + 0.05) == .timedOut)
    #expect(prepared.withLock { $0 } == [0, 1, 2, 3])
  }
}
